// Runs beside the page, on the browser's sound thread: hands samples on, some at a time.
const AT_ONCE = 1024;

class Capture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.samples = new Float32Array(AT_ONCE);
    this.count = 0;
  }

  process([input]) {
    const channel = input[0];
    if (channel) {
      for (const sample of channel) {
        this.samples[this.count++] = sample;
        if (this.count === AT_ONCE) {
          this.port.postMessage(this.samples.slice());
          this.count = 0;
        }
      }
    }
    return true;
  }
}

registerProcessor('capture', Capture);
