// Why a part number is in the book, or is not.
import * as api from './api.js';
import { data, element, fill, table } from './dom.js';
import { t, tNodes } from './language.js';
import { phraseNode } from './phrases.js';
import { errorNodes } from './problems.js';

const OUTCOMES = ['kept', 'refused', 'empty_partnumber', 'empty_lot', 'ignored', 'empty_bundle'];

/** Draws the form; what was typed stays. */
export function prepareExplain(form) {
  const typed = form.querySelector('input')?.value ?? '';
  const input = element('input', { id: 'explain-partnumber', name: 'partnumber', maxlength: 512, required: true, autocomplete: 'off', spellcheck: 'false' });
  input.value = typed;
  form.replaceChildren(element('label', { for: input.id }, t('explain.partnumber'), input),
    element('button', { type: 'submit' }, t('explain.button')));
  form.onsubmit = (event) => {
    event.preventDefault();
    explain(input.value);
  };
}

// What is shown, in the language of the moment.
let redraw = () => {};

export const redrawExplanation = () => redraw();

async function explain(partnumber) {
  const container = document.getElementById('explanation');
  fill(container, element('p', { class: 'muted', role: 'status' }, t('explain.working')));
  container.setAttribute('aria-busy', 'true');
  try {
    const found = await api.explanation(partnumber);
    redraw = () => fill(container, explanation(found));
    redraw();
  } catch (error) {
    fill(container, element('div', { class: 'problem', role: 'alert' }, errorNodes(error)));
  }
}

function outcome(row) {
  const word = row.outcome.replace(/ /g, '_');
  const isKept = row.outcome === 'kept';
  return [
    element('span', { class: 'badge ' + (isKept ? 'added' : 'removed') }, OUTCOMES.includes(word) ? t('outcome.row.' + word) : data(row.outcome)),
    row.error ? element('p', { class: 'small' }, phraseNode(row.error)) : null,
    row.ignored_by.map((rule) => element('p', { class: 'small' }, tNodes(rule.is_pattern ? 'explain.pattern' : 'explain.rule', { rule: data(rule.partnumber) }))),
    row.bundle ? bundle(row) : null,
  ];
}

function bundle({ row, bundle: contents }) {
  const title = contents.lots === null ? t('explain.cycle') : t('explain.bundle', { count: contents.lots });
  return element('details', { 'data-key': 'bundle-' + row }, element('summary', {}, title),
    contents.loses_quantity ? element('p', { class: 'small' }, t('explain.quantity')) : null,
    element('ul', { class: 'components' }, contents.components.map((part) =>
      element('li', { class: 'depth-' + Math.min(part.depth, 6) }, data(part.lot_name, { class: 'lot' }),
        part.qty === null ? null : ` × ${part.qty}`, part.is_repeated ? element('span', { class: 'muted' }, ' ' + t('explain.repeated')) : null))));
}

function books({ runs }) {
  return element('ul', { class: 'plain' }, runs.map((run) => {
    const first = run.books.at(-1), last = run.books[0];
    const span = run.books.length === 1 ? [data(last.version)]
      : tNodes('explain.span', { from: data(first.version), to: data(last.version), count: run.books.length });
    const isActive = run.books.some((book) => book.is_active);
    const lots = [...new Set(run.items.map((item) => item.lot_name))];
    return element('li', {}, span, isActive ? [' ', element('span', { class: 'badge active' }, t('reason.active'))] : null, ': ',
      lots.length ? lots.map((lot, index) => [index ? ', ' : '', data(lot, { class: 'lot' })]) : element('em', {}, t('explain.absent')));
  }));
}

function explanation({ partnumber, catalogue, books: found }) {
  const columns = ['row', 'vendor', 'lot', 'description', 'outcome'].map((name) => ({ name, title: t('explain.column.' + name) }));
  const rows = catalogue.rows.map((row) => ({ cells: [
    element('span', {}, String(row.row)), [data(row.vendor), ' ', data(row.partnumber, { class: 'partnumber' })],
    row.lot_name === null ? '—' : data(row.lot_name, { class: 'lot' }), row.description === null ? '—' : data(row.description), outcome(row)] }));
  const lots = catalogue.items.map((item, index) => [index ? ', ' : '', data(item.lot_name, { class: 'lot' })]);
  return [
    element('p', { role: 'status' }, lots.length ? tNodes('explain.would', { name: data(partnumber), lots: element('span', {}, lots) })
      : tNodes('explain.wouldNot', { name: data(partnumber) })),
    catalogue.conflicts.length ? element('p', { class: 'notice' }, t('explain.conflict')) : null,
    rows.length ? table(t('explain.caption', { count: rows.length }), columns, rows, { class: 'rows cards' })
      : element('p', { class: 'empty' }, t('explain.noRows')),
    element('h3', {}, t('explain.books')), found.runs.length ? books(found) : element('p', { class: 'empty' }, t('books.none')),
  ];
}
