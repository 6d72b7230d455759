// What an error advises, for the person at the page: the program says it for a command line, which is not here.
import { element } from './dom.js';
import { t } from './language.js';
import { advices } from './texts-advice.js';
import { escaped, phraseNode } from './phrases.js';

const patterns = Object.entries(advices)
  .map(([sentence, key]) => ({
    key, length: sentence.length,
    // A whole sentence at the end, also where it is all there is.
    expression: new RegExp('^(?:([^]*?)([.?!]) )?(' + sentence.split(/\{\d+\}/).map(escaped).join('[^]*?') + ')\\.?$'),
  }))
  // The longest first: another one may end like it.
  .sort((one, other) => other.length - one.length);

/**
 * Parts what has happened from what is advised.
 *
 * @returns `{ message, keys, said }`: the rest of the text, the page's texts, and the program's own sentences for what it is
 *   an administrator's business to do.
 */
export function parted(text) {
  let message = text;
  const keys = [];
  const said = [];
  for (;;) {
    const { key, match } = patterns.map(({ key, expression }) => ({ key, match: expression.exec(message) }))
      .find((found) => found.match) ?? {};
    if (!match) return { message, keys: [...new Set(keys)].reverse(), said: said.reverse() };
    message = match[1] === undefined ? '' : match[1] + (match[2] === '.' ? '' : match[2]);
    keys.push(key);
    if (key === 'advice.server') said.push(match[3]);
  }
}

/** The advice as nodes; null where there is none that the page knows. */
export function adviceNodes({ keys, said }) {
  if (!keys.length) return null;
  return [
    keys.map((key) => t(key)).join(' '),
    said.map((sentence) => element('span', { class: 'for-administrators' }, phraseNode(sentence))),
  ];
}
