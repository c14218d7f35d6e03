#!/usr/bin/env bash
# Teaches four words to a model that has never heard them, from ten clips of ten training speakers each, and judges new and old
# words by speakers of the validation partition. Usage: teach.sh CORPUS OUT [MODEL [EPOCHS]]
set -euo pipefail
[ $# -ge 2 ] || { echo "usage: teach.sh CORPUS OUT [MODEL [EPOCHS]]" >&2; exit 2; }
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
corpus=$(cd "$1" && pwd)
mkdir -p "$2"
out=$(cd "$2" && pwd)
model=${3:-onda-m}
new=(bed happy stop zero)
clips=10

mkdir -p "$out/old" "$out/new"
for folder in "$corpus"/*/; do
  word=$(basename "$folder")
  if [[ " ${new[*]} " != *" $word "* ]]; then
    ln -sfn "$corpus/$word" "$out/old/$word"
  fi
done

# A training speaker is one whose hash (SHA-1, the last 27 bits) is in the upper 80 % of its range.
is_training() {
  local hash
  hash=$(printf '%s' "$1" | sha1sum | cut -c34-40)
  [ $((0x$hash % 134217728 * 100)) -ge $((20 * 134217727)) ]
}
for word in "${new[@]}"; do
  mkdir -p "$out/new/$word"
  taken=0
  for clip in "$corpus/$word"/*_nohash_0.wav; do
    speaker=$(basename "$clip" _nohash_0.wav)
    if is_training "$speaker"; then
      if [ "$taken" -lt "$clips" ]; then
        ln -sfn "$clip" "$out/new/$word/"
        taken=$((taken + 1))
      fi
    else
      ln -sfn "$clip" "$out/new/$word/"
    fi
  done
done

if [ ! -e "$out/base.safetensors" ]; then
  "$here/onda" train --data "$out/old" --model "$model" ${4:+--epochs "$4"} --out "$out/base.safetensors"
fi
rm -f "$out/taught.safetensors"
time "$here/onda" teach --model "$out/base.safetensors" --data "$out/new" --out "$out/taught.safetensors"
echo "old words, before:"
"$here/onda" evaluate --model "$out/base.safetensors" --data "$out/old" | head -n 1
echo "old words, after:"
"$here/onda" evaluate --model "$out/taught.safetensors" --data "$out/old" | head -n 1
