// The runs that are under way: phase, rows, rate, time left, cancel. Of any process, also of other programs.
import * as api from './api.js';
import { ask } from './dialogs.js';
import { button, data, element, fill, time } from './dom.js';
import { duration, number, t, tNodes } from './language.js';
import { phrase, phraseNode, taskName, trigger } from './phrases.js';

const PHASES = ['reading the catalogue', 'writing the book', 'committing', 'retaining'];
// What a screen reader hears within a phase, at most.
const SPOKEN_EVERY = 15_000;

const watched = new Map();
let spokenAt = 0;
let spokenPhase = null;

/** What a task's message says: the phase, and how much of what is done. */
function parse(message) {
  const match = /^([^:]*)(?:: (\d+)(?: of (\d+))? (.+))?$/.exec(message) ?? [null, message];
  const count = (text) => (text === undefined ? null : Number(text));
  return { phase: match[1], done: count(match[2]), total: count(match[3]), unit: match[4] ?? null };
}

/** Rate and time left, from what was seen a few seconds ago; the server's own where it tells them. */
function measure(seen, work, at) {
  if (seen.phase !== work.phase) Object.assign(seen, { phase: work.phase, looks: [] });
  if (work.done === null) return {};
  seen.looks.push({ at, done: work.done });
  while (seen.looks.length > 2 && at - seen.looks[0].at > 8000) seen.looks.shift();
  const [first] = seen.looks;
  const seconds = (at - first.at) / 1000;
  const rate = seconds > 0.8 ? (work.done - first.done) / seconds : null;
  return { rate, eta: rate > 0 && work.total !== null ? (work.total - work.done) / rate : null };
}

function state(task, event) {
  const seen = watched.get(task.id) ?? { looks: [] };
  watched.set(task.id, seen);
  const work = parse(event?.message ?? task.message);
  const own = measure(seen, work, performance.now());
  return {
    ...work, done: event?.done ?? work.done, total: event?.total ?? work.total,
    rate: event?.rate ?? own.rate ?? null, eta: event?.eta_seconds ?? own.eta ?? null,
    progress: event?.progress ?? task.progress, message: event?.message ?? task.message,
  };
}

function counts(work) {
  const parts = [];
  if (work.done !== null) {
    const unit = work.unit ? phrase(work.unit) : t('running.unit');
    parts.push(work.total === null ? t('running.done', { done: work.done, unit })
      : t('running.of', { done: work.done, total: work.total, unit }));
  }
  if (work.rate > 0) parts.push(t('running.rate', { rate: Math.round(work.rate) }));
  if (work.eta !== null && work.eta >= 1) parts.push(t('running.left', { time: duration(work.eta) }));
  return parts.join(' · ');
}

function steps(work) {
  const current = PHASES.indexOf(work.phase);
  return element('ol', { class: 'steps', 'aria-label': t('running.steps') }, PHASES.map((phase, index) =>
    element('li', { class: index < current ? 'done' : index === current ? 'current' : null,
      'aria-current': index === current ? 'step' : null }, t('phase.' + phase.split(' ')[0]))));
}

function panel(task) {
  const name = taskName(task.type);
  const isOurs = name !== null;
  const progress = element('progress', { max: 100, 'aria-label': name ?? task.type });
  const parts = {
    phase: element('p', { class: 'phase' }), percent: element('span', { class: 'percent' }), progress,
    counts: element('p', { class: 'counts' }), steps: element('div', {}),
  };
  const root = element('article', { class: 'task', 'data-task': task.id, 'aria-labelledby': 'task-' + task.id },
    element('header', {},
      element('h3', { id: 'task-' + task.id }, name ?? data(task.type)),
      element('p', { class: 'muted' }, tNodes('running.by', { who: element('span', {}, trigger(task.triggered_by)),
        when: task.started_at ? time(task.started_at) : '' }), task.host ? [' · ', data(task.host)] : null)),
    element('div', { class: 'bar' }, progress, parts.percent), parts.phase, parts.counts,
    task.type === 'partnumber_book_create' ? parts.steps : null);
  if (isOurs) {
    parts.cancel = button(t('running.cancel'), () => confirmCancel(task, parts), { class: 'quiet danger', 'data-key': 'cancel-' + task.id });
    root.append(parts.cancel);
  }
  return { root, parts };
}

async function confirmCancel(task, parts) {
  const answer = await ask({
    title: t('cancel.title'), confirm: t('cancel.confirm'), isDanger: true,
    body: [element('p', {}, t(task.type === 'partnumber_book_create' ? 'cancel.create' : 'cancel.other')),
      element('p', { class: 'muted' }, t('cancel.late'))],
    action: () => api.cancel(task.id),
  });
  if (answer === undefined) return;
  parts.cancel.disabled = true;
  parts.cancel.textContent = t('running.cancelling');
}

function draw({ parts, task }, event) {
  const work = state(task, event);
  const isKnown = work.progress > 0 || work.done !== null;
  if (isKnown) parts.progress.value = work.progress;
  else parts.progress.removeAttribute('value');
  parts.percent.textContent = isKnown ? t('running.percent', { percent: number(work.progress) }) : '';
  fill(parts.phase, phraseNode(work.phase));
  parts.counts.textContent = counts(work);
  fill(parts.steps, steps(work));
  if (task.cancel_requested_by && parts.cancel) {
    parts.cancel.disabled = true;
    parts.cancel.textContent = t('running.cancelling');
  }
  say(work);
}

/** To screen readers: each phase, and now and then how far it is. */
function say(work) {
  const at = performance.now();
  if (work.phase === spokenPhase && at - spokenAt < SPOKEN_EVERY) return;
  spokenAt = at;
  spokenPhase = work.phase;
  document.getElementById('spoken').textContent =
    [phrase(work.phase), t('running.percent', { percent: number(work.progress) }), counts(work)].filter(Boolean).join(', ');
}

const drawn = new Map();

/** Shows exactly these tasks. */
export function showTasks(tasks) {
  const section = document.getElementById('running');
  const container = document.getElementById('tasks');
  for (const [id, shown] of drawn) {
    if (tasks.some((task) => task.id === id)) continue;
    shown.root.remove();
    drawn.delete(id);
    watched.delete(id);
  }
  for (const task of tasks) {
    if (!drawn.has(task.id)) {
      const made = panel(task);
      container.append(made.root);
      drawn.set(task.id, made);
    }
    drawn.get(task.id).task = task;
    draw(drawn.get(task.id));
  }
  section.hidden = tasks.length === 0;
  if (tasks.length === 0) spokenPhase = null;
}

/** Shows what the WebSocket says of one; false where it is not among those that are shown. */
export function showProgress(event) {
  const shown = drawn.get(event.task_id);
  if (shown) draw(shown, event);
  return shown !== undefined;
}

/** Draws them afresh, in another language. */
export function redrawTasks() {
  const tasks = [...drawn.values()].map((shown) => shown.task);
  showTasks([]);
  showTasks(tasks);
}
