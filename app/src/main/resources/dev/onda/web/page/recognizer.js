// A stream of sound in, detected words out: what StreamRecognizer, LoudnessTrack and WordDecoder are in Java, step by step.

const SECONDS_AFTER_SOUND = 0.5;
const FRAMES_A_SECOND = 100;
const KEPT = 2 * FRAMES_A_SECOND;
const SMOOTHING = 5;
const MARGIN = 4;
const SOFTEST = 1e-8;
const NONE = -1;
/** So long a page may do nothing else. */
const BUSY_MS = 40;

class LoudnessTrack {
  constructor(rateHz) {
    this.frameSamples = Math.max(1, Math.floor(rateHz / FRAMES_A_SECOND));
    this.energies = new Float64Array(KEPT).fill(Infinity);
    this.raw = new Float64Array(SMOOTHING);
    this.sum = 0;
    this.samples = 0;
    this.frames = 0;
    this.lastLoud = -1;
  }

  push(sample) {
    this.sum += sample * sample;
    if (++this.samples === this.frameSamples) {
      this.endFrame();
    }
  }

  endFrame() {
    this.raw[this.frames % SMOOTHING] = this.sum / this.samples;
    this.sum = 0;
    this.samples = 0;
    this.energies[this.frames % KEPT] = this.raw.reduce((a, b) => a + b, 0) / Math.min(SMOOTHING, this.frames + 1);
    if (this.isLoud(this.frames, this.background())) {
      this.lastLoud = this.frames;
    }
    this.frames++;
  }

  background() {
    return Math.max(SOFTEST, this.energies.reduce((a, b) => Math.min(a, b), Infinity));
  }

  isLoud(frame, background) {
    return this.energies[frame % KEPT] > MARGIN * background;
  }

  hasSound(seconds) {
    return this.lastLoud >= 0 && this.frames - 1 - this.lastLoud < seconds * FRAMES_A_SECOND;
  }

  lastEnd() {
    return (this.lastLoud + 1) / FRAMES_A_SECOND;
  }

  lastStart() {
    const background = this.background();
    const oldest = Math.max(0, this.frames - KEPT);
    let first = Math.max(0, this.lastLoud);
    for (let frame = first; frame >= oldest && first - frame <= FRAMES_A_SECOND / 10; frame--) {
      if (this.isLoud(frame, background)) {
        first = frame;
      }
    }
    return first / FRAMES_A_SECOND;
  }
}

class WordDecoder {
  constructor(words, settings) {
    this.settings = settings;
    this.isWord = words.map((word) => word !== '_unknown_' && word !== '_silence_');
    this.recent = Array.from(
      { length: Math.max(1, Math.floor(settings.smoothing_ms / settings.hop_ms)) }, () => new Float64Array(words.length));
    this.held = words.map(() => false);
    this.next = 0;
    this.suppressed = 0;
  }

  quiet() {
    this.recent[this.next].fill(0);
    this.advance();
  }

  hear(posteriors) {
    const sharp = Array.from(posteriors, (p) => p ** (1 / this.settings.temperature));
    const sum = sharp.reduce((a, b) => a + b, 0);
    sharp.forEach((p, i) => { this.recent[this.next][i] = p / sum; });
    this.advance();
    const scores = this.scores();
    const best = scores.indexOf(Math.max(...scores));
    if (this.suppressed > 0 || !this.isWord[best] || this.held[best] || scores[best] < this.settings.threshold) {
      return NONE;
    }
    this.held[best] = true;
    this.suppressed = Math.floor(this.settings.suppression_ms / this.settings.hop_ms);
    return best;
  }

  advance() {
    this.next = (this.next + 1) % this.recent.length;
    this.suppressed = Math.max(0, this.suppressed - 1);
    this.scores().forEach((score, i) => { this.held[i] &&= score >= this.settings.release; });
  }

  scores() {
    return this.isWord.map((_, i) => this.recent.reduce((sum, posteriors) => sum + posteriors[i], 0) / this.recent.length);
  }
}

export class StreamRecognizer {
  /** Calls detected({word, score, start, end, time}) and judged(scores), in their order. */
  constructor(model, detected, judged = () => {}) {
    this.model = model;
    this.detected = detected;
    this.judged = judged;
    this.loudness = new LoudnessTrack(model.rateHz);
    this.decoder = new WordDecoder(model.words, model.stream);
    this.hopSamples = Math.max(1, Math.round(model.stream.hop_ms * model.rateHz / 1000));
    this.ring = new Float32Array(model.windowSamples);
    this.at = 0;
    this.sinceHop = 0;
    this.heard = 0;
    this.last = Promise.resolve();
  }

  /** Hears samples, full scale [-1, 1]. Resolves when all windows that they complete have been judged. */
  push(samples, rateHz) {
    if (rateHz !== this.model.rateHz) {
      throw new Error(`sound of ${rateHz} Hz: the model hears ${this.model.rateHz} Hz; resample it`);
    }
    for (const sample of samples) {
      this.heard++;
      this.loudness.push(sample);
      this.add(sample);
    }
    return this.last;
  }

  /**
   * Hears a whole file and ends: a hop after the other, so that one window is in memory at a time. Now and then it calls told(samples
   * heard) and lets the page do what it has to.
   */
  async hearAll(samples, told) {
    let last = performance.now();
    for (let at = 0; at < samples.length; at += this.hopSamples) {
      await this.push(samples.subarray(at, at + this.hopSamples), this.model.rateHz);
      if (performance.now() - last > BUSY_MS) {
        told(at);
        await new Promise((resolve) => { setTimeout(resolve); });
        last = performance.now();
      }
    }
    await this.finish();
  }

  /** Ends the stream as if half a second of silence followed. */
  finish() {
    for (let left = Math.floor(SECONDS_AFTER_SOUND * this.model.rateHz); left > 0; left--) {
      this.add(0);
    }
    return this.last;
  }

  add(sample) {
    this.ring[this.at] = sample;
    this.at = (this.at + 1) % this.ring.length;
    if (++this.sinceHop === this.hopSamples) {
      this.sinceHop = 0;
      const moment = this.moment();
      this.last = this.last.then(() => this.judge(moment));
    }
  }

  /** What is known now, for the window is judged later. */
  moment() {
    const time = this.heard / this.model.rateHz;
    if (!this.loudness.hasSound(SECONDS_AFTER_SOUND)) {
      return { time, window: null };
    }
    const window = new Float32Array(this.ring.length);
    window.set(this.ring.subarray(this.at));
    window.set(this.ring.subarray(0, this.at), this.ring.length - this.at);
    return { time, window, start: this.loudness.lastStart(), end: Math.min(this.loudness.lastEnd(), time) };
  }

  async judge({ time, window, start, end }) {
    if (window === null) {
      this.decoder.quiet();
      this.judged(this.decoder.scores());
      return;
    }
    const word = this.decoder.hear(await this.model.judge(window));
    const scores = this.decoder.scores();
    this.judged(scores);
    if (word !== NONE) {
      this.detected({ word: this.model.words[word], score: scores[word], start, end, time });
    }
  }
}
