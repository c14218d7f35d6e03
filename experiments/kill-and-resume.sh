#!/usr/bin/env bash
# Kills a training ten times at random moments (kill -9), resumes it each time, and compares the model with one trained
# undisturbed: they must be the same, byte for byte. Usage: experiments/kill-and-resume.sh CORPUS [MODEL] [EPOCHS] [SEED]
set -euo pipefail
[ $# -ge 1 ] || { echo "usage: kill-and-resume.sh CORPUS [MODEL] [EPOCHS] [SEED]" >&2; exit 2; }
onda=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/onda
corpus=$1 model=${2:-m5} epochs=${3:-30}
RANDOM=${4:-1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
train() { "$onda" train --data "$corpus" --model "$model" --epochs "$epochs" "$@" >"$work/log" 2>&1; }

started=$(date +%s)
train --out "$work/undisturbed.safetensors"
took=$(($(date +%s) - started))
echo "undisturbed: $took s"

kills=0
while [ $kills -lt 10 ]; do
  resume=--resume
  [ $kills -gt 0 ] || resume=
  # shellcheck disable=SC2086
  setsid "$onda" train --data "$corpus" --model "$model" --epochs "$epochs" --out "$work/killed.safetensors" $resume \
    >"$work/log" 2>&1 &
  process=$!
  # From the start of Java to a quarter of the whole.
  wait_ms=$((500 + RANDOM % (took * 1000 / 4)))
  sleep "$(printf '%d.%03d' $((wait_ms / 1000)) $((wait_ms % 1000)))"
  if ! kill -9 -- -"$process" 2>/dev/null; then
    break
  fi
  wait "$process" 2>/dev/null || true
  kills=$((kills + 1))
  echo "killed after $wait_ms ms: $(ls "$work" | tr '\n' ' ')"
done
train --out "$work/killed.safetensors" --resume
cmp "$work/undisturbed.safetensors" "$work/killed.safetensors"
left=$(find "$work" -name 'killed*' ! -name killed.safetensors ! -name killed.history.csv)
[ -z "$left" ] || { echo "left behind: $left" >&2; exit 1; }
echo "$kills kills; the same model, byte for byte: $(sha256sum <"$work/killed.safetensors" | cut -c1-16)"
