// The program's own sentences in the page's language. JSON, stored tasks and logs are English; what is not known here is
// shown as the program says it, and marked as English.
import { phrases } from './texts.js';
import { currentLanguage, bucket, t } from './language.js';
import { data, element, plain } from './dom.js';

const patterns = Object.entries(phrases).map(([english, russian]) => ({
  // The longest text first: `{1}` takes anything.
  expression: new RegExp('^' + english.split(/\{\d+\}/).map((text) => RegExp.escape?.(text) ?? escaped(text)).join('([^]*?)') + '$'),
  order: [...english.matchAll(/\{(\d+)\}/g)].map((match) => Number(match[1])),
  russian,
  length: english.length,
})).sort((one, other) => other.length - one.length);

export function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}

/** The Russian of a sentence of the program's, or null. What it interpolates is translated where it is one as well. */
function translated(text) {
  for (const { expression, order, russian } of patterns) {
    const match = expression.exec(text);
    if (!match) continue;
    return russian.replace(/\{(\d+)\}/g, (_, index) => {
      const value = match[1 + order.indexOf(Number(index))];
      return value.split(', ').map((part) => translated(part) ?? part).join(', ');
    });
  }
  return null;
}

/** A sentence of the program's, as text. */
export function phrase(text) {
  return currentLanguage() === 'ru' ? translated(text) ?? text : text;
}

/** The same as a node: isolated, hidden characters shown, and marked as English where it is not translated. */
export function phraseNode(text, attributes = {}) {
  if (currentLanguage() === 'en') return data(text, attributes);
  const russian = translated(text);
  return russian === null ? data(text, { ...attributes, lang: 'en' }) : data(russian, attributes);
}

const TIERS = ['daily', 'weekly', 'monthly', 'yearly'];

/** What keeps a book: `{tier, ordinal, bucket}` or `{word, note}`. */
export function reason(text) {
  const match = /^(daily|weekly|monthly|yearly) (\d+) (\S+)$/.exec(text);
  if (match) return { tier: match[1], ordinal: Number(match[2]), bucket: match[3] };
  if (text.startsWith('pinned: ')) return { word: 'pinned', note: text.slice(8) };
  const word = { active: 'active', previous: 'previous', 'made by this run': 'made', 'dated in the future': 'future' }[text];
  return { word: word ?? 'other', text };
}

export const tiers = TIERS;

/** A reason in a few words, as a node. */
export function reasonNode(text) {
  const { tier, ordinal, bucket: name, word, note } = reason(text);
  if (tier) {
    return element('span', { class: 'chip ' + tier, title: t('reason.represents.' + tier, { ordinal, bucket: bucket(name) }) },
      bucket(name));
  }
  if (word === 'other') return phraseNode(text, { class: 'chip' });
  return element('span', { class: 'chip ' + word, title: note === undefined ? null : plain(note) }, t('reason.' + word));
}

export const taskName = (type) =>
  ({
    partnumber_book_create: t('task.create'), partnumber_book_retention: t('task.retention'),
    partnumber_book_activate: t('task.activate'), schema_migrate: t('task.migrate'), catalogue_load: t('task.load'),
  })[type] ?? null;

const STATUSES = ['pending', 'running', 'completed', 'completed_with_warnings', 'failed', 'cancelled'];

export const statusName = (task) =>
  task.status === 'failed' && task.exit_code === 14 ? t('status.refused')
    : STATUSES.includes(task.status) ? t('status.' + task.status) : task.status;

/** Who started it, in words. */
export function trigger(text) {
  if (text === 'scheduled') return t('trigger.scheduled');
  const match = /^(manual|api):([^]+)$/.exec(text);
  return match ? [data(match[2]), element('span', { class: 'muted' }, ' ' + t('trigger.' + match[1]))] : data(text);
}
