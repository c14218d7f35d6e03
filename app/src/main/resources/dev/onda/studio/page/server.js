// The server: requests, and events as they come.

export const LOST = 'The studio does not answer. Is it still running? If not, start it again; this page goes on by itself.';

/** What the server would not do, and its status of HTTP. */
export class Refused extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

async function answer(response) {
  const isJson = (response.headers.get('Content-Type') ?? '').startsWith('application/json');
  const body = isJson ? await response.json() : null;
  if (!response.ok) {
    throw new Refused(body?.error ?? `the studio answered ${response.status}`, response.status);
  }
  return body;
}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Error(LOST);
  }
  return answer(response);
}

/** A path of names that may hold any letter. */
export const path = (...names) => '/' + names.map(encodeURIComponent).join('/');

export const get = (where) => ask(where);
export const put = (where) => ask(where, { method: 'PUT' });
export const remove = (where) => ask(where, { method: 'DELETE' });
export const post = (where, object) =>
  ask(where, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(object ?? {}) });
export const send = (where, sound) =>
  ask(where, { method: 'POST', headers: { 'Content-Type': 'audio/wav' }, body: sound });

const listeners = new Map();

/** Calls back for each event of a name. */
export function on(name, listener) {
  listeners.set(name, [...(listeners.get(name) ?? []), listener]);
}

const AGAIN_MS = 5000;

/** Connects; after a break the browser connects again, or this does, and "hello" comes again. */
export function connect() {
  const source = new EventSource('/studio/events');
  source.addEventListener('error', () => {
    (listeners.get('lost') ?? []).forEach((listener) => listener());
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(connect, AGAIN_MS);
    }
  });
  for (const name of ['hello', 'job', 'lesson', 'epoch', 'confusion', 'changed', 'ending']) {
    source.addEventListener(name, (event) => {
      const data = JSON.parse(event.data);
      (listeners.get(name) ?? []).forEach((listener) => listener(data));
    });
  }
}

/** A stream of samples to words. */
export function openStream(model, rate, hear) {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const query = new URLSearchParams({ model, rate, scores: 'true' });
  const socket = new WebSocket(`${scheme}//${location.host}/v1/stream?${query}`);
  socket.binaryType = 'arraybuffer';
  socket.onmessage = (event) => hear(JSON.parse(event.data));
  return socket;
}
