// Try: what the microphone hears, and clips.
import { byId, complain, element, guarded, percent } from './dom.js';
import { LOST, openStream, Refused, send } from './server.js';
import { loudest, openMicrophone, toPcm16 } from './microphone.js';
import { MovingWave } from './wave.js';

/** Of the waveform. */
const SECONDS = 5;
const COLUMNS = 230;
const CHOICE = 'onda-model';
const MOST_HEARD = 30;
/** Of a clip that is longer only a part is looked at. */
const LONG_SECONDS = 2;

let wave;
let session = null;
let words = [];
let models = [];

export function setModels(all) {
  models = all;
  if (session && !all.some((model) => model.name === session.model)) {
    complain(`The model "${session.model}" is no longer there.`);
    stop();
  }
  showWords();
}

/** The model that was chosen when the page was last open. */
export function remembered() {
  try {
    return localStorage.getItem(CHOICE);
  } catch {
    return null; // a browser that keeps nothing
  }
}

function remember() {
  try {
    localStorage.setItem(CHOICE, byId('try-model').value);
  } catch {
    // The same.
  }
}

/** Listens with a model; what was clicked to get here is the gesture that browsers want before they hand out the microphone. */
export async function listenWith(name) {
  stop();
  choose(name);
  await begin();
  byId('listen').focus();
}

/** Stops as another part is shown, and says so here. */
export function leave() {
  if (session) {
    stop();
    byId('try-left').textContent = 'Listening stopped when you left this page. Press Listen to go on.';
  }
}

/** Takes a model, unless another one listens. */
export function choose(name) {
  if (session === null) {
    byId('try-model').value = name;
    remember();
    showWords();
  }
}

function showWords() {
  const model = models.find((each) => each.name === byId('try-model').value);
  byId('try-nothing').textContent = model ? `Nothing yet. It knows: ${model.words.join(', ')}.` : 'Nothing yet.';
}

const CLASSES = { _unknown_: 'other speech', _silence_: 'silence' };

function setScores(names) {
  words = names;
  byId('scores').replaceChildren(...names.map((name) => element('li', {},
    element('span', { className: 'bar', 'aria-hidden': 'true' }),
    element('span', { className: 'word', textContent: CLASSES[name] ?? name }))));
}

function showScores(scores) {
  const items = byId('scores').children;
  for (let i = 0; i < items.length; i++) {
    items[i].firstChild.style.transform = `scaleX(${scores[i] ?? 0})`;
  }
}

function heard(detection) {
  byId('try-nothing').hidden = true;
  byId('heard').prepend(element('li', {},
    element('b', { textContent: detection.word }),
    element('span', { textContent: percent(detection.score) }),
    element('span', { className: 'hint', textContent: `after ${detection.time.toFixed(1)} s` })));
  while (byId('heard').children.length > MOST_HEARD) {
    byId('heard').lastChild.remove();
  }
}

function hear(message) {
  if (message.type === 'ready') {
    setScores(message.words);
  } else if (message.type === 'scores') {
    showScores(message.scores);
  } else if (message.type === 'detection') {
    heard(message);
  }
}

async function begin() {
  byId('listen').disabled = true;
  byId('try-left').textContent = '';
  const own = { socket: null, microphone: null, model: byId('try-model').value };
  session = own;
  try {
    const microphone = await openMicrophone((samples) => {
      wave.add(loudest(samples));
      byId('try-level').value = loudest(samples);
      if (own.socket?.readyState === WebSocket.OPEN) {
        own.socket.send(toPcm16(samples));
      }
    });
    own.microphone = microphone;
    wave.clear(Math.round(SECONDS * microphone.peaksPerSecond));
    if (session !== own) {
      end(own); // it was left while the browser asked for the microphone
      return;
    }
    own.socket = openStream(own.model, microphone.rate, hear);
    own.socket.onclose = (event) => {
      if (session === own) {
        end(own);
        complain(event.reason || LOST);
      }
    };
    byId('listen').classList.add('on');
    byId('listen').textContent = 'Stop';
  } catch (e) {
    end(own);
    throw e;
  } finally {
    byId('listen').disabled = false;
  }
}

function end(own) {
  if (session === own) {
    session = null;
  }
  own.microphone?.close();
  own.microphone = null;
  if (own.socket && own.socket.readyState <= WebSocket.OPEN) {
    own.socket.close();
  }
  byId('listen').classList.remove('on');
  byId('listen').textContent = 'Listen';
  byId('try-level').value = 0;
  showScores([]);
}

export function stop() {
  if (session) {
    const own = session;
    session = null;
    end(own);
  }
}

/** What the studio says of a clip, without what only programs need. */
const complaintOf = (file, message) => message.replace('the clip: ', '')
  .replace(/onda listen --file.*$/, `onda listen --file ${file.name}`);

/** The newest files stand first, in the order they were chosen; what cannot be read stands by itself. */
async function recognize(files) {
  byId('unread').replaceChildren();
  byId('unread').hidden = true;
  const body = byId('clips').tBodies[0];
  const rows = files.map((file) => element('tr', {}, element('th', { scope: 'row', textContent: file.name })));
  body.prepend(...rows);
  byId('clips').hidden = body.rows.length === 0;
  try {
    for (const [i, file] of files.entries()) {
      await judge(file, rows[i]);
    }
  } finally {
    rows.filter((row) => row.cells.length === 1).forEach((row) => row.remove());
    byId('clips').hidden = body.rows.length === 0;
  }
}

async function judge(file, row) {
  try {
    row.append(...result(file, await named(file)));
  } catch (e) {
    if (!(e instanceof Refused)) {
      throw e;
    }
    row.remove();
    byId('unread').append(element('li', { textContent: `${file.name}: ${complaintOf(file, e.message)}` }));
    byId('unread').hidden = false;
  }
}

async function named(file) {
  return send(`/v1/recognize?${new URLSearchParams({ model: byId('try-model').value })}`, file);
}

function result(file, { word, score, seconds }) {
  const hint = seconds > LONG_SECONDS ? ` (loudest second of ${seconds.toFixed(0)} s; onda listen hears all)` : '';
  return [
    element('td', { textContent: (CLASSES[word] ?? word) + hint }),
    element('td', { className: 'number', textContent: percent(score) }),
    element('td', {}, element('audio', { controls: true, src: URL.createObjectURL(file), 'aria-label': `play ${file.name}` })),
  ];
}

export function start() {
  wave = new MovingWave(byId('try-wave'), COLUMNS);
  setScores(words);
  byId('listen').addEventListener('click', guarded(() => (session ? stop() : begin())));
  byId('try-model').addEventListener('change', guarded(async () => {
    remember();
    showWords();
    if (session) {
      stop();
      await begin();
    }
  }));
  byId('files').addEventListener('change', guarded(async (event) => {
    await recognize([...event.target.files]);
    event.target.value = '';
  }));
  const drop = byId('drop');
  drop.addEventListener('dragover', (event) => {
    event.preventDefault();
    drop.classList.add('over');
  });
  drop.addEventListener('dragleave', () => drop.classList.remove('over'));
  drop.addEventListener('drop', guarded(async (event) => {
    drop.classList.remove('over');
    await recognize([...event.dataTransfer.files]);
  }));
}
