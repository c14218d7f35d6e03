// The page: a microphone or a file in, words out.
import { loadModel } from './model.js';
import { StreamRecognizer } from './recognizer.js';
import { Resampler } from './resampler.js';

const MOST_HEARD = 30;
/** Samples that the microphone hands on at once. */
const AT_ONCE = 1024;
/** Windows that wait to be judged: beyond that this computer is too slow for live sound. */
const MOST_BEHIND_SECONDS = 2;

const byId = (id) => document.getElementById(id);
const complain = (text) => { byId('complaint').textContent = text; };

let model;
let session = null;

function element(tag, className, text = '') {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function showScores(scores) {
  [...byId('scores').children].forEach((item, i) => { item.firstChild.style.transform = `scaleX(${scores[i] ?? 0})`; });
}

function showHeard({ word, score, start, end, time }) {
  const item = element('li', '');
  Object.assign(item.dataset, { word, score, start, end, time });
  item.append(element('b', '', word), element('span', '', `${Math.round(100 * score)} %`),
    element('span', 'hint', `after ${time.toFixed(1)} s`));
  byId('heard').prepend(item);
  while (byId('heard').children.length > MOST_HEARD) {
    byId('heard').lastChild.remove();
  }
}

async function openMicrophone(hear) {
  if (!navigator.mediaDevices) {
    throw new Error('a browser gives its microphone to pages from https or from this computer only');
  }
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  });
  const context = new AudioContext();
  const close = () => {
    stream.getTracks().forEach((track) => track.stop());
    return context.close();
  };
  try {
    await context.audioWorklet.addModule('capture.js');
    await context.resume();
    const capture = new AudioWorkletNode(context, 'capture', { numberOfOutputs: 0, processorOptions: { atOnce: AT_ONCE } });
    capture.port.onmessage = (event) => hear(event.data, context.sampleRate);
    context.createMediaStreamSource(stream).connect(capture);
    return { close };
  } catch (e) {
    await close();
    throw e;
  }
}

async function begin() {
  const recognizer = new StreamRecognizer(model, showHeard, showScores);
  let resampler = null;
  let behind = 0;
  const microphone = await openMicrophone(async (samples, rateHz) => {
    byId('level').value = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    resampler ??= new Resampler(rateHz, model.rateHz);
    behind += samples.length / rateHz;
    if (behind > MOST_BEHIND_SECONDS) {
      complain('this computer does not keep up: some sound was left out');
      behind -= samples.length / rateHz;
      return;
    }
    await recognizer.push(resampler.push(samples), model.rateHz);
    behind -= samples.length / rateHz;
  });
  session = { microphone };
  byId('listen').textContent = 'Stop';
  byId('listen').classList.add('on');
}

async function end() {
  const { microphone } = session;
  session = null;
  byId('listen').textContent = 'Listen';
  byId('listen').classList.remove('on');
  byId('level').value = 0;
  await microphone.close();
  showScores([]);
}

/** One channel of the average of all, at the model's rate: the browser decodes and resamples. */
async function samplesOf(file) {
  const sound = await new OfflineAudioContext(1, 1, model.rateHz).decodeAudioData(await file.arrayBuffer());
  if (sound.numberOfChannels === 1) {
    return sound.getChannelData(0);
  }
  const mono = new Float32Array(sound.length);
  for (let channel = 0; channel < sound.numberOfChannels; channel++) {
    sound.getChannelData(channel).forEach((sample, i) => { mono[i] += sample / sound.numberOfChannels; });
  }
  return mono;
}

async function hearFile(file) {
  let samples;
  try {
    samples = await samplesOf(file);
  } catch {
    throw new Error(`${file.name}: no sound file that this browser can read`);
  }
  byId('about').textContent = `Listening to ${file.name}…`;
  const recognizer = new StreamRecognizer(model, showHeard, showScores);
  await recognizer.hearAll(samples, (done) => {
    byId('about').textContent = `Listening to ${file.name}: ${Math.floor(done / model.rateHz)} of ${Math.ceil(samples.length / model.rateHz)} s…`;
  });
  showScores([]);
  byId('about').textContent = `${file.name}: ${(samples.length / model.rateHz).toFixed(1)} s, heard to the end.`;
}

/** Does what a control is for; what goes wrong is said in a line. */
function on(id, event, act) {
  byId(id).addEventListener(event, async () => {
    complain('');
    byId(id).disabled = true;
    try {
      await act();
    } catch (e) {
      complain(e.name === 'NotAllowedError' ? 'the microphone was not allowed: allow it in the address bar'
        : e.name === 'NotFoundError' ? 'no microphone was found' : e.message);
    } finally {
      byId(id).disabled = false;
    }
  });
}

on('listen', 'click', () => (session ? end() : begin()));
on('file', 'change', async () => {
  const [file] = byId('file').files;
  if (file) {
    await hearFile(file);
  }
});

byId('about').textContent = 'Loading the model…';
try {
  model = await loadModel();
  const words = model.words.filter((word) => !word.startsWith('_'));
  byId('about').textContent = `It knows: ${words.join(', ')}.`;
  byId('scores').append(...model.words.map((word) => {
    const item = element('li', '');
    item.append(element('span', 'bar'), element('span', 'word', { _unknown_: 'other speech', _silence_: 'silence' }[word] ?? word));
    return item;
  }));
  byId('attribution').textContent = `The model learned from: ${model.attribution}`;
  byId('attribution').hidden = model.attribution === '';
  byId('listen').disabled = false;
  byId('file').disabled = false;
} catch (e) {
  byId('about').textContent = 'The model could not be loaded.';
  complain(e.message);
}
