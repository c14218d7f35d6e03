// Train: trainings are begun, watched, stopped, compared.
import { byId, element, fill, guarded, guardedField, labelled, onceAtATime, percent, redraw } from './dom.js';
import { deleteNow, deleteSoon, forget, isGoing, undoButton } from './deletion.js';
import * as server from './server.js';
import { Plot } from './plot.js';
import { colour } from './wave.js';

const MOST_COMPARED = 4;

let runs = [];
let chosen = new Set();
let lossPlot;
let accuracyPlot;

export async function load() {
  const networks = await server.get('/studio/networks');
  fill(byId('train-network'), networks.map(({ name, source }) => ({ value: name, text: `${name}: ${source}` })), 'm5');
  await loadRuns();
}

export const loadRuns = onceAtATime(async () => {
  runs = await server.get('/studio/runs');
  forget('/studio/runs/', (path) => runs.some((run) => pathOf(run) === path));
  if (chosen.size === 0 && runs.length > 0) {
    chosen.add((runs.find((run) => run.state === 'running') ?? runs.at(-1)).name);
  }
  suggestName();
  draw();
});

const pathOf = (run) => server.path('studio', 'runs', run.name);

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
  const path = pathOf(run);
  if (isGoing(path)) {
    actions.append(undoButton(path, run.name, () => {
      draw();
      labelled(byId('runs'), `Delete ${run.name}`)?.focus();
    }));
  } else if (run.state === 'running') {
    actions.append(act('Stop', () => server.post(`${path}/stop`)));
  } else {
    if (run.state === 'stopped') {
      actions.append(act('Resume', () => server.post(`${path}/resume`)), ' ');
    }
    actions.append(act('Delete', () => {
      deleteSoon(path, () => {
        chosen.delete(run.name);
        return loadRuns();
      });
      draw();
      labelled(byId('runs'), `Undo deleting ${run.name}`)?.focus();
    }));
  }
  const compare = element('input', { type: 'checkbox', checked: chosen.has(run.name), 'aria-label': `Compare ${run.name}`,
    onchange: (event) => choose(run.name, event.target.checked) });
  const text = (column, value, className = '') => element('td', { textContent: value, className, 'data-column': column });
  return element('tr', {}, element('td', { 'data-column': 'compare' }, compare), element('th', { scope: 'row', textContent: run.name }),
    text('clips', run.corpus), text('network', run.architecture), text('epochs', `${run.history.length} of ${run.epochs}`, 'number'),
    text('accuracy', run.history.length > 0 ? percent(best(run)) : '–', 'number'), text('state', isGoing(path) ? 'deleted; its model stays' : run.state), actions);
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
  await deleteNow();
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
  byId('train-form').addEventListener('submit', guardedField(byId('run-name'), begin));
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
    if (job.kind === 'train' && (job.state !== 'running' || of(job.name)?.state !== 'running')) {
      loadRuns().catch(() => {});
    }
  });
}
