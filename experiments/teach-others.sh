#!/usr/bin/env bash
# Teaches the model in the box two words and counts how many clips of other words are taken for them.
# Usage: teach-others.sh CORPUS OUT [WORD WORD]: CORPUS has folders of these two words and of words that the box does not know.
set -euo pipefail
[ $# -ge 2 ] || { echo "usage: teach-others.sh CORPUS OUT [WORD WORD]" >&2; exit 2; }
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
corpus=$(cd "$1" && pwd)
mkdir -p "$2"
out=$(cd "$2" && pwd)
first=${3:-marvin}
second=${4:-sheila}

rm -f "$out/taught.safetensors"
"$here/onda" teach --data "$corpus" --words "$first,$second" --out "$out/taught.safetensors"
"$here/onda" recognize --model "$out/taught.safetensors" "$corpus" | awk -F'\t' -v first="$first" -v second="$second" '
  { split($1, parts, "/"); said = parts[length(parts) - 1] }
  said == first || said == second { own++; right += ($2 == said); next }
  { others++; taken += ($2 == first || $2 == second); old += ($2 !~ /^_/ && $2 != first && $2 != second) }
  END {
    printf "clips of the two words: %d of %d right (most of them were learned from)\n", right, own
    printf "clips of other words: %d of %d taken for one of the two, %d for an old word\n", taken, others, old
  }'
