// The page: its parts, the work under way, the models that there are.
import { byId, complain, complainUntilMended, fill, minutes, onceAtATime } from './dom.js';
import * as server from './server.js';
import * as tryPart from './try.js';
import * as teachPart from './teach.js';
import * as trainPart from './train.js';
import * as pagesPart from './pages.js';

const PARTS = ['try', 'teach', 'train', 'explore', 'report'];

function show(part) {
  for (const each of PARTS) {
    byId(each).hidden = each !== part;
    const link = document.querySelector(`nav a[href="#${each}"]`);
    if (each === part) {
      link.setAttribute('aria-current', 'page');
    } else {
      link.removeAttribute('aria-current');
    }
  }
  if (part !== 'try') {
    tryPart.leave();
  }
  if (part !== 'teach') {
    teachPart.stop();
  }
  complain('');
  document.title = `${byId(part).querySelector('h1').textContent} – Onda studio`;
  ({ teach: teachPart, train: trainPart, explore: pagesPart, report: pagesPart })[part]?.shown(part);
}

function route() {
  const part = location.hash.slice(1);
  if (part === 'main') {
    return;
  }
  show(PARTS.includes(part) ? part : 'try');
}

const WORK = { teach: 'Teaching', train: 'Training', explore: 'Exploring', report: 'Reporting on' };

let told = '';

function tell(job) {
  const isRunning = job.state === 'running';
  byId('job').hidden = !isRunning;
  const news = job.kind ? `${WORK[job.kind]} ${job.name}: ${job.state}` : '';
  if (news !== told) {
    told = news;
    byId('job-news').textContent = news;
  }
  if (isRunning) {
    const left = job.secondsLeft === undefined ? '' : ` (${minutes(job.secondsLeft)} left)`;
    byId('job-text').textContent = `${WORK[job.kind]} ${job.name}: ${job.text}${left}`;
    byId('job-progress').max = Math.max(1, job.total);
    byId('job-progress').value = job.done;
  } else if (job.state === 'failed') {
    complain(`${WORK[job.kind]} ${job.name}: ${job.text}`);
  }
}

/** The models, wherever one is chosen. */
const loadModels = onceAtATime(async () => {
  const { models } = await server.get('/v1/models');
  const options = models.map((model) => ({
    value: model.name,
    text: model.name === 'onda' ? 'in the box (18 English words)' : model.name,
  }));
  fill(byId('try-model'), options, tryPart.remembered());
  fill(byId('teach-model'), options.filter((_, i) => models[i].canBeTaught));
  fill(byId('report-model'), options);
  teachPart.setModels(models);
  tryPart.setModels(models);
  trainPart.setModels(models);
});

async function loadCorpora() {
  const corpora = await server.get('/studio/corpora');
  const name = ({ name: value }) => ({ value, text: value === 'words' ? 'words (own recordings)' : value });
  // Own recordings are one speaker's: nobody could judge what is trained on them. Teach is for these.
  const others = corpora.filter((corpus) => corpus.name !== 'words');
  trainPart.setCorpora(corpora);
  fill(byId('train-corpus'), others.map(name), 'demo');
  fill(byId('explore-corpus'), corpora.filter((corpus) => !corpus.isStore).map(name), 'demo');
  fill(byId('report-corpus'), others.map(name), 'demo');
}

server.on('job', tell);
server.on('ending', () => complain('The studio is stopping and takes no more work.'));
server.on('lost', () => {
  byId('job').hidden = true;
  complainUntilMended(server.LOST);
});
server.on('job', (job) => {
  if (job.state === 'done' && (job.kind === 'teach' || job.kind === 'train')) {
    loadModels().then(() => tryPart.choose(job.name)).catch((e) => complain(e.message));
  }
});
const LISTS = { words: teachPart.load, models: loadModels, runs: trainPart.loadRuns };
server.on('changed', ({ what }) => LISTS[what]().catch((e) => complain(e.message)));
server.on('hello', async () => {
  complainUntilMended('');
  try {
    tell(await server.get('/studio/job'));
    await Promise.all([loadModels(), loadCorpora()]);
    await Promise.all([teachPart.load(), trainPart.load(), pagesPart.load()]);
    document.body.dataset.ready = 'true';
  } catch (e) {
    complain(e.message);
  }
});

for (const event of ['dragover', 'drop']) {
  addEventListener(event, (dropped) => dropped.preventDefault()); // a file beside its place would replace the page
}
if (!['localhost', '127.0.0.1', '[::1]'].includes(location.hostname)) {
  byId('where').textContent = location.host;
}
tryPart.start();
teachPart.start(tryModel);
function tryModel(model) {
  location.hash = '#try';
  return tryPart.listenWith(model);
}

trainPart.start(tryModel);
pagesPart.start();
addEventListener('hashchange', route);
route();
server.connect();
