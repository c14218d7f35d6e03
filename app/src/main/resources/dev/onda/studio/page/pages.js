// Explore and Report: pages that the server makes and shows.
import { byId, element, guarded } from './dom.js';
import * as server from './server.js';

let pages = [];

export async function load() {
  pages = await server.get('/studio/pages');
  draw('explore');
  draw('report');
}

function draw(kind) {
  const place = byId(`${kind}-pages`);
  const own = pages.filter((page) => page.startsWith(`${kind}-`));
  if (own.length === 0) {
    place.replaceChildren(element('p', { className: 'hint', textContent: 'No page yet.' }));
    return;
  }
  const frame = element('iframe', { title: `Page ${own[0]}`, src: `/pages/${own[0]}/` });
  const open = element('a', { target: '_blank', rel: 'noopener', textContent: 'open it by itself', href: frame.src });
  const choice = element('select', {}, ...own.map((page) => element('option', { value: page, textContent: page.slice(kind.length + 1) })));
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
  server.on('job', async (job) => {
    if ((job.kind === 'explore' || job.kind === 'report') && job.state === 'done') {
      await load();
      select(job.kind, job.name);
    }
  });
}
