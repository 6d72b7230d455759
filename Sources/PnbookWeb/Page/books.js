// The table of books, and what stands above it of the active one.
import { actions } from './book-actions.js';
import { data, element, fill, spoken, table, time } from './dom.js';
import { currentZone, day, number, t, tNodes } from './language.js';
import { reason, reasonNode, trigger } from './phrases.js';
import { changesText } from './report.js';

const SIGNS = { added: '+', removed: '−', remapped: '⇄', changed: '✎' };

/** What a book changed to the one before, in signs; in words for a screen reader and as a title. */
function changes(book) {
  const same = element('span', { class: 'muted', title: t('changes.same') }, element('span', { 'aria-hidden': 'true' }, '='), spoken(t('changes.same')));
  if (!book.changes) return book.equals_predecessor ? same : element('span', { class: 'muted' }, '—');
  const names = Object.keys(SIGNS).filter((name) => book.changes[name] > 0);
  const words = changesText(book.changes);
  if (!names.length) return same;
  return element('span', { class: 'signs', title: words },
    names.map((name) => element('span', { class: name, 'aria-hidden': 'true' }, SIGNS[name] + number(book.changes[name]))), spoken(words));
}

/** Until when it is kept, in words. */
export function until(book) {
  if (book.pinned) return element('span', {}, t('until.pinned'));
  if (book.is_kept === false) return element('span', { class: 'leaving' }, t('until.next'));
  if (book.is_kept === null) return element('span', { class: 'muted' }, t('until.unknown'));
  return book.until ? element('time', { datetime: book.until, title: book.until }, day(book.until)) : element('span', {}, t('until.long'));
}

function names(book) {
  return [
    element('span', { class: 'version' }, data(book.version)), ' ',
    element('span', { class: 'muted' }, t('books.id', { id: String(book.id) })),
    book.is_active ? [' ', element('span', { class: 'badge active' }, t('reason.active'))] : null,
    book.is_previous ? [' ', element('span', { class: 'badge' }, t('reason.previous'))] : null,
  ];
}

function kept(book) {
  const others = book.reasons.filter((text) => !['active', 'made'].includes(reason(text).word));
  const shown = others.length ? others : book.reasons;
  return [
    element('span', { class: 'chips' }, shown.filter((text) => book.is_kept !== false && reason(text).word !== 'pinned').map(reasonNode)),
    book.pinned ? element('span', { class: 'pin' }, tNodes('books.pinned', { note: data(book.pinned.note), by: data(book.pinned.by) })) : null,
    book.is_kept === false ? element('span', { class: 'muted' }, t('books.notKept')) : null,
  ];
}

/** Draws all books. `act` is told what was done, so that the page looks again. */
export function showBooks(container, state, act) {
  const { books, warnings } = state;
  const columns = ['book', 'items', 'created', 'changes', 'kept', 'until', 'actions']
    .map((name) => ({ name, title: t('books.column.' + name) }));
  const rows = books.map((book) => ({
    attributes: { class: book.is_active ? 'is-active' : null, 'data-book': book.id },
    cells: [
      names(book),
      [number(book.items), book.partnumbers === null ? null : element('span', { class: 'muted small', title: t('count.partnumbers', { count: book.partnumbers }) }, t('count.pn', { count: book.partnumbers }))],
      [time(book.created_at), element('span', { class: 'small' }, trigger(book.created_by))],
      changes(book), kept(book), until(book), actions(book, state, act),
    ],
  }));
  fill(container,
    (warnings ?? []).map((text) => element('p', { class: 'notice' }, data(text, { lang: 'en' }))),
    books.length === 0 ? element('p', { class: 'empty' }, t('books.none'))
      : table(t('books.caption', { count: books.length, zone: currentZone() }), columns, rows, { class: 'books cards' }));
}

/** What clients have now. */
export function showActive(container, books) {
  const book = books.find((candidate) => candidate.is_active);
  if (!book) return fill(container, element('p', { class: 'empty' }, t('now.none')));
  fill(container,
    element('p', { class: 'version' }, data(book.version)),
    element('p', { class: 'muted' }, tNodes('now.facts', {
      items: t('count.items', { count: book.items }), when: time(book.created_at), who: element('span', {}, trigger(book.created_by)),
    })));
}
