// What can be done with one book, each with a word on what will happen.
import * as api from './api.js';
import { ask } from './dialogs.js';
import { button, data, element, plain, time } from './dom.js';
import { t, tNodes } from './language.js';
import { reason, reasonNode } from './phrases.js';
import { changesText } from './report.js';

/** The buttons of one book. */
export function actions(book, state, act) {
  const name = { version: plain(book.version) };
  const make = (key, listener, label) =>
    button(t(key), listener, { class: 'quiet', 'data-key': `${key}-${book.id}`, 'aria-label': t(label, name) });
  return element('span', { class: 'actions' },
    book.is_active ? null : make('action.activate', () => activate(book, state, act), 'action.activate.label'),
    book.pinned ? make('action.unpin', () => unpin(book, act), 'action.unpin.label')
      : make('action.pin', () => pin(book, act), 'action.pin.label'),
    book.is_active ? null : make('action.compare', () => act.compare(book), 'action.compare.label'));
}

async function activate(book, state, act) {
  const active = state.books.find((candidate) => candidate.is_active);
  const difference = element('p', { class: 'consequence', 'aria-live': 'polite' }, t('activate.comparing'));
  compareInto(difference, active, book);
  const answer = await ask({
    title: t('activate.title'), confirm: t('activate.confirm'), isDanger: true,
    body: [
      element('p', {}, active ? tNodes('activate.what', { version: data(book.version), active: data(active.version) })
        : tNodes('activate.first', { version: data(book.version) })),
      active ? element('p', {}, t('activate.items', { count: book.items, before: active.items })) : null, difference,
      element('p', {}, active ? tNodes('activate.back', { active: data(active.version) }) : t('activate.nothingDeleted')),
    ],
    action: () => api.activate(book.id),
  });
  if (answer) act.done('activate', t('activate.done', { version: plain(answer.active.version) }));
}

/** The numbers of what clients will get, as soon as they are known; without them the dialog works as well. */
async function compareInto(node, active, book) {
  if (!active) return node.remove();
  try {
    const { counts } = await api.difference(active.id, book.id, 1);
    node.textContent = t('activate.difference', { changes: changesText(counts) });
  } catch {
    node.remove();
  }
}

async function pin(book, act) {
  const note = element('input', { id: 'pin-note', name: 'note', maxlength: 200, required: true, autofocus: true, autocomplete: 'off' });
  const answer = await ask({
    title: t('pin.title'), confirm: t('pin.confirm'),
    body: [
      element('p', {}, tNodes('pin.what', { version: data(book.version) })),
      element('label', { for: note.id }, t('pin.note')), note, element('p', { class: 'hint' }, t('pin.hint')),
    ],
    canConfirm: () => note.value.trim() !== '',
    action: () => api.pin(book.id, note.value.trim()),
  });
  if (answer) act.done('pin', t('pin.done', { version: plain(answer.version) }));
}

async function unpin(book, act) {
  const others = book.reasons.filter((text) => reason(text).word !== 'pinned');
  const answer = await ask({
    title: t('unpin.title'), confirm: t('unpin.confirm'), isDanger: others.length === 0,
    body: [
      element('p', {}, tNodes('unpin.note', { note: data(book.pinned.note), by: data(book.pinned.by), when: time(book.pinned.at) })),
      others.length
        ? element('p', {}, t('unpin.kept'), ' ', element('span', { class: 'chips' }, others.map(reasonNode)))
        : element('p', { class: 'consequence' }, tNodes('unpin.removed', { version: data(book.version) })),
    ],
    action: () => api.unpin(book.id),
  });
  if (answer) act.done('unpin', t('unpin.done', { version: plain(answer.version) }));
}
