// Curves, drawn by uPlot in the page's colours. What a curve shows is said in text beside it, too.
import uPlot from '/uPlot.js';
import { colour } from './wave.js';

/** Told apart by the colour-blind (Okabe and Ito 2008), at least each from the next, and by their dashes. */
const ON_LIGHT = ['#0072b2', '#d55e00', '#009e73', '#a6498a', '#7a5c00', '#000000', '#4b3fbf', '#b3123b'];
const ON_DARK = ['#56b4e9', '#e69f00', '#2fc79a', '#e39cc6', '#f0e442', '#ffffff', '#a9a4ff', '#ff8a80'];
const dark = matchMedia('(prefers-color-scheme: dark)');
const DASH = [8, 4];
const HEIGHT = 260;
/** More of them hide the curve. */
const MOST_POINTS = 40;

/** Above the highest value. */
const ROOM = 1.05;

/** Has the legend tell the newest values while no others are pointed at. */
const tellLast = (plot) => plot.setLegend({ idx: plot.data[0].length - 1 });

export class Plot {
  constructor(place, label, axes) {
    this.place = place;
    this.axes = axes;
    place.setAttribute('role', 'img');
    place.setAttribute('aria-label', label);
    this.names = null;
    new ResizeObserver(() => this.plot?.setSize({ width: place.clientWidth, height: HEIGHT })).observe(place);
    dark.addEventListener('change', () => {
      this.names = null;
      this.redraw();
    });
  }

  /** x ascending; one row of values a curve, null where there is none. */
  show(x, curves) {
    this.last = [x, curves];
    this.redraw();
  }

  redraw() {
    if (!this.last || this.place.clientWidth === 0) {
      return;
    }
    const [x, curves] = this.last;
    const data = [x, ...curves.map((curve) => curve.values)];
    const names = curves.map((curve) => curve.name).join('\n');
    if (this.plot && this.names === names) {
      this.plot.setData(data);
      tellLast(this.plot);
      return;
    }
    this.names = names;
    this.top = 0;
    this.plot?.destroy();
    const axis = { stroke: colour('--ink'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line') } };
    this.plot = new uPlot({
      width: this.place.clientWidth,
      height: HEIGHT,
      cursor: { drag: { x: false, y: false } },
      legend: { show: true },
      scales: { x: { time: false }, y: { range: (_, __, highest) => [0, this.upTo(highest)] } },
      hooks: { setCursor: [(plot) => plot.cursor.idx == null && tellLast(plot)] },
      axes: [
        { ...axis, label: this.axes.x, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500] },
        { ...axis, label: this.axes.y, size: 64, values: this.axes.format && ((_, values) => values.map(this.axes.format)) },
      ],
      series: [
        { label: this.axes.x },
        ...curves.map((curve, i) => ({
          label: curve.name,
          stroke: (dark.matches ? ON_DARK : ON_LIGHT)[(curve.colour ?? i) % ON_LIGHT.length],
          dash: curve.dashed ? DASH : [],
          width: 2,
          points: { show: (drawn) => drawn.data[0].length < MOST_POINTS },
          value: (_, value) => (value == null ? '–' : (this.axes.format ?? ((v) => v.toFixed(3)))(value)),
        })),
      ],
    }, data, this.place);
    tellLast(this.plot);
  }

  /** The upper end of the scale: while curves grow it does not come down again. */
  upTo(highest) {
    this.top = Math.max(this.top, this.axes.most ?? ROOM * (highest ?? 1));
    return this.top;
  }
}
