// Explore and Report: pages that the server makes and shows.
import { byId, complain, element, guarded } from './dom.js';
import * as server from './server.js';

/** Of a frame, above and below. */
const BORDERS = 2;

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
  const frame = element('iframe', { title: `Page ${title(first)}`, src: `/pages/${first}/` });
  frame.addEventListener('load', () => fit(frame));
  const open = element('a', { target: '_blank', rel: 'noopener', textContent: 'open it by itself', href: frame.src });
  const choice = element('select', {}, ...own.map((page) => element('option', { value: page, textContent: title(page) })));
  choice.value = first;
  choice.addEventListener('change', () => {
    frame.src = `/pages/${choice.value}/`;
    frame.title = `Page ${title(choice.value)}`;
    open.href = frame.src;
  });
  place.replaceChildren(element('p', { className: 'row' }, element('label', {}, 'Page ', choice), open), frame);
}

/** What a page is of: its name tells a corpus, or a model, a corpus and, unless it is an old one, a partition. */
function title(page) {
  const [first, corpus, partition = 'validation'] = page.slice(page.indexOf('-') + 1).split('_');
  return corpus ? `${first} on ${corpus}, ${partition} clips` : first;
}

/** As high as what is in it, also when that changes: one scroll bar is enough. */
function fit(frame) {
  const inside = frame.contentDocument.documentElement;
  new ResizeObserver(() => {
    frame.style.height = `${Math.ceil(inside.getBoundingClientRect().height) + BORDERS}px`;
  }).observe(inside);
}

async function report() {
  const { model, corpus, partition } = byId('report-form').elements;
  const path = server.path('studio', 'pages', 'report', model.value, corpus.value);
  await server.post(`${path}?${new URLSearchParams({ partition: partition.value })}`);
}

/** Makes the page of a model, and shows where it will be. */
export async function reportOn(model, corpus) {
  const form = byId('report-form').elements;
  form.model.value = model;
  form.corpus.value = corpus;
  if (form.corpus.value !== corpus) {
    throw new Error(`the clips "${corpus}" are no longer there`);
  }
  location.hash = '#report';
  await report();
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
  byId('report-form').addEventListener('submit', guarded(report));
  server.on('job', (job) => {
    if ((job.kind === 'explore' || job.kind === 'report') && job.state === 'done') {
      load().then(() => select(job.kind, job.name)).catch((e) => complain(e.message));
    }
  });
}
