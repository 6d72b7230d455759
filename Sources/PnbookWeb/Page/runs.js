// What has run lately, of all kinds and of all programs, with the whole report of each.
import { data, element, fill, table, time } from './dom.js';
import { duration, t } from './language.js';
import { statusName, taskName, trigger } from './phrases.js';
import { isSuccess, report, summary } from './report.js';

const SHOWN = 12;

function took(task) {
  if (!task.started_at || !task.completed_at) return '—';
  return duration((Date.parse(task.completed_at) - Date.parse(task.started_at)) / 1000);
}

/** Draws the latest of them. `retry` opens the dialog of a new run. */
export function showRuns(container, tasks, retry) {
  const ended = tasks.filter((task) => task.completed_at).slice(0, SHOWN);
  if (!ended.length) return fill(container, element('p', { class: 'empty' }, t('runs.none')));
  const columns = ['what', 'when', 'took', 'outcome'].map((name) => ({ name, title: t('runs.column.' + name) }));
  const rows = ended.map((task) => {
    const kind = isSuccess(task) ? task.status === 'completed' ? 'good' : 'notice' : task.status === 'cancelled' ? 'muted' : 'bad';
    return { attributes: { 'data-run': task.id }, cells: [
      [element('span', {}, taskName(task.type) ?? data(task.type)), task.result?.dry_run ? element('span', { class: 'muted small' }, t('runs.dry')) : null],
      [time(task.completed_at), element('span', { class: 'small' }, trigger(task.triggered_by))], took(task),
      element('details', { 'data-key': 'run-' + task.id },
        element('summary', {}, element('span', { class: 'badge ' + kind }, statusName(task)), ' ', element('span', { class: 'small' }, summary(task.result))),
        report(task, retry)),
    ] };
  });
  fill(container, table(t('runs.caption', { count: ended.length }), columns, rows, { class: 'runs cards' }));
}
