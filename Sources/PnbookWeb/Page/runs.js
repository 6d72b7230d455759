// What has run lately, of all kinds and of all programs, with the whole report of each.
import { parted } from './advice.js';
import * as api from './api.js';
import { data, element, fill, table, time } from './dom.js';
import { duration, t } from './language.js';
import { phraseNode, statusName, taskName, trigger } from './phrases.js';
import { errorNodes } from './problems.js';
import { isEnded, isSuccess, report } from './report.js';

const SHOWN = 12;

function took(task) {
  if (!task.started_at || !task.completed_at) return '—';
  const seconds = (Date.parse(task.completed_at) - Date.parse(task.started_at)) / 1000;
  return seconds < 1 ? t('time.instant') : duration(seconds);
}

// What has ended never changes: its report is fetched once, when someone wants to read it.
const reports = new Map();

function details(task, kind, retry) {
  const body = element('div', {});
  const made = element('details', { 'data-key': 'run-' + task.id }, element('summary', {},
    element('span', { class: 'badge ' + kind }, statusName(task)), ' ', phraseNode(task.error_message ? parted(task.error_message).message : task.message, { class: 'small' })), body);
  made.addEventListener('toggle', async () => {
    if (!made.open || body.hasChildNodes()) return;
    try {
      if (!reports.has(task.id)) reports.set(task.id, await api.task(task.id));
      fill(body, report(reports.get(task.id), retry));
    } catch (error) {
      fill(body, element('div', { class: 'problem' }, errorNodes(error)));
    }
  });
  return made;
}

/** Draws the latest of them. `retry` opens the dialog of a new run. */
export function showRuns(container, tasks, retry) {
  const ended = tasks.filter(isEnded).slice(0, SHOWN);
  if (!ended.length) return fill(container, element('p', { class: 'empty' }, t('runs.none')));
  const columns = ['what', 'when', 'took', 'outcome'].map((name) => ({ name, title: t('runs.column.' + name) }));
  const rows = ended.map((task) => {
    const kind = isSuccess(task) ? task.status === 'completed' ? 'good' : 'notice' : task.status === 'cancelled' ? 'muted' : 'bad';
    return { attributes: { 'data-run': task.id }, cells: [
      taskName(task.type) ?? data(task.type),
      [task.completed_at ? time(task.completed_at) : '—', element('span', { class: 'small' }, trigger(task.triggered_by))], took(task),
      details(task, kind, retry),
    ] };
  });
  fill(container, table(t('runs.caption', { count: ended.length }), columns, rows, { class: 'runs cards' }));
}
