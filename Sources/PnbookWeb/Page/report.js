// How a run has ended: the report of a book, the tally of a refused one, and the way out.
import { adviceNodes, parted } from './advice.js';
import { button, data, element, fill, time } from './dom.js';
import { list, number, t, tNodes } from './language.js';
import { phraseNode, statusName, taskName, trigger } from './phrases.js';

const LEFT_OUT = ['empty_partnumber', 'empty_lot', 'ignored', 'empty_bundle'];

/** By its status: another program's task may have ended without a time. */
export const isEnded = (task) => task.status !== 'running' && task.status !== 'pending';
export const isSuccess = (task) => task.status.startsWith('completed');
export const isRefused = (task) => task.exit_code === 14;
const isShrunken = (task) => isRefused(task) && /fewer than half of the/.test(task.error_message ?? '');

/** One sentence that says how it ended. */
export function headline(task) {
  const result = task.result;
  const name = taskName(task.type);
  if (task.type === 'partnumber_book_create' && isSuccess(task) && result?.book) {
    const version = data(result.book.version);
    if (result.unchanged) return tNodes('outcome.unchanged', { version });
    if (result.dry_run) return tNodes('outcome.dryRun', { version });
    return tNodes('outcome.published', { version });
  }
  if (task.type === 'partnumber_book_create') {
    const key = isRefused(task) ? 'outcome.refused' : task.status === 'cancelled' ? 'outcome.cancelled' : 'outcome.failed';
    return [t(key)];
  }
  return [name ?? data(task.type), ': ', statusName(task)];
}

/** The numbers of a book in one line, for a toast. */
export function summary(result) {
  if (!result?.book) return null;
  const parts = [];
  if (result.book.items !== null) parts.push(t('count.items', { count: result.book.items }));
  if (result.book.partnumbers !== null) parts.push(t('count.partnumbers', { count: result.book.partnumbers }));
  if (result.changes) parts.push(changesText(result.changes));
  if (result.warnings?.length) parts.push(t('count.warnings', { count: result.warnings.length }));
  return parts.join(' · ');
}

export function changesText(changes) {
  const names = ['added', 'removed', 'remapped', 'changed'].filter((name) => changes[name] > 0);
  return names.length ? list(names.map((name) => t('changes.' + name, { count: changes[name] }))) : t('changes.none');
}

function figures(result) {
  const rows = [];
  const add = (key, value) => {
    if (value !== null && value !== undefined) rows.push(element('div', {}, element('dt', {}, t(key)), element('dd', {}, number(value))));
  };
  add('report.rows', result.source?.rows);
  for (const name of LEFT_OUT) if (result.excluded?.[name]) add('report.' + name, result.excluded[name]);
  add('report.expanded', result.expanded_rows || null);
  add('report.quantities', result.quantities_dropped || null);
  add('report.merged', result.merged_duplicates || null);
  add('report.items', result.book.items);
  add('report.partnumbers', result.book.partnumbers);
  add('report.conflicts', result.conflicts?.count || null);
  return element('dl', { class: 'figures' }, rows);
}

function retention(decisions) {
  if (!decisions) return null;
  const removed = decisions.removed ?? [];
  const held = decisions.held ?? [];
  const names = (books) => element('ul', { class: 'plain' }, books.map((book) =>
    element('li', {}, data(book.version), ' — ', book.reasons.map((text, index) => [index ? ', ' : '', phraseNode(text)]))));
  return [
    removed.length ? element('details', { 'data-key': 'removed' }, element('summary', {}, t('report.removed', { count: removed.length })), names(removed)) : null,
    held.length ? element('details', { 'data-key': 'held' }, element('summary', {}, t('report.held', { count: held.length })), names(held)) : null,
  ];
}

function wayOut(task, retry) {
  const advice = parted(task.error_message ?? '');
  const known = isShrunken(task) ? 'shrunken' : isRefused(task) ? 'refused' : task.status === 'cancelled' ? 'cancelled'
    : { 10: 'migrations', 11: 'busy', 12: 'migrations', 13: 'schema', 69: 'away', 75: 'later' }[task.exit_code] ?? null;
  // The more particular one: what the run itself has found out.
  const nodes = known && (isShrunken(task) || task.status === 'cancelled') ? t('wayOut.' + known)
    : adviceNodes(advice) ?? (known ? t('wayOut.' + known) : null);
  if (!nodes) return null;
  return element('div', { class: 'way-out' }, element('h4', {}, t('error.wayOut')), element('p', {}, nodes),
    retry && !['migrations', 'schema'].includes(known)
      ? button(t(isShrunken(task) ? 'wayOut.allowShrink' : 'wayOut.again'), () => retry({ allow_shrink: isShrunken(task) }), { class: 'quiet', 'data-key': 'again-' + task.id }) : null);
}

/** The whole report of a task that has ended. `retry` opens the dialog that starts another, with wishes. */
export function report(task, retry) {
  const result = task.result;
  const isBook = task.type === 'partnumber_book_create' && result?.book;
  return element('div', { class: 'report' },
    task.error_message ? element('p', { class: 'error-text' }, phraseNode(parted(task.error_message).message)) : null,
    isSuccess(task) ? null : wayOut(task, retry),
    isBook ? [
      result.changes ? element('p', {}, tNodes('report.changes', { version: data(result.changes.since.version), changes: changesText(result.changes) })) : null,
      element('h4', {}, t(isSuccess(task) ? 'report.figures' : 'report.tally')), figures(result),
      result.warnings?.length ? [element('h4', {}, t('report.warnings')),
        element('ul', { class: 'warnings' }, result.warnings.map((text) => element('li', {}, phraseNode(text))))] : null,
      retention(result.retention),
    ] : null,
    element('p', { class: 'muted' }, tNodes('report.by', { who: element('span', {}, trigger(task.triggered_by)),
      when: task.completed_at ? time(task.completed_at) : '—' })));
}

/** The run that has just ended, or that failed while no one looked, above the books. */
export function showOutcome(task, retry, dismiss) {
  const section = document.getElementById('outcome');
  section.hidden = !task;
  if (!task) return fill(section);
  section.className = 'outcome ' + (isSuccess(task) ? task.status === 'completed' ? 'good' : 'notice' : task.status === 'cancelled' ? 'notice' : 'bad');
  fill(section, element('div', { class: 'outcome-head' }, element('h2', { id: 'outcome-title', tabindex: '-1' }, headline(task)),
    button('×', dismiss, { class: 'close', 'aria-label': t('outcome.close') })), report(task, retry));
}
