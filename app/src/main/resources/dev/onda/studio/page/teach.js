// Teach: words are recorded and learned.
import { byId, element, guarded, guardedField, labelled, onceAtATime, redraw } from './dom.js';
import { deleteNow, deleteSoon, forget, isGoing, keep, undoButton } from './deletion.js';
import * as server from './server.js';
import { loudest, openMicrophone, toWav } from './microphone.js';
import { drawPeaks, MovingWave } from './wave.js';
import { Plot } from './plot.js';

const BACKGROUND = '_background_noise_';
const WORD_MS = 1600;
const BACKGROUND_MS = 10_000;
const COUNT_MS = 600;
const COLUMNS = 90;
const IN_A_ROW = 5;
/** Of what is being recorded. */
const SHOWN_SECONDS = 2;

let words = [];
let known = [];
let models = [];
let wave;
let plot;
let isRecording = false;
let isStopped = false;
let stopWaiting = () => {
  isStopped = true;
};
let lesson = { steps: [], losses: [] };
let taught = null;
let tryModel = () => {};

export function setModels(all) {
  models = all;
  forget('/studio/models/', (path) => models.some((model) => pathOfModel(model.name) === path));
  known = all.find((model) => model.name === byId('teach-model').value)?.words ?? [];
  drawModels();
}

export const load = onceAtATime(async () => {
  words = await server.get('/studio/words');
  const there = new Set(words.flatMap(({ word, clips }) => [pathOfWord(word), ...clips.map((clip) => pathOf(word, clip))]));
  forget('/studio/words/', (path) => there.has(path));
  draw();
});

const pathOfWord = (word) => server.path('studio', 'words', word);
const pathOf = (word, clip) => server.path('studio', 'words', word, 'clips', clip.clip);
const pathOfModel = (name) => server.path('studio', 'models', name);

/** Waits, unless the recording is stopped meanwhile. */
async function pause(ms) {
  await new Promise((done) => {
    const timer = setTimeout(done, ms);
    stopWaiting = () => {
      clearTimeout(timer);
      isStopped = true;
      done();
    };
  });
  if (isStopped) {
    throw new Stopped();
  }
}

class Stopped extends Error {}

/** Ends a recording that is under way; what was recorded before stays. */
export function stop() {
  if (isRecording) {
    stopWaiting();
  }
}

const count = (number) => `${number} ${number === 1 ? 'recording' : 'recordings'}`;
const title = (word) => (word === BACKGROUND ? 'Background' : word);

function draw() {
  byId('pictures').hidden = words.every(({ clips }) => clips.length === 0);
  redraw(byId('words'), ...words.map(card));
}

function card(entry) {
  const { word, clips } = entry;
  if (isGoing(pathOfWord(word))) {
    return goingCard(word);
  }
  const kept = clips.filter((clip) => !isGoing(pathOf(word, clip))).length;
  const isBackground = word === BACKGROUND;
  const record = (times) => guarded(() => recordClips(word, times));
  const head = element('div', { className: 'head' },
    element('h3', { textContent: title(word) }),
    element('span', { className: 'hint', textContent: isBackground
      ? `${count(kept)} of the room when nobody speaks; not needed, but good`
      : `${count(kept)}${kept < 5 ? ', 5 to 20 are good' : ''}${known.includes(word) ? '; the model knows this word already' : ''}` }),
    element('button', { textContent: isBackground ? 'Record 10 s' : 'Record', disabled: isRecording, onclick: record(1),
      'aria-label': `Record ${title(word)}` }));
  if (!isBackground) {
    head.append(
      element('button', { textContent: `Record ${IN_A_ROW}`, disabled: isRecording, onclick: record(IN_A_ROW),
        'aria-label': `Record ${word} ${IN_A_ROW} times` }),
      element('button', { textContent: 'Delete', disabled: isRecording, 'aria-label': `Delete ${word}`,
        onclick: guarded(() => deleteWord(word)) }));
  }
  const list = element('ul', { className: 'recordings', 'aria-label': `Recordings of ${title(word)}` },
    ...clips.map((clip, i) => recording(word, clip, i + 1)));
  return element('div', { className: 'word-card' }, head, list);
}

function goingCard(word) {
  return element('div', { className: 'word-card' }, element('div', { className: 'head' },
    element('h3', { textContent: word }), element('span', { className: 'hint', textContent: 'deleted with its recordings' }),
    undoButton(pathOfWord(word), word, () => {
      draw();
      labelled(byId('words'), `Delete ${word}`)?.focus();
    })));
}

function recording(word, clip, number) {
  const name = `recording ${number} of ${title(word)}`;
  const canvas = element('canvas', { width: 240, height: 80, 'aria-label': `Waveform of ${name}` });
  canvas.setAttribute('role', 'img');
  drawPeaks(canvas, clip.peaks ?? [0]);
  const path = pathOf(word, clip);
  const button = (text, action) => element('button', { textContent: text, 'aria-label': `${text} ${name}`, onclick: guarded(action) });
  if (isGoing(path)) {
    return element('li', { className: 'going' }, canvas, element('p', { className: 'note', textContent: 'deleted' }),
      undoButton(path, name, () => {
        draw();
        labelled(byId('words'), `Delete ${name}`)?.focus();
      }));
  }
  return element('li', {}, canvas,
    ...faults(clip).map((note) => element('p', { className: 'note', textContent: note })),
    button('Play', () => new Audio(path).play()), ' ',
    button('Delete', () => {
      deleteSoon(path, load);
      draw();
      labelled(byId('words'), `Undo deleting ${name}`)?.focus();
    }));
}

const faults = (clip) => [
  clip.damaged && 'cannot be used',
  clip.isQuiet && 'too quiet',
  clip.isClipped && 'too loud',
  clip.isCutAtStart && 'cut off at the start',
  clip.isCutAtEnd && 'cut off at the end',
].filter(Boolean);

function deleteWord(word) {
  deleteSoon(pathOfWord(word), load);
  draw();
  labelled(byId('words'), `Undo deleting ${word}`)?.focus();
}

async function addWord(event) {
  const field = event.target.elements.word;
  const added = await server.put(server.path('studio', 'words', field.value));
  keep(pathOfWord(added.word));
  field.value = '';
  await load();
  labelled(byId('words'), `Record ${added.word}`)?.focus();
}

function say(text) {
  byId('countdown').textContent = text;
}

async function recordClips(word, times) {
  if (isRecording) {
    return;
  }
  const button = document.activeElement?.getAttribute('aria-label');
  isRecording = true;
  isStopped = false;
  let chunks = null;
  let microphone;
  const kept = [];
  byId('recorded').textContent = '';
  draw();
  try {
    microphone = await openMicrophone((samples) => {
      wave.add(loudest(samples));
      chunks?.push(samples);
    });
    byId('recording').hidden = false;
    wave.clear(Math.round(SHOWN_SECONDS * microphone.peaksPerSecond));
    for (let time = 1; time <= times; time++) {
      await countDown(word, time, times);
      chunks = [];
      say(word === BACKGROUND ? 'Recording: stay quiet' : `Say "${word}" now`);
      await pause(word === BACKGROUND ? BACKGROUND_MS : WORD_MS);
      const sound = toWav(chunks, microphone.rate);
      chunks = null;
      kept.push(await server.send(server.path('studio', 'words', word, 'clips'), sound));
      await load();
    }
  } catch (e) {
    if (!(e instanceof Stopped)) {
      throw e;
    }
  } finally {
    isRecording = false;
    byId('recording').hidden = true;
    say('');
    byId('recorded').textContent = microphone ? `Recorded: ${count(kept.length)} of ${title(word)}.${advice(kept)}` : '';
    await microphone?.close();
    draw();
    if (button) {
      labelled(byId('words'), button)?.focus();
    }
  }
}

function advice(clips) {
  const bad = clips.filter((clip) => faults(clip).length > 0).length;
  return bad === 0 ? '' : ` ${bad} better recorded again: ${bad === 1 ? 'its note says' : 'their notes say'} why.`;
}

async function countDown(word, time, times) {
  for (let number = time === 1 ? 3 : 1; number > 0; number--) {
    say(`${title(word)}${times > 1 ? ` (${time} of ${times})` : ''}: ${number}`);
    await pause(COUNT_MS);
  }
}

async function teach(event) {
  const form = event.target.elements;
  const fresh = words.filter(({ word }) => word !== BACKGROUND && !isGoing(pathOfWord(word)) && !known.includes(word));
  if (fresh.every(({ clips }) => clips.length === 0)) {
    throw new Error('record a new word first');
  }
  const name = form.name.value.trim();
  if (models.some((model) => model.name === name && !isGoing(pathOfModel(name))) && name !== 'onda' && !confirm(`Replace the model "${name}"?`)) {
    return;
  }
  await deleteNow((path) => path.startsWith('/studio/words/') || path === pathOfModel(name));
  lesson = { steps: [], losses: [] };
  taught = null;
  drawModels();
  const begun = await server.post('/studio/teach', { name, model: form.model.value, words: fresh.map(({ word }) => word) });
  byId('lesson').hidden = false;
  byId('lesson-text').textContent = [`Learning ${begun.words.join(', ')}`, ...begun.notes, ''].join('. ').trim();
}

function learned({ step, steps, loss }) {
  byId('lesson').hidden = false;
  lesson.steps.push(step);
  lesson.losses.push(loss);
  if (step % 10 === 0 || step === steps) {
    plot.show(lesson.steps, [{ name: 'loss', values: lesson.losses }]);
    byId('lesson-text').textContent = `Step ${step} of ${steps}: loss ${loss.toFixed(3)}.`;
  }
}

function ended(job) {
  if (job.kind !== 'teach' || job.state === 'running') {
    return;
  }
  if (job.state === 'done') {
    byId('lesson').hidden = false;
    byId('lesson-text').textContent = job.text;
    taught = job.name;
    drawModels();
  }
}

const download = (name, text) =>
  element('a', { href: pathOfModel(name), textContent: text, download: '' });

/** Own models, and the one that was just taught, while it is there. */
function drawModels() {
  const own = models.filter((model) => model.name !== 'onda');
  byId('no-models').hidden = own.length > 0;
  redraw(byId('own-models'), ...own.map(({ name, architecture, words: its }) => {
    const button = (text, action) => element('button', { textContent: text, 'aria-label': `${text} ${name}`, onclick: guarded(action) });
    const path = pathOfModel(name);
    if (isGoing(path)) {
      return element('li', { className: 'row' }, element('span', {}, element('b', { textContent: name }), ' (deleted)'),
        undoButton(path, name, () => {
          drawModels();
          labelled(byId('own-models'), `Delete ${name}`)?.focus();
        }));
    }
    return element('li', { className: 'row' },
      element('span', {}, element('b', { textContent: name }), ` (${architecture}, ${its.length} words)`),
      button('Try', () => tryModel(name)), download(name, `Download ${name}`),
      button('Delete', () => {
        deleteSoon(path, drawModels);
        drawModels();
        labelled(byId('own-models'), `Undo deleting ${name}`)?.focus();
      }));
  }));
  const isThere = own.some((model) => model.name === taught && !isGoing(pathOfModel(taught)));
  byId('lesson-done').hidden = !isThere;
  byId('lesson-done').replaceChildren(...(isThere ? [
    element('button', { className: 'main', textContent: 'Try it', onclick: guarded(() => tryModel(taught)) }),
    download(taught, `Download ${taught}.safetensors`),
  ] : []));
}

export function shown() {
  plot.redraw();
}

export function start(tryIt) {
  tryModel = tryIt;
  wave = new MovingWave(byId('teach-wave'), COLUMNS);
  plot = new Plot(byId('lesson-plot'), 'Loss by step of the teaching', { x: 'step', y: 'loss' });
  byId('stop-recording').addEventListener('click', stop);
  addEventListener('keydown', (event) => event.key === 'Escape' && stop());
  byId('new-word').addEventListener('submit', guardedField(byId('word'), addWord));
  byId('teach-form').addEventListener('submit', guardedField(byId('model-name'), teach));
  byId('teach-model').addEventListener('change', () => {
    setModels(models);
    draw();
  });
  server.on('lesson', learned);
  server.on('job', ended);
}
