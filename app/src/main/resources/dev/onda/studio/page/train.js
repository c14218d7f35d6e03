// Train: trainings are begun, watched, stopped, compared.
import { byId, element, fill, guarded, guardedField, labelled, minutes, onceAtATime, percent, redraw } from './dom.js';
import { deleteNow, deleteSoon, forget, isGoing, undoButton } from './deletion.js';
import { reportOn } from './pages.js';
import * as server from './server.js';
import { Plot } from './plot.js';
import { colour } from './wave.js';

const MOST_COMPARED = 4;

let runs = [];
let networks = [];
let corpora = [];
/** Their names: a training's model needs its own. */
let models = [];
let isOwnNetwork = false;
let isOwnEpochs = false;
let tryModel = () => {};
let chosen = new Set();
/** How far the training under way is: the last of its events. */
let underWay = null;
let lossPlot;
let accuracyPlot;

export async function load() {
  byId('corpora-folder').textContent = (await server.get('/studio/folder')).corpora;
  networks = await server.get('/studio/networks');
  suggestNetwork();
  await loadRuns();
}

export function setModels(all) {
  models = all.map((model) => model.name);
  suggestName();
}

export function setCorpora(all) {
  corpora = all;
}

/** The network to start with on the chosen clips; the others are measured by it. */
const usual = () => {
  const corpus = corpora.find((each) => each.name === byId('train-corpus').value);
  return networks.find((each) => each.name === corpus?.network) ?? networks[0];
};

const cost = (network) => (network === usual()
  ? 'to start with'
  : `${(network.multiplyAccumulates / usual().multiplyAccumulates).toFixed(1)} × the work of ${usual().name}`);
const whole = (number) => number.toLocaleString('en');

/** Chooses the usual network, unless the user chose one. */
function suggestNetwork() {
  const select = byId('train-network');
  fill(select, networks.map((each) => ({ value: each.name, text: `${each.name}: ${whole(each.parameters)} parameters, ${cost(each)}` })));
  if (!isOwnNetwork) {
    select.value = usual().name;
  }
  describeNetwork();
}

function describeNetwork() {
  if (networks.length === 0) {
    return; // not asked for yet
  }
  const network = networks.find((each) => each.name === byId('train-network').value);
  const form = byId('train-form').elements;
  if (!isOwnEpochs) {
    form.epochs.value = network.epochs;
  }
  const before = runs.find((run) => run.architecture === network.name && run.corpus === form.corpus.value && run.history.length > 0);
  const time = before ? `; ${before.name} took ${seconds(before)} s an epoch on these clips` : '';
  byId('network-text').textContent = `${network.source}; ${whole(network.parameters)} parameters, ${cost(network)}${time}.`;
}

const seconds = ({ history }) => (history.reduce((sum, epoch) => sum + epoch.seconds, 0) / history.length).toFixed(1);

export const loadRuns = onceAtATime(async () => {
  runs = await server.get('/studio/runs');
  forget('/studio/runs/', (path) => runs.some((run) => pathOf(run) === path));
  if (chosen.size === 0 && runs.length > 0) {
    chosen.add((runs.find((run) => run.state === 'running') ?? runs.at(-1)).name);
  }
  describeNetwork();
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
  const isTaken = () => runs.some((run) => run.name === name) || models.includes(name);
  for (let number = 2; isTaken(); number++) {
    name = `${base}-${number}`;
  }
  field.value = name;
  suggested = name;
}

function draw() {
  byId('no-runs').hidden = runs.length > 0;
  byId('runs').hidden = runs.length === 0;
  redraw(byId('runs').tBodies[0], ...runs.map(row));
  drawCurves();
  drawConfusion();
}

function row(run) {
  const compare = element('input', { type: 'checkbox', checked: chosen.has(run.name), 'aria-label': `Compare ${run.name}`,
    onchange: (event) => choose(run.name, event.target.checked) });
  const cell = (column, className, ...content) => element('td', { className, 'data-column': column }, ...content);
  return element('tr', {}, cell('compare', '', compare), element('th', { scope: 'row', textContent: run.name }),
    cell('clips', '', run.corpus), cell('network', '', run.architecture),
    cell('epochs', 'number', epochsOf(run)), cell('validation accuracy', 'number', ...accuracy(run)),
    cell('state', '', state(run), ...caution(run)), element('td', { className: 'actions' }, ...actions(run)));
}

function state(run) {
  if (isGoing(pathOf(run))) {
    return 'deleted; its model stays';
  }
  return run.state === 'done' && !run.model ? 'done; its model is gone' : run.state;
}

const caution = (run) => (run.caution ? [element('p', { className: 'note', textContent: run.caution })] : []);

/** Of the model that came out, or of the best epoch so far. */
function accuracy(run) {
  const judges = run.validationClips ? `, on ${run.validationClips} clips` : '';
  const note = (text) => element('small', { textContent: text + judges });
  if (run.model) {
    const { validationAccuracy, averagedEpochs, bestEpoch } = run.model;
    return [percent(validationAccuracy),
      note(averagedEpochs > 1 ? `mean of the ${averagedEpochs} best epochs` : `epoch ${bestEpoch}, the best`)];
  }
  if (run.history.length === 0) {
    return ['–'];
  }
  const accuracies = run.history.map((epoch) => epoch.validationAccuracy);
  const best = Math.max(...accuracies);
  return [percent(best), note(`epoch ${accuracies.indexOf(best) + 1}, the best${run.state === 'done' ? '' : ' so far'}`)];
}

function actions(run) {
  const path = pathOf(run);
  const button = (text, action) => element('button', { textContent: text, 'aria-label': `${text} ${run.name}`, onclick: guarded(action) });
  if (isGoing(path)) {
    return [undoButton(path, run.name, () => {
      draw();
      labelled(byId('runs'), `Delete ${run.name}`)?.focus();
    })];
  }
  if (run.state === 'running') {
    return [button('Stop', () => server.post(`${path}/stop`))];
  }
  const remove = button('Delete', () => {
    deleteSoon(path, () => {
      chosen.delete(run.name);
      return loadRuns();
    });
    draw();
    labelled(byId('runs'), `Undo deleting ${run.name}`)?.focus();
  });
  if (run.state === 'stopped') {
    return [button('Resume', () => server.post(`${path}/resume`)), remove];
  }
  return run.model ? [
    button('Try', () => tryModel(run.name)),
    button('Report', () => reportOn(run.name, run.corpus)),
    element('a', { href: server.path('studio', 'models', run.name), textContent: 'Download', download: '', 'aria-label': `Download ${run.name}` }),
    remove,
  ] : [remove];
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

const compared = () => runs.filter((run) => chosen.has(run.name));

function drawCurves() {
  const drawn = compared().filter((run) => run.history.length > 0);
  const epochs = Math.max(0, ...drawn.map((run) => run.history.length));
  const x = Array.from({ length: epochs }, (_, i) => i + 1);
  const values = (run, key) => x.map((_, i) => run.history[i]?.[key] ?? null);
  byId('curves').hidden = drawn.length === 0;
  byId('compared-text').textContent = compared().map(missing).filter(Boolean).join(' ');
  lossPlot.show(x, drawn.flatMap((run, i) => [
    { name: `${run.name}, validation`, values: values(run, 'validationLoss'), colour: 2 * i },
    { name: `${run.name}, training (dashed)`, values: values(run, 'trainingLoss'), colour: 2 * i + 1, dashed: true },
  ]));
  accuracyPlot.show(x, drawn.map((run, i) => ({ name: run.name, values: values(run, 'validationAccuracy'), colour: 2 * i })));
  const last = (key, format) => drawn.map((run) => `${run.name}: ${format(run.history.at(-1)[key])} after epoch ${run.history.length}`).join('; ');
  byId('loss-text').textContent = last('validationLoss', (loss) => `validation loss ${loss.toFixed(3)}`);
  byId('accuracy-text').textContent = last('validationAccuracy', percent);
}

/** What there is not to be seen of a training. */
function missing(run) {
  if (run.history.length === 0) {
    return `${run.name} has no finished epoch, so nothing of it is shown yet.`;
  }
  return run.confusion || run.state === 'running' ? '' : `Which words ${run.name} mistakes was not kept.`;
}

function drawConfusion() {
  const drawn = compared().filter((run) => run.confusion);
  byId('confusion-part').hidden = drawn.length === 0;
  byId('confusion').replaceChildren(...drawn.map(confusionTable));
}

function confusionTable({ name, confusion: { words, rows } }) {
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
  return element('table', {}, element('caption', { textContent: `${name}: validation clips after its last epoch` }),
    element('thead', {}, head), element('tbody', {}, ...body));
}

async function begin(event) {
  const form = event.target.elements;
  const name = form.name.value.trim();
  await deleteNow((path) => path === pathOf({ name }));
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

export function start(tryIt) {
  tryModel = tryIt;
  lossPlot = new Plot(byId('loss-plot'), 'Loss by epoch', { x: 'epoch', y: 'loss' });
  accuracyPlot = new Plot(byId('accuracy-plot'), 'Validation accuracy by epoch',
    { x: 'epoch', y: 'validation accuracy', format: percent, most: 1 });
  byId('train-form').addEventListener('submit', guardedField(byId('run-name'), begin));
  byId('train-corpus').addEventListener('change', () => {
    suggestNetwork();
    suggestName();
  });
  byId('train-network').addEventListener('change', () => {
    isOwnNetwork = true;
    describeNetwork();
    suggestName();
  });
  byId('train-form').elements.epochs.addEventListener('input', () => {
    isOwnEpochs = true;
  });
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
