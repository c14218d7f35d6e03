#!/usr/bin/env bash
# Prepares 65,000 clips of one second and trains the article's network on them for a while, all in a heap of 1 GiB, and says
# how much of it was in use. Needs 2.2 GB of disk. Usage: experiments/small-heap.sh [HEAP_MIB] [SECONDS] [CLIPS] [MODEL]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
onda=$here/../onda
heap=${1:-1024} seconds=${2:-30} clips=${3:-65000} model=${4:-article}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$onda" --version >/dev/null 2>&1
java=$(JDK_JAVA_OPTIONS=-XshowSettings:properties "$onda" --version 2>&1 | sed -n 's/^ *java\.home = //p')/bin

"$java/java" -cp "$here/../app/target/onda.jar" "$here/Humming.java" "$work/corpus" "$clips"
echo "$clips clips, $(du -sm "$work/corpus" | cut -f1) MB on disk"

# The most that was in use after a collection, in MiB.
used() { sed -n 's/.*->\([0-9]*\)M(.*/\1/p' "$1" | sort -n | tail -n 1; }

JDK_JAVA_OPTIONS="-Xmx${heap}m -Xlog:gc:file=$work/prepare.gc" \
  "$onda" prepare --data "$work/corpus" --out "$work/store" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
echo "prepared in a heap of $heap MiB; in use after a collection: at most $(used "$work/prepare.gc") MiB"

JDK_JAVA_OPTIONS="-Xmx${heap}m -Xlog:gc:file=$work/train.gc" \
  "$onda" train --data "$work/store" --model "$model" --epochs 1 --out "$work/model.safetensors" >"$work/log" 2>&1 &
process=$!
sleep "$seconds"
if kill -0 $process 2>/dev/null; then
  "$java/jcmd" $process GC.run >/dev/null || true
  kill -TERM $process
fi
wait $process || true
if grep -E 'OutOfMemory|defect' "$work/log" >&2; then
  exit 1
fi
grep -E '^training|clips/s' "$work/log" | tail -n 2
echo "trained $model for $seconds s in a heap of $heap MiB; in use after a collection: at most $(used "$work/train.gc") MiB"
