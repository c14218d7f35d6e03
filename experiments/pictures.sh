#!/usr/bin/env bash
# Draws the README's pictures anew, from real clips and the model in the box. Usage: pictures.sh CORPUS
set -euo pipefail
[ $# -eq 1 ] || { echo "usage: pictures.sh CORPUS" >&2; exit 2; }
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
corpus=$(cd "$1" && pwd)
pages=$(mktemp -d)
trap 'rm -rf "$pages"' EXIT

"$here/onda" explore --data "$corpus" --out "$pages/explore" --clip "$corpus/happy/$(ls "$corpus/happy" | head -n 1)"
"$here/onda" report --data "$corpus" --out "$pages/report"
mkdir -p "$here/docs/pictures"
cp "$pages/explore/"{spectrogram,convolution}.png "$pages/report/"{filters,noise}.png "$here/docs/pictures/"
