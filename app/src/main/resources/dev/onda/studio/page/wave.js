// Waveforms.

/** A colour of the page as it is now, light or dark. */
export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Draws peaks in [0, 1] over the whole canvas. */
export function drawPeaks(canvas, peaks) {
  const context = canvas.getContext('2d');
  const { width, height } = canvas;
  context.clearRect(0, 0, width, height);
  context.fillStyle = colour('--accent');
  const step = width / peaks.length;
  peaks.forEach((peak, i) => {
    const high = Math.max(1, Math.min(1, peak) * height);
    context.fillRect(i * step, (height - high) / 2, Math.max(1, step - 1), high);
  });
}

/** A waveform that moves on: the last so many peaks. */
export class MovingWave {
  constructor(canvas, columns) {
    this.canvas = canvas;
    this.clear(columns);
  }

  clear(columns = this.peaks.length) {
    this.peaks = new Array(columns).fill(0);
    drawPeaks(this.canvas, this.peaks);
  }

  add(peak) {
    this.peaks.push(peak);
    this.peaks.shift();
    if (!this.isWaiting) {
      this.isWaiting = true;
      requestAnimationFrame(() => {
        this.isWaiting = false;
        drawPeaks(this.canvas, this.peaks);
      });
    }
  }
}
