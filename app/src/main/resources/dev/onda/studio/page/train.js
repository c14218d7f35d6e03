// Train: trainings are begun, watched, stopped, compared.
import { byId, element, fill, guarded, minutes, onceAtATime, percent, redraw } from './dom.js';
import * as server from './server.js';
import { Plot } from './plot.js';
import { colour } from './wave.js';

const MOST_COMPARED = 4;

let runs = [];
let chosen = new Set();
/** How far the training under way is: the last of its events. */
let underWay = null;
let lossPlot;
let accuracyPlot;

export async function load() {
  byId('corpora-folder').textContent = (await server.get('/studio/folder')).corpora;
  const networks = await server.get('/studio/networks');
  fill(byId('train-network'), networks.map(({ name, source }) => ({ value: name, text: `${name}: ${source}` })), 'm5');
  await loadRuns();
}

export const loadRuns = onceAtATime(async () => {
  runs = await server.get('/studio/runs');
  if (chosen.size === 0 && runs.length > 0) {
    chosen.add((runs.find((run) => run.state === 'running') ?? runs.at(-1)).name);
  }
  suggestName();
  draw();
});

let suggested = '';

function suggestName() {
  const field = byId('train-form').elements.name;
  if (field.value !== '' && field.value !== suggested) {
    return; // the user's own
  }
  const base = `${byId('train-corpus').value}-${byId('train-network').value}`.replaceAll(/[^\p{L}\p{N}-]/gu, '-').slice(0, 34);
  let name = base;
  for (let number = 2; runs.some((run) => run.name === name); number++) {
    name = `${base}-${number}`;
  }
  field.value = name;
  suggested = name;
}

const best = (run) => Math.max(0, ...run.history.map((epoch) => epoch.validationAccuracy));

function draw() {
  byId('no-runs').hidden = runs.length > 0;
  byId('runs').hidden = runs.length === 0;
  redraw(byId('runs').tBodies[0], ...runs.map(row));
  drawCurves();
  drawConfusion();
}

function row(run) {
  const act = (text, action) => element('button', { textContent: text, 'aria-label': `${text} ${run.name}`, onclick: guarded(action) });
  const actions = element('td', { className: 'actions' });
  if (run.state === 'running') {
    actions.append(act('Stop', () => server.post(server.path('studio', 'runs', run.name, 'stop'))));
  } else {
    if (run.state === 'stopped') {
      actions.append(act('Resume', () => server.post(server.path('studio', 'runs', run.name, 'resume'))), ' ');
    }
    actions.append(act('Delete', async () => {
      if (confirm(`Delete the training "${run.name}"? Its model stays.`)) {
        await server.remove(server.path('studio', 'runs', run.name));
        chosen.delete(run.name);
        await loadRuns();
      }
    }));
  }
  const compare = element('input', { type: 'checkbox', checked: chosen.has(run.name), 'aria-label': `Compare ${run.name}`,
    onchange: (event) => choose(run.name, event.target.checked) });
  const state = element('td', { textContent: run.state, 'data-column': 'state' });
  if (run.caution) {
    state.append(element('p', { className: 'note', textContent: run.caution }));
  }
  const text = (column, value, className = '') => element('td', { textContent: value, className, 'data-column': column });
  return element('tr', {}, element('td', { 'data-column': 'compare' }, compare), element('th', { scope: 'row', textContent: run.name }),
    text('clips', run.corpus), text('network', run.architecture), text('epochs', epochsOf(run), 'number'),
    text('accuracy', accuracyOf(run), 'number'), state, actions);
}

function accuracyOf(run) {
  const clips = run.validationClips ? ` of ${run.validationClips} clips` : '';
  return run.history.length > 0 ? percent(best(run)) + clips : '–';
}

function epochsOf(run) {
  const done = `${run.history.length} of ${run.epochs}`;
  const far = run.name === underWay?.name && run.state === 'running' ? underWay.training : null;
  if (!far) {
    return done;
  }
  const loss = far.loss === undefined ? '' : `, loss ${far.loss.toFixed(3)}, accuracy ${percent(far.accuracy)}`;
  const left = underWay.secondsLeft === undefined ? '' : `, ${minutes(underWay.secondsLeft)} left`;
  return `${done}; in epoch ${far.epoch}: ${far.clips} of ${far.clipsOfEpoch} clips${loss}${left}`;
}

function drawProgress() {
  const run = runs.findIndex((each) => each.name === underWay.name);
  const cell = byId('runs').tBodies[0].rows[run]?.querySelector('[data-column=epochs]');
  if (cell) {
    cell.textContent = epochsOf(runs[run]);
  }
}

function choose(name, isChosen) {
  if (isChosen) {
    chosen.add(name);
    while (chosen.size > MOST_COMPARED) {
      chosen.delete(chosen.values().next().value);
    }
  } else {
    chosen.delete(name);
  }
  draw();
}

function drawCurves() {
  const compared = runs.filter((run) => chosen.has(run.name) && run.history.length > 0);
  const epochs = Math.max(0, ...compared.map((run) => run.history.length));
  const x = Array.from({ length: epochs }, (_, i) => i + 1);
  const values = (run, key) => x.map((_, i) => run.history[i]?.[key] ?? null);
  byId('curves').hidden = compared.length === 0;
  lossPlot.show(x, compared.flatMap((run, colour) => [
    { name: `${run.name}, validation`, values: values(run, 'validationLoss'), colour },
    { name: `${run.name}, training (dashed)`, values: values(run, 'trainingLoss'), colour, dashed: true },
  ]));
  accuracyPlot.show(x, compared.map((run) => ({ name: run.name, values: values(run, 'validationAccuracy') })));
  const last = (key, format) => compared.map((run) => `${run.name}: ${format(run.history.at(-1)[key])} after epoch ${run.history.length}`).join('; ');
  byId('loss-text').textContent = last('validationLoss', (loss) => `validation loss ${loss.toFixed(3)}`);
  byId('accuracy-text').textContent = last('validationAccuracy', percent);
}

function drawConfusion() {
  const run = runs.findLast((each) => chosen.has(each.name) && each.confusion);
  byId('confusion-part').hidden = !run;
  if (!run) {
    return;
  }
  const { words, rows } = run.confusion;
  const head = element('tr', {}, element('td', { textContent: 'said \\ heard' }),
    ...words.map((word) => element('th', { scope: 'col', textContent: word })));
  const body = rows.map((counts, said) => {
    const all = counts.reduce((sum, count) => sum + count, 0);
    return element('tr', {}, element('th', { scope: 'row', textContent: words[said] }), ...counts.map((count) => {
      const cell = element('td', { textContent: count === 0 ? '·' : count });
      if (count > 0) {
        cell.style.background = `color-mix(in srgb, ${colour('--bar')} ${Math.round(100 * count / all)}%, transparent)`;
      }
      return cell;
    }));
  });
  byId('confusion').replaceChildren(
    element('caption', { textContent: `Validation clips of ${run.name} after its last epoch` }), element('thead', {}, head), element('tbody', {}, ...body));
}

async function begin(event) {
  const form = event.target.elements;
  const name = form.name.value.trim();
  await server.post(server.path('studio', 'runs', name), {
    corpus: form.corpus.value, architecture: form.architecture.value, epochs: Number(form.epochs.value),
  });
  chosen = new Set([name]);
  suggested = name;
}

export function shown() {
  lossPlot.redraw();
  accuracyPlot.redraw();
}

export function start() {
  lossPlot = new Plot(byId('loss-plot'), 'Loss by epoch', { x: 'epoch', y: 'loss' });
  accuracyPlot = new Plot(byId('accuracy-plot'), 'Accuracy on validation by epoch',
    { x: 'epoch', y: 'accuracy', format: percent });
  byId('train-form').addEventListener('submit', guarded(begin));
  byId('train-corpus').addEventListener('change', suggestName);
  byId('train-network').addEventListener('change', suggestName);
  const of = (name) => runs.find((run) => run.name === name);
  server.on('epoch', ({ name, ...epoch }) => {
    const run = of(name);
    if (run) {
      run.history = [...run.history.slice(0, epoch.epoch - 1), epoch];
      draw();
    }
  });
  server.on('confusion', (confusion) => {
    const run = of(confusion.name);
    if (run) {
      run.confusion = confusion;
      drawConfusion();
    }
  });
  server.on('job', (job) => {
    if (job.kind === 'train' && job.training) {
      underWay = job;
      drawProgress();
    }
    if (job.kind === 'train' && (job.state !== 'running' || of(job.name)?.state !== 'running')) {
      loadRuns().catch(() => {});
    }
  });
}
