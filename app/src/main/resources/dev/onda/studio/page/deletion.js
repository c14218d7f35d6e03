// Deletions that can be taken back for a while. Until that is over only the page shows them: the server has all still.
import { element, guarded } from './dom.js';
import { remove } from './server.js';

const UNDO_MS = 10_000;

/** What is going: its path, and what waits to delete it. */
const going = new Map();

export const isGoing = (path) => going.has(path);

/** Takes a deletion back, or forgets what is gone already. */
export function keep(path) {
  clearTimeout(going.get(path));
  going.delete(path);
}

async function finish(path) {
  try {
    await remove(path);
  } finally {
    keep(path);
  }
}

/** Deletes in a while, and calls back then. */
export function deleteSoon(path, deleted) {
  going.set(path, setTimeout(guarded(() => finish(path).finally(deleted)), UNDO_MS));
}

/** Deletes at once what of that is going, before it would be used or something else takes its name. */
export const deleteNow = (isMeant) => Promise.all([...going.keys()].filter(isMeant).map(finish));

/** Forgets what under a path is gone on the server already, such as by another tab. */
export function forget(prefix, isThere) {
  [...going.keys()].filter((path) => path.startsWith(prefix) && !isThere(path)).forEach(keep);
}

/** A button that takes a deletion back. */
export const undoButton = (path, what, kept) => element('button', {
  textContent: 'Undo',
  'aria-label': `Undo deleting ${what}`,
  onclick: guarded(() => {
    keep(path);
    kept();
  }),
});

addEventListener('pagehide', () => going.forEach((_, path) => {
  keep(path);
  fetch(path, { method: 'DELETE', keepalive: true });
}));
