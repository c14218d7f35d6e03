#!/usr/bin/env bash
# Puts 200 broken files of many kinds among the real clips of a corpus and trains on it: every broken file, and no other,
# must be listed, and the training must end. Usage: experiments/broken-clips.sh CORPUS
set -euo pipefail
[ $# -eq 1 ] || { echo "usage: broken-clips.sh CORPUS" >&2; exit 2; }
onda=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/onda
work=$(mktemp -d)
trap 'chmod -R u+rwX "$work"; rm -rf "$work"' EXIT
cp -r "$1" "$work/corpus"
python3 - "$work/corpus" "$work/broken.txt" <<'PYTHON'
import os, random, struct, sys
root, listing = sys.argv[1], sys.argv[2]
random.seed(1)
words = sorted(w for w in os.listdir(root) if os.path.isdir(os.path.join(root, w)) and not w.startswith("_"))
good = []
for w in words:
    for f in sorted(os.listdir(os.path.join(root, w))):
        good.append(os.path.join(root, w, f))
broken = []
def name(i, kind):
    word = words[i % len(words)]
    path = os.path.join(root, word, "%08x_nohash_%d.wav" % (random.getrandbits(32), 100 + i))
    broken.append(os.path.relpath(path, root) + "\t" + kind)
    return path
def put(i, kind, data):
    with open(name(i, kind), "wb") as f:
        f.write(data)
def clip():
    with open(random.choice(good), "rb") as f:
        return bytearray(f.read())
root_user = os.geteuid() == 0
for i in range(200):
    kind = i % 10
    if kind in (0, 1):   # cut in the header
        put(i, "cut in the header", clip()[:random.randrange(1, 44)])
    elif kind in (2, 3):  # cut in the samples
        d = clip(); put(i, "cut in the samples", d[:random.randrange(44, len(d) - 2)])
    elif kind == 4:
        put(i, "random bytes", bytes(random.getrandbits(8) for _ in range(random.randrange(1, 4000))))
    elif kind == 5:      # the data chunk claims more than there is
        d = clip(); struct.pack_into("<I", d, 40, len(d) + random.randrange(2, 10**6) * 2); put(i, "lying size", d)
    elif kind == 6:
        put(i, "0 bytes", b"")
    elif kind == 7:
        os.mkdir(name(i, "a folder"))
    elif kind == 8:
        if root_user:    # root may read anything: a link to nowhere stands in for a file without permission
            os.symlink("/nonexistent/clip.wav", name(i, "link to nowhere"))
        else:
            path = name(i, "no permission"); open(path, "wb").write(clip()); os.chmod(path, 0)
    elif kind == 9:      # wrong header: codec, channels or rate
        d = clip(); at, value = random.choice([(20, 85), (22, 0), (24, 0)])
        struct.pack_into("<I" if at == 24 else "<H", d, at, value); put(i, "wrong header", d)
with open(listing, "w") as f:
    f.write("\n".join(sorted(broken)) + "\n")
PYTHON
"$onda" prepare --data "$work/corpus" --out "$work/store"
cut -f1 "$work/broken.txt" >"$work/expected"
tail -n +2 "$work/store/skipped.csv" | cut -d, -f1 | LC_ALL=C sort >"$work/found"
LC_ALL=C sort -o "$work/expected" "$work/expected"
diff "$work/expected" "$work/found" || { echo "the list of skipped clips is not right" >&2; exit 1; }
echo "kinds and reasons:"
tail -n +2 "$work/store/skipped.csv" | cut -d, -f2 | sed 's/[0-9][0-9,]*/N/g' | sort | uniq -c | sort -rn
"$onda" train --data "$work/corpus" --model m5 --epochs 1 --out "$work/model.safetensors" 2>&1 | tail -n 3
[ -s "$work/model.safetensors" ]
echo "200 broken files listed, none of the $(tail -n +2 "$work/store/clips.csv" | wc -l) good ones lost, and the training ended"
