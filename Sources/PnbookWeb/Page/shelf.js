// The calendar of retention: which book stands for which day, week, month and year, and until when each is kept.
import { data, element, fill, shape, spoken, table, time } from './dom.js';
import { bucket, currentZone, day, t, tNodes } from './language.js';
import { phraseNode, reason, reasonNode, tiers } from './phrases.js';

const DAY = 86_400_000;
// The axis: what is near counts for more than what is far, so that days and years fit on one line.
const TICKS = [7, 35, 365, 3653];
const place = (days) => (100 * Math.log1p(Math.max(0, days) / 2)) / Math.log1p(TICKS.at(-1) / 2);

/** Buckets of one tier, by their ordinal. */
function slots(books, tier) {
  const found = [];
  for (const book of books) {
    for (const text of book.is_kept === false ? [] : book.reasons) {
      const why = reason(text);
      if (why.tier === tier) found.push({ ordinal: why.ordinal, bucket: why.bucket, book });
    }
  }
  return found.sort((one, other) => one.ordinal - other.ordinal);
}

function untilText(book) {
  if (book.pinned) return t('until.pinned');
  const until = book.until;
  return until ? t('shelf.until', { day: day(until) }) : t('until.long');
}

function slot({ bucket: name, book }) {
  return element('li', { class: 'slot', tabindex: '0', 'data-same': book.id, 'data-key': `slot-${book.id}-${name}` },
    element('span', { class: 'bucket' }, bucket(name)),
    element('span', { class: 'holder' }, data(book.version)),
    element('span', { class: 'small muted' }, untilText(book)));
}

function rack(books, policy, tier) {
  const found = slots(books, tier);
  const limit = policy?.[tier] ?? found.length;
  const free = Math.max(0, limit - found.length);
  return element('section', { class: 'tier ' + tier, 'aria-labelledby': 'tier-' + tier },
    element('h3', { id: 'tier-' + tier }, t('tier.' + tier), ' ', element('span', { class: 'muted' }, t('shelf.used', { used: found.length, limit }))),
    element('ol', { class: 'slots' }, found.map(slot),
      free ? element('li', { class: 'slot free' }, t('shelf.free', { count: free })) : null));
}

/** A line from now to the day on which a book goes, in the colour of what keeps it last. */
function line(book, now) {
  const until = book.pinned ? Infinity : book.is_kept ? Date.parse(book.until ?? '') || Infinity : now;
  const width = Math.min(100, place((until - now) / DAY));
  const last = reason(book.forecast?.last_reasons?.[0] ?? '').tier ?? (book.pinned ? 'pinned' : 'other');
  return shape('svg', { class: 'line', 'aria-hidden': 'true', focusable: 'false' }, ...marks(),
    shape('rect', { class: 'track ' + last, x: 0, y: '30%', width: Math.max(0.6, width) + '%', height: '40%', rx: 4 }));
}

const marks = () => TICKS.map((days) => shape('line', { class: 'tick', x1: place(days) + '%', x2: place(days) + '%', y1: 0, y2: '100%' }));

/** The head of the column of lines: what its marks stand for. */
function axis() {
  const labels = TICKS.map((days, index) => shape('text', { x: place(days) + '%', y: '75%', 'text-anchor': index === TICKS.length - 1 ? 'end' : 'middle' },
    t('shelf.mark.' + days)));
  return [spoken(t('shelf.column.line')), shape('svg', { class: 'line axis', 'aria-hidden': 'true', focusable: 'false' }, ...labels)];
}

function whyThen(book) {
  const forecast = book.forecast;
  if (book.pinned || !forecast?.last_reasons?.length) return null;
  return element('span', { class: 'chips' }, forecast.last_reasons.map(reasonNode));
}

function whyGone(book) {
  const reasons = book.forecast?.removal_reasons ?? (book.is_kept === false ? book.reasons : []);
  if (!reasons.length || book.pinned) return null;
  return element('details', { 'data-key': 'why-' + book.id }, element('summary', {}, t('shelf.why')),
    element('ul', { class: 'plain' }, reasons.map((text) => element('li', {}, phraseNode(text)))));
}

function ends(books, now) {
  const order = (book) => (book.is_kept === false ? 0 : book.pinned ? Infinity : Date.parse(book.until ?? '') || Infinity);
  const sorted = [...books].sort((one, other) => order(one) - order(other) || one.id - other.id);
  const columns = ['book', 'line', 'until', 'last'].map((name) => ({ name, title: t('shelf.column.' + name), head: name === 'line' ? axis() : null }));
  const rows = sorted.map((book) => ({
    attributes: { 'data-same': book.id },
    cells: [
      data(book.version), line(book, now),
      book.is_kept === false ? t('until.next') : book.pinned ? t('until.pinned') : book.until ? time(book.until) : t('until.long'),
      [whyThen(book), whyGone(book)],
    ],
  }));
  return table(spoken(t('shelf.caption')), columns, rows, { class: 'ends cards' });
}

/** At first where there is room for it; then as the reader has left it. */
const isOpen = (container) => container.querySelector('[data-key="ends"]')?.open ?? matchMedia('(min-width: 64.01rem)').matches;

/** Draws the calendar of the same list that the table shows. */
export function showShelf(container, shelf) {
  const { books, policy } = shelf;
  if (books.length === 0) return fill(container, element('p', { class: 'empty' }, t('books.none')));
  const every = books.map((book) => book.forecast?.every_days).find(Boolean);
  const now = Date.parse(shelf.now);
  fill(container,
    element('p', {}, policy ? t('shelf.policy', policy) : null, ' ', tNodes('shelf.zone', { zone: data(currentZone()) }),
      every ? [' ', every === 1 ? t('shelf.everyDay') : t('shelf.every', { count: every })] : null),
    element('div', { class: 'rack' }, tiers.map((tier) => rack(books, policy, tier))),
    element('details', { 'data-key': 'ends', open: isOpen(container) }, element('summary', {}, t('shelf.caption')), ends(books, now)));
}

/** Pointing at a book in one place shows it in all others. Asked for once. */
export function markSame(container) {
  const set = (event, isOn) => {
    const id = event.target.closest('[data-same]')?.dataset.same;
    for (const same of container.querySelectorAll('.same')) same.classList.remove('same');
    if (isOn && id) for (const same of container.querySelectorAll(`[data-same="${CSS.escape(id)}"]`)) same.classList.add('same');
  };
  container.onpointerover = (event) => set(event, true);
  container.onpointerleave = (event) => set(event, false);
  container.addEventListener('focusin', (event) => set(event, true));
}
