// Runs beside the page, on the browser's sound thread: hands samples on, some at a time.
class Capture extends AudioWorkletProcessor {
  constructor({ processorOptions }) {
    super();
    this.samples = new Float32Array(processorOptions.atOnce);
    this.count = 0;
  }

  process([input]) {
    const channel = input[0];
    if (channel) {
      for (const sample of channel) {
        this.samples[this.count++] = sample;
        if (this.count === this.samples.length) {
          this.port.postMessage(this.samples.slice());
          this.count = 0;
        }
      }
    }
    return true;
  }
}

registerProcessor('capture', Capture);
