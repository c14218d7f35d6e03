#!/usr/bin/env bash
# Makes the demo corpus: ten words by synthetic voices, WAV, 8 kHz, 8 bit, in the layout of Speech Commands
# (word/speaker_nohash_take.wav), zipped into the app's resources. The same espeak-ng, sox and zip give the same bytes.
# See README.md beside this. Usage: make-demo-corpus.sh [ZIP]
set -euo pipefail
export LC_ALL=C TZ=UTC
umask 022

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
zip=${1:-$here/../main/resources/dev/onda/cli/demo-corpus.zip}
case $zip in /*) ;; *) zip=$PWD/$zip ;; esac
for tool in espeak-ng sox zip sha1sum; do
  command -v "$tool" >/dev/null || { echo "needs $tool (Debian: apt install espeak-ng sox zip coreutils)" >&2; exit 2; }
done

words=(yes no up down left right on off stop go)
takes=2

# Each timbre speaks with one accent only, so no voice of the testing partition has a twin in training. Left out are
# timbres that a log spectrum hardly tells from another (caleb = klatt = klatt6, steph2, michel, ...), robots, whispers,
# and zac, whose formants are those of no speaker.
timbres=(m1 m2 m3 m4 m5 m6 m7 m8 f1 f2 f3 f4 f5 Alex Alicia Andrea Andy Annie Denis Diogo Gene Jacky Lee Marco Mario
  Michael Mike Nguyen Storm Tweaky anika aunty belinda benjamin boris croak david ed edward grandma gustave iven iven2
  john kaukovalta klatt klatt4 marcelo miguel norbert pablo paul pedro quincy robert sandro shelby steph travis victor)

# By file name: espeak-ng 1.51 silently ignores the timbre in "en-gb+f3". "en" is British.
accents=(en en-US en-GB-scotland en-029 en-GB-x-rp en-US-nyc en-GB-x-gbclan en-GB-x-gbcwmd)

# Chosen so that the published hash puts enough voices of either pitch into each partition.
salt=onda-demo-45

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/corpus"
for word in "${words[@]}"; do
  mkdir "$work/corpus/$word"
done

index=0
for timbre in "${timbres[@]}"; do
  accent=${accents[index % ${#accents[@]}]}
  speaker=$(printf '%s' "$salt $accent+$timbre" | sha1sum)
  speaker=${speaker:0:8}
  printf '%s %s+%s\n' "$speaker" "$accent" "$timbre" >>"$work/speakers"
  for ((take = 0; take < takes; take++)); do
    pitch=$((38 + index * 7 % 25 + take * 6))             # of 0 to 99, espeak-ng's default is 50
    words_per_minute=$((138 + index * 11 % 36 + take * 17)) # espeak-ng's default is 175
    peak_db=$((-1 - 3 * take))
    for word in "${words[@]}"; do
      # Amplitude 30 (of 200, 100 is the default) leaves the loudest voices unclipped, here and in the resampler.
      espeak-ng -v "gmw/$accent+$timbre" -a 30 -p $pitch -s $words_per_minute -w "$work/raw.wav" "$word"
      # What is below 0.4 % of the peak at either end goes; 20 ms of silence stay. Undithered: it is 5 dB cleaner.
      sox -R -D "$work/raw.wav" -b 16 "$work/trimmed.wav" rate -h 8000 norm -1 \
        silence 1 5s 0.4% reverse silence 1 5s 0.4% reverse pad 0.02 0.02
      sox -R -D "$work/trimmed.wav" -b 8 -e unsigned-integer \
        "$work/corpus/$word/${speaker}_nohash_$take.wav" norm $peak_db
    done
  done
  index=$((index + 1))
done

find "$work/corpus" -exec touch -d 1980-01-01T00:00:00 {} +
rm -f "$zip"
(cd "$work/corpus" && find . -name '*.wav' | sed 's#^\./##' | sort | zip -q -9 -X -D -@ "$zip")
twins=$(find "$work/corpus" -name '*.wav' -exec sha1sum {} + | cut -c1-40 | sort | uniq -d | wc -l)
[ "$twins" -eq 0 ] || { echo "$twins clips are the same as another, byte for byte" >&2; exit 1; }

# The published partition: SHA-1 of the speaker, its low 27 bits, as a percentage of 2^27 - 1.
while read -r speaker voice; do
  hash=$(printf '%s' "$speaker" | sha1sum)
  low=$((0x${hash:32:8} & 134217727))
  if ((low * 100 < 10 * 134217727)); then part=validation
  elif ((low * 100 < 20 * 134217727)); then part=testing
  else part=training; fi
  echo "$part $speaker $voice"
done <"$work/speakers" | sort >"$work/parts"
grep -v ^training "$work/parts" || true
cut -d' ' -f1 "$work/parts" | uniq -c
echo "$(find "$work/corpus" -name '*.wav' | wc -l) clips, $(wc -c <"$zip") bytes: $zip"
