// Errors in words: what happened, and the way out.
import { adviceNodes, parted } from './advice.js';
import { element } from './dom.js';
import { t } from './language.js';
import { phraseNode } from './phrases.js';

const KINDS = [
  'away', 'busy', 'refused', 'permission', 'unreachable', 'try_later', 'schema', 'migrations_pending', 'migration_half_applied',
  'bad_data', 'usage', 'configuration', 'interrupted', 'terminated', 'output',
];

/** What kind of error it is, in the page's language. */
export function errorTitle(error) {
  if (error.status === 401) return t('error.unauthorised');
  return KINDS.includes(error.kind) ? t('error.' + error.kind) : t('error.failed');
}

/** An error with what the server says of it, and the way out. */
export function errorNodes(error) {
  if (!('status' in error)) console.error(error);
  const fix = wayOut(error);
  // What was handed on from a run has its advice at the end.
  const message = 'status' in error ? parted(error.message ?? '').message : '';
  return [
    element('p', { class: 'error-title' }, errorTitle(error)),
    message ? element('p', {}, phraseNode(message)) : null,
    fix ? element('p', { class: 'way-out' }, element('strong', {}, t('error.wayOut')), ' ', fix) : null,
  ];
}

function wayOut(error) {
  if (error.fix) return adviceNodes(parted(error.fix)) ?? phraseNode(error.fix);
  if (error.status === 0) return t('error.away.fix');
  if (error.status === 401) return t('error.unauthorised.fix');
  if (error.kind === 'try_later' || error.kind === 'unreachable') return t('error.try_later.fix');
  return null;
}
