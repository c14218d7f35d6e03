// Teach: words are recorded and learned.
import { byId, element, guarded, redraw } from './dom.js';
import * as server from './server.js';
import { loudest, openMicrophone, toWav } from './microphone.js';
import { drawPeaks, MovingWave } from './wave.js';
import { Plot } from './plot.js';

const BACKGROUND = '_background_noise_';
const WORD_MS = 1600;
const BACKGROUND_MS = 10_000;
const COUNT_MS = 600;
const IN_A_ROW = 5;

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
let tryModel = () => {};

export function setModels(all) {
  models = all;
  known = all.find((model) => model.name === byId('teach-model').value)?.words ?? [];
}

export async function load() {
  words = await server.get('/studio/words');
  draw();
}

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
  redraw(byId('words'), ...words.map(card));
}

function card(entry) {
  const { word, clips } = entry;
  const isBackground = word === BACKGROUND;
  const record = (times) => guarded(() => recordClips(word, times));
  const head = element('div', { className: 'head' },
    element('h3', { textContent: title(word) }),
    element('span', { className: 'hint', textContent: isBackground
      ? `${count(clips.length)} of the room when nobody speaks; not needed, but good`
      : `${count(clips.length)}${clips.length < 5 ? ', 5 to 20 are good' : ''}${known.includes(word) ? '; the model knows this word already' : ''}` }),
    element('button', { textContent: isBackground ? 'Record 10 s' : 'Record', disabled: isRecording, onclick: record(1),
      'aria-label': `Record ${title(word)}` }));
  if (!isBackground) {
    head.append(
      element('button', { textContent: `Record ${IN_A_ROW}`, disabled: isRecording, onclick: record(IN_A_ROW),
        'aria-label': `Record ${word} ${IN_A_ROW} times` }),
      element('button', { textContent: 'Remove', disabled: isRecording, 'aria-label': `Remove ${word}`,
        onclick: guarded(() => removeWord(word, clips.length)) }));
  }
  const list = element('ul', { className: 'recordings', 'aria-label': `Recordings of ${title(word)}` },
    ...clips.map((clip, i) => recording(word, clip, i + 1)));
  return element('div', { className: 'word-card' }, head, list);
}

function recording(word, clip, number) {
  const name = `recording ${number} of ${title(word)}`;
  const canvas = element('canvas', { width: 240, height: 80, 'aria-label': `Waveform of ${name}` });
  canvas.setAttribute('role', 'img');
  drawPeaks(canvas, clip.peaks ?? [0]);
  const play = () => new Audio(server.path('studio', 'words', word, 'clips', clip.clip)).play();
  const notes = [clip.damaged && 'cannot be read', clip.isQuiet && 'very quiet', clip.isClipped && 'too loud'].filter(Boolean);
  return element('li', {}, canvas,
    ...notes.map((note) => element('p', { className: 'note', textContent: note })),
    element('button', { textContent: 'Play', 'aria-label': `Play ${name}`, onclick: guarded(play) }), ' ',
    element('button', { textContent: 'Delete', 'aria-label': `Delete ${name}`, onclick: guarded(() => removeClip(word, clip.clip)) }));
}

const entryOf = (word) => words.find((entry) => entry.word === word);

async function removeClip(word, clip) {
  await server.remove(server.path('studio', 'words', word, 'clips', clip));
  const entry = entryOf(word);
  entry.clips = entry.clips.filter((each) => each.clip !== clip);
  draw();
}

async function removeWord(word, clips) {
  if (clips > 0 && !confirm(`Remove "${word}" and its ${count(clips)}?`)) {
    return;
  }
  await server.remove(server.path('studio', 'words', word));
  await load();
}

async function addWord(event) {
  const field = event.target.elements.word;
  const added = await server.put(server.path('studio', 'words', field.value));
  field.value = '';
  await load();
  byId('words').querySelector(`[aria-label="Record ${CSS.escape(added.word)}"]`)?.focus();
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
  let kept = 0;
  byId('recorded').textContent = '';
  draw();
  try {
    microphone = await openMicrophone((samples) => {
      wave.add(loudest(samples));
      chunks?.push(samples);
    });
    byId('recording').hidden = false;
    wave.clear();
    for (let time = 1; time <= times; time++) {
      await countDown(word, time, times);
      chunks = [];
      say(word === BACKGROUND ? 'Recording: stay quiet' : `Say "${word}" now`);
      await pause(word === BACKGROUND ? BACKGROUND_MS : WORD_MS);
      const sound = toWav(chunks, microphone.rate);
      chunks = null;
      const clip = await server.send(server.path('studio', 'words', word, 'clips'), sound);
      entryOf(word).clips.push(clip);
      kept++;
      draw();
    }
  } catch (e) {
    if (!(e instanceof Stopped)) {
      throw e;
    }
  } finally {
    isRecording = false;
    byId('recording').hidden = true;
    say('');
    byId('recorded').textContent = microphone ? `Recorded: ${count(kept)} of ${title(word)}.` : '';
    await microphone?.close();
    draw();
    if (button) {
      byId('words').querySelector(`[aria-label="${CSS.escape(button)}"]`)?.focus();
    }
  }
}

async function countDown(word, time, times) {
  for (let number = time === 1 ? 3 : 1; number > 0; number--) {
    say(`${title(word)}${times > 1 ? ` (${time} of ${times})` : ''}: ${number}`);
    await pause(COUNT_MS);
  }
}

async function teach(event) {
  const form = event.target.elements;
  const fresh = words
    .filter(({ word, clips }) => word !== BACKGROUND && clips.length > 0 && !known.includes(word))
    .map(({ word }) => word);
  if (fresh.length === 0) {
    throw new Error('record a new word first');
  }
  const name = form.name.value.trim();
  if (models.some((model) => model.name === name) && name !== 'onda' && !confirm(`Replace the model "${name}"?`)) {
    return;
  }
  lesson = { steps: [], losses: [] };
  byId('lesson-done').hidden = true;
  await server.post('/studio/teach', { name, model: form.model.value, words: fresh });
  byId('lesson').hidden = false;
  byId('lesson-text').textContent = `Learning ${fresh.join(', ')}.`;
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
    byId('lesson-done').hidden = false;
    byId('lesson-done').replaceChildren(
      element('button', { className: 'main', textContent: 'Try it', onclick: () => tryModel(job.name) }),
      element('a', { href: server.path('studio', 'models', job.name), textContent: `Download ${job.name}.safetensors`, download: '' }));
  }
}

export function shown() {
  plot.redraw();
}

export function start(tryIt) {
  tryModel = tryIt;
  wave = new MovingWave(byId('teach-wave'), 80);
  plot = new Plot(byId('lesson-plot'), 'Loss by step of the teaching', { x: 'step', y: 'loss' });
  byId('stop-recording').addEventListener('click', stop);
  addEventListener('keydown', (event) => event.key === 'Escape' && stop());
  byId('new-word').addEventListener('submit', guarded(addWord));
  byId('teach-form').addEventListener('submit', guarded(teach));
  byId('teach-model').addEventListener('change', () => {
    setModels(models);
    draw();
  });
  server.on('lesson', learned);
  server.on('job', ended);
}
