#!/usr/bin/env python3
"""Adds words that machines say to a corpus of Speech Commands: many words that are none of the eighteen, and these, too.

Usage: said-by-machines.py CORPUS. Needs the Debian packages flite and espeak-ng. Each word is said by voices, at speeds and pitches
drawn by chance, the same for the same word. What they say is a clip of one second by a speaker of the training partition, so it judges
nothing. The training clips of the other words are laid beside themselves five times, so that people stay a fifth of what is heard of
other speech.
"""
import array
import hashlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import wave

WORDS = "bed cat down eight five four go happy left no one right stop three two up yes zero".split()
# What Speech Commands has besides.
OTHERS = "on off bird dog house marvin nine seven sheila six tree wow backward forward follow learn visual".split()
# Frequent words, words that sound like one of the eighteen, and what is said to devices.
MORE = """the of and that with this from have they what when your said there each which will about how many then some would make
like him into look more see way could people than first water been call who oil now find long day get come made may part over new
sound take only little work place year live me back give most very after thing our just name good man think say great where help
through much before line mean old any same tell boy came want show also around small set put end does another well large must big
even such because turn here why ask men read need land home us move try kind hand picture again change play air away page letter
mother answer found study still should world top tap stock step shop cup pup op uh app dot pop town dawn done gown bad bet head bread
cut cap can hat gate hate eat late fire fine fight hive form foot gold toe low girl happen puppy apple lift loft laughed lend note nose
snow run once wine ride rice light wrong white free sea true chew shoe yet guess less hero zebra euro hello thanks please music
computer window open close start pause volume phone table seventy eleven twelve thousand""".split()

FLITE = "awb rms slt kal16".split()
ACCENTS = ("en-us en-us en-us en-gb en-gb-scotland en-gb-x-rp en-029 en-us-nyc en-gb-x-gbclan en-gb-x-gbcwmd").split()
VARIANTS = """m1 m2 m3 m4 m5 m6 m7 m8 f1 f2 f3 f4 f5 Andy Annie anika linda Michael paul Hugo Mike Lee belinda Alicia steph Jacky
klatt klatt2 klatt3 klatt4 klatt6 Marco max Diogo Alex Gene Mr edward john rob quincy david shelby travis announcer boris""".split()
COPIES = 5
FULL_SCALE = 32767


def is_training(speaker):
    """The published rule of Speech Commands, 10 % each to validation and testing."""
    number = int(hashlib.sha1(speaker.encode()).hexdigest(), 16) % (1 << 27)
    return number * 100.0 / ((1 << 27) - 1) >= 20


def training_name(voice):
    """The voice's name, with a number behind it if the bare one would judge."""
    return next(name for name in [voice] + [f"{voice}{i}" for i in range(1, 1000)] if is_training(name))


def flite(word, chance, to):
    voice = chance.choice(FLITE)
    stretch = chance.choice(["0.75", "0.9", "1.0", "1.15", "1.3"])
    run(["flite", "-voice", voice, "--setf", "duration_stretch=" + stretch, "-t", word, "-o", to])
    return f"flite-{voice}-{stretch.replace('.', '')}"


def espeak(word, chance, to):
    accent, variant = chance.choice(ACCENTS), chance.choice(VARIANTS)
    speed, pitch = chance.randrange(110, 200), chance.randrange(25, 80)
    run(["espeak-ng", "-v", f"{accent}+{variant}", "-s", str(speed), "-p", str(pitch), "-w", to, word])
    return f"espeak-{accent}-{variant}"


def run(command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def read(path):
    with wave.open(path) as file:
        return file.getframerate(), array.array("h", file.readframes(file.getnframes()))


def write(path, rate, samples):
    with wave.open(path, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())


def second(rate, said, chance):
    """What was said without the silence around it, at a level and a place drawn by chance."""
    loudest = max(map(abs, said))
    loud = [i for i, value in enumerate(said) if abs(value) > loudest * 0.01]
    said = said[loud[0] : loud[-1] + 1][:rate]
    gain = FULL_SCALE * 10 ** (chance.uniform(-18, -3) / 20) / loudest
    left = int((rate - len(said)) * chance.uniform(0.3, 0.7))
    right = rate - left - len(said)
    return array.array("h", [0] * left + [int(value * gain) for value in said] + [0] * right)


def say(corpus, scratch, word, machine, first, times):
    for i in range(times):
        chance = random.Random(f"{word} {machine.__name__} {i}")
        name = training_name(machine(word, chance, scratch))
        rate, said = read(scratch)
        write(f"{corpus}/{word}/{name}_nohash_{first + i}.wav", rate, second(rate, said, chance))


def copy_training_clips(folder):
    for clip in sorted(os.listdir(folder)):
        speaker, _, number = clip.removesuffix(".wav").partition("_nohash_")
        if is_training(speaker):
            for k in range(COPIES):
                shutil.copy(f"{folder}/{clip}", f"{folder}/{speaker}_nohash_{int(number) + 100 + 10 * k}.wav")


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: said-by-machines.py CORPUS")
    missing = [program for program in ("flite", "espeak-ng") if not shutil.which(program)]
    if missing:
        sys.exit(f"said-by-machines.py: {' and '.join(missing)} missing: apt-get install flite espeak-ng")
    corpus = sys.argv[1]
    for word in OTHERS:
        if os.path.isdir(f"{corpus}/{word}"):
            copy_training_clips(f"{corpus}/{word}")
    with tempfile.TemporaryDirectory() as folder:
        for word in dict.fromkeys(OTHERS + MORE + WORDS):
            os.makedirs(f"{corpus}/{word}", exist_ok=True)
            of_flite, of_espeak = (10, 30) if word in WORDS else (8, 20) if word in OTHERS else (3, 6)
            say(corpus, f"{folder}/said.wav", word, flite, 10, of_flite)
            say(corpus, f"{folder}/said.wav", word, espeak, 20, of_espeak)


main()
