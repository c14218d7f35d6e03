// Explore and Report: pages that the server makes and shows.
import { byId, complain, element, guarded } from './dom.js';
import * as server from './server.js';

let pages = [];
let stale = new Set();

export async function load() {
  pages = await server.get('/studio/pages');
  stale = new Set(['explore', 'report']);
  stale.forEach((kind) => !byId(kind).hidden && shown(kind));
}

/** Pages are large: they are loaded when they are looked at. */
export function shown(kind) {
  if (stale.delete(kind)) {
    draw(kind);
  }
}

function draw(kind) {
  const place = byId(`${kind}-pages`);
  const before = place.querySelector('select')?.value;
  const own = pages.filter((page) => page.startsWith(`${kind}-`));
  if (own.length === 0) {
    place.replaceChildren(element('p', { className: 'hint', textContent: 'No page yet.' }));
    return;
  }
  const first = own.includes(before) ? before : own[0];
  const frame = element('iframe', { title: `Page ${first}`, src: `/pages/${first}/` });
  const open = element('a', { target: '_blank', rel: 'noopener', textContent: 'open it by itself', href: frame.src });
  const choice = element('select', {}, ...own.map((page) => element('option', { value: page, textContent: page.slice(kind.length + 1).replace('_', ' on ') })));
  choice.value = first;
  choice.addEventListener('change', () => {
    frame.src = `/pages/${choice.value}/`;
    frame.title = `Page ${choice.value}`;
    open.href = frame.src;
  });
  place.replaceChildren(element('p', { className: 'row' }, element('label', {}, 'Page ', choice), open), frame);
}

function select(kind, page) {
  const choice = byId(`${kind}-pages`).querySelector('select');
  if (choice) {
    choice.value = page;
    choice.dispatchEvent(new Event('change'));
  }
}

export function start() {
  byId('explore-form').addEventListener('submit', guarded((event) =>
    server.post(server.path('studio', 'pages', 'explore', event.target.elements.corpus.value))));
  byId('report-form').addEventListener('submit', guarded((event) =>
    server.post(server.path('studio', 'pages', 'report', event.target.elements.model.value, event.target.elements.corpus.value))));
  server.on('job', (job) => {
    if ((job.kind === 'explore' || job.kind === 'report') && job.state === 'done') {
      load().then(() => select(job.kind, job.name)).catch((e) => complain(e.message));
    }
  });
}
