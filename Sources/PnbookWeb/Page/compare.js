// Two books, or a book and the catalogue as it is, part number by part number.
import * as api from './api.js';
import { button, data, element, fill, plain, spoken, table } from './dom.js';
import { number, t, tNodes } from './language.js';
import { errorNodes } from './problems.js';

const FIRST = 200, ALL = 1000;
const KINDS = ['added', 'removed', 'remapped', 'changed'];

function choices(select, books, chosen) {
  const words = ['active', 'previous', 'newest', 'catalogue'];
  fill(select,
    element('optgroup', { label: t('compare.words') }, words.map((word) => element('option', { value: word }, t('compare.word.' + word)))),
    element('optgroup', { label: t('compare.books') }, books.map((book) => element('option', { value: String(book.id) }, `${plain(book.version)} (id ${book.id})`))));
  select.value = chosen;
  if (select.selectedIndex < 0) select.selectedIndex = 0;
}

/** Draws the form; what was chosen stays. */
export function prepareCompare(form, books) {
  let [from, to] = form.querySelectorAll('select');
  const chosen = [from?.value ?? 'previous', to?.value ?? 'active'];
  if (!from) {
    from = element('select', { id: 'compare-from', name: 'from' });
    to = element('select', { id: 'compare-to', name: 'to' });
    form.onsubmit = (event) => {
      event.preventDefault();
      compare(from.value, to.value);
    };
  }
  choices(from, books, chosen[0]);
  choices(to, books, chosen[1]);
  form.replaceChildren(
    element('label', { for: from.id }, t('compare.from'), from), element('label', { for: to.id }, t('compare.to'), to),
    element('button', { type: 'submit' }, t('compare.button')));
}

// What is shown, in the language of the moment.
let redraw = () => {};

export const redrawDifference = () => redraw();

/** Compares, and shows what is different. */
export async function compare(from, to, limit = FIRST) {
  const container = document.getElementById('difference');
  container.setAttribute('aria-busy', 'true');
  fill(container, element('p', { class: 'muted', role: 'status' }, t('compare.working')));
  try {
    const found = await api.difference(from, to, limit);
    redraw = () => fill(container, difference(found, () => compare(from, to, ALL)));
    redraw();
  } catch (error) {
    fill(container, element('div', { class: 'problem', role: 'alert' }, errorNodes(error)));
  }
}

function named(book) {
  return book.id === null ? t('compare.word.catalogue') : data(book.version);
}

function items(list) {
  if (!list.length) return element('span', { class: 'muted' }, '—');
  return element('ul', { class: 'plain' }, list.map((item) => element('li', {},
    data(item.lot_name, { class: 'lot' }), item.is_primary_pn ? null : element('span', { class: 'muted' }, ' ' + t('item.notPrimary')),
    item.description === null ? null : element('span', { class: 'small muted' }, ' ', data(item.description)))));
}

function difference({ from, to, counts, changes }, showAll) {
  const total = KINDS.reduce((sum, kind) => sum + counts[kind], 0);
  const head = element('p', { role: 'status' }, tNodes('compare.result', { from: named(from), to: named(to) }), ' ',
    total === 0 ? t('compare.equal') : null);
  const tally = element('ul', { class: 'tally' }, [...KINDS, 'same'].map((kind) =>
    element('li', { class: kind }, element('strong', {}, number(counts[kind])), ' ', t('compare.' + kind, { count: counts[kind] }))));
  if (total === 0) return [head];
  const columns = ['partnumber', 'change', 'before', 'after'].map((name) => ({ name, title: t('compare.column.' + name) }));
  const rows = changes.map((change) => ({ cells: [data(change.partnumber, { class: 'partnumber' }),
    element('span', { class: 'badge ' + change.change }, t('change.' + change.change)), items(change.before), items(change.after)] }));
  return [head, tally,
    table(t('compare.caption', { count: changes.length, total }), columns, rows, { class: 'difference cards' }),
    changes.length < total && changes.length < ALL
      ? element('p', {}, button(t('compare.more', { count: Math.min(total, ALL) }), showAll, { class: 'quiet', 'data-key': 'compare-more' })) : spoken('')];
}
