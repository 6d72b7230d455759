// The page: fetches, draws, and hands what happens from one part to the others.
import * as api from './api.js';
import { showActive, showBooks } from './books.js';
import { compare, prepareCompare, redrawDifference } from './compare.js';
import { createSnapshot } from './create.js';
import { element, fill } from './dom.js';
import { prepareExplain, redrawExplanation } from './explain.js';
import { chooseLanguage, currentLanguage, setZone, t } from './language.js';
import { Live } from './live.js';
import { taskName } from './phrases.js';
import { errorNodes } from './problems.js';
import { headline, isEnded, isSuccess, showOutcome, summary } from './report.js';
import { redrawTasks, showProgress, showTasks } from './running.js';
import { showRuns } from './runs.js';
import { markSame, showShelf } from './shelf.js';
import { toast } from './toasts.js';

const part = (id) => document.getElementById(id);
const state = { shelf: null, runs: null, outcome: null, known: new Set(), link: null, linkError: null, wasAway: false };

const act = {
  done(_, text) {
    toast('good', text);
    refresh();
  },
  compare(book) {
    part('compare-from').value = String(book.id);
    part('compare-to').value = 'active';
    part('compare-title').focus();
    compare(String(book.id), 'active');
  },
};

async function startCreate(wishes) {
  const active = state.shelf?.books.find((book) => book.is_active) ?? null;
  const begun = await createSnapshot(active, wishes);
  if (!begun) return;
  if (begun.isOther) toast('notice', t('create.other'));
  // What came of the one before is among the recent runs.
  state.outcome = null;
  drawOutcome();
  // Where it has ended already, it was never among the running ones.
  state.known.add(begun.task);
  await live.hurry();
  part('running').scrollIntoView({ block: 'nearest' });
}

// ——— What runs and what has ended

const live = new Live({
  async tasks(tasks) {
    const running = new Set(tasks.map((task) => task.id));
    const ended = [...state.known].filter((id) => !running.has(id));
    state.known = running;
    showTasks(tasks);
    for (const id of ended) await hasEnded(id);
  },
  progress(event) {
    if (!showProgress(event)) live.look();
  },
  link(isUp, error) {
    if (state.link === isUp) return;
    const wasDown = state.link === false;
    state.link = isUp;
    state.linkError = error;
    drawLink();
    if (isUp && wasDown) refresh();
  },
});

async function hasEnded(id) {
  let task;
  try {
    task = await api.task(id);
  } catch (error) {
    // Asked again with the next look.
    if (error.status === 0 || error.status >= 500) state.known.add(id);
    return;
  }
  if (!isEnded(task)) {
    state.known.add(id);
    return;
  }
  const isBook = task.type === 'partnumber_book_create';
  // Of other work only what went wrong: what is done on this page says so itself, and other programs' work is theirs.
  if (isBook || (taskName(task.type) && !isSuccess(task))) {
    const kind = !isSuccess(task) && task.status !== 'cancelled' ? 'bad' : task.status === 'completed' ? 'good' : 'notice';
    // What it had counted by then is in its report.
    const numbers = task.status === 'cancelled' ? null : summary(task.result);
    toast(kind, element('span', {}, headline(task)), numbers ? element('p', {}, numbers) : null);
  }
  if (isBook) {
    state.outcome = task;
    drawOutcome();
  }
  refresh();
}

// ——— Drawing

function drawLink() {
  const away = state.link === false;
  const isSignedOut = state.linkError?.status === 401;
  part('link').className = 'link ' + (away ? 'away' : 'up');
  fill(part('link'), away ? t(isSignedOut ? 'error.unauthorised' : 'link.away') : state.wasAway ? t('link.back') : '');
  state.wasAway = away || state.wasAway;
}

function drawOutcome() {
  showOutcome(state.outcome, startCreate, () => {
    state.outcome = null;
    drawOutcome();
    part('create').focus();
  });
}

function drawBooks() {
  if (!state.shelf) return;
  if (setZone(state.shelf.timezone)) {
    drawRuns();
    drawOutcome();
    redrawTasks();
  }
  showActive(part('active'), state.shelf.books);
  showBooks(part('books'), state.shelf, act);
  showShelf(part('shelf'), state.shelf);
  prepareCompare(part('compare'), state.shelf.books);
}

const drawRuns = () => state.runs && showRuns(part('runs'), state.runs, startCreate);

function drawTexts() {
  document.documentElement.lang = currentLanguage();
  document.title = t('page.title');
  for (const node of document.querySelectorAll('[data-text]')) node.textContent = t(node.dataset.text);
  for (const node of document.querySelectorAll('[data-label]')) node.setAttribute('aria-label', t(node.dataset.label));
  for (const node of document.querySelectorAll('[data-language]')) node.setAttribute('aria-pressed', String(node.dataset.language === currentLanguage()));
  prepareExplain(part('explain'));
}

function drawAll() {
  drawTexts();
  drawBooks();
  drawRuns();
  drawOutcome();
  redrawDifference();
  redrawExplanation();
  redrawTasks();
  drawLink();
}

// ——— Fetching

/** Into its place on the page, or the error in the same place where nothing stands there yet. */
async function load(id, fetch, keep, draw) {
  try {
    keep(await fetch());
    draw();
  } catch (error) {
    if (!('status' in error)) throw error;
    const place = part(id);
    if (place.hasAttribute('aria-busy') || error.status !== 0) {
      fill(place, element('div', { class: 'problem' }, errorNodes(error),
        element('button', { type: 'button', class: 'quiet', on: { click: refresh }, 'data-key': 'again-' + id }, t('page.again'))));
    }
  }
}

async function refresh() {
  await Promise.all([
    load('books', api.books, (document) => { state.shelf = document; }, drawBooks),
    load('runs', () => api.recentTasks(20), (tasks) => { state.runs = tasks; }, drawRuns),
  ]);
}

/** A night's refusal is told to whoever opens the page first in the morning. */
async function tellLastFailure() {
  const last = state.runs?.find((task) => task.type === 'partnumber_book_create' && task.completed_at);
  if (last?.status !== 'failed' || state.outcome) return;
  // The list has no results.
  state.outcome = await api.task(last.id).catch(() => last);
  drawOutcome();
}

part('create').addEventListener('click', () => startCreate());
for (const node of document.querySelectorAll('[data-language]')) {
  node.addEventListener('click', () => {
    chooseLanguage(node.dataset.language);
    drawAll();
  });
}
markSame(part('shelf'));
drawTexts();
document.documentElement.dataset.ready = '';
live.start();
await refresh();
await tellLastFailure();
