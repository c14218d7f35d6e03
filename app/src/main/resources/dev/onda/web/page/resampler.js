// Another sample rate, as the sound arrives: a polyphase filter, a sinc under a Blackman window.

/** Zero crossings of the sinc on each side. */
const REACH = 24;
/** Of the lower Nyquist frequency, what is kept. */
const KEPT = 0.92;

const gcd = (a, b) => (b === 0 ? a : gcd(b, a % b));

export class Resampler {
  constructor(fromHz, toHz) {
    const common = gcd(fromHz, toHz);
    this.up = toHz / common;
    this.down = fromHz / common;
    const cutoff = KEPT * Math.min(1, toHz / fromHz);
    this.side = Math.ceil(REACH / cutoff);
    this.phases = Array.from({ length: this.up }, (_, phase) => this.taps(phase / this.up, cutoff));
    this.inputs = new Float32Array(this.side);
    this.next = 0;
  }

  /** Weights of the inputs around a time between two of them. */
  taps(fraction, cutoff) {
    const taps = Float64Array.from({ length: 2 * this.side + 1 }, (_, i) => {
      const x = i - this.side - fraction;
      const place = Math.PI * x / (this.side + 1);
      const window = 0.42 + 0.5 * Math.cos(place) + 0.08 * Math.cos(2 * place);
      const angle = Math.PI * cutoff * x;
      return window * cutoff * (angle === 0 ? 1 : Math.sin(angle) / angle);
    });
    const sum = taps.reduce((a, b) => a + b, 0);
    return taps.map((tap) => tap / sum);
  }

  /** What comes out for what comes in; runs behind by the filter's reach. */
  push(samples) {
    if (this.up === this.down) {
      return samples;
    }
    const all = new Float32Array(this.inputs.length + samples.length);
    all.set(this.inputs);
    all.set(samples, this.inputs.length);
    const out = [];
    let centre = Math.floor(this.next / this.up);
    while (centre + 2 * this.side < all.length) {
      const taps = this.phases[this.next % this.up];
      let sum = 0;
      for (let i = 0; i < taps.length; i++) {
        sum += taps[i] * all[centre + i];
      }
      out.push(sum);
      this.next += this.down;
      centre = Math.floor(this.next / this.up);
    }
    const done = Math.min(centre, all.length);
    this.inputs = all.slice(done);
    this.next -= done * this.up;
    return Float32Array.from(out);
  }
}
