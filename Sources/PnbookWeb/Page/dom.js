// Builds the page. Texts become text nodes, always: nothing here reads markup.
import { moment, offset, t } from './language.js';

/**
 * An element. Attributes that are null, undefined or false are left out; `on` holds listeners.
 * Children are nodes, texts, or lists of them.
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'on') for (const [event, listener] of Object.entries(value)) made.addEventListener(event, listener);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** A shape of SVG, by attributes: the policy of the page allows no style. */
export function shape(tag, attributes, ...children) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

// Controls, format characters (among them those that turn the direction of writing), line separators, and blanks that are
// not the common one. Joiners within words of other scripts are shown as well: data has no business with them here.
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u{115F}\u{1160}\u{3164}\u{FFA0}]|(?! )\p{Zs}/gu;

const code = (character) => 'U+' + character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0');

/** Text from data where there is no room for a node: in a name, in a choice. What it hides is written out. */
export const plain = (text) => String(text).replace(HIDDEN, (character) => `[${code(character)}]`);

/** Text from data: isolated from the direction of what is around it, with its hidden characters made visible. */
export function data(text, attributes = {}) {
  const made = element('bdi', attributes);
  const whole = String(text);
  let end = 0;
  for (const match of whole.matchAll(HIDDEN)) {
    made.append(whole.slice(end, match.index));
    made.append(element('span', { class: 'hidden-character', title: t('page.hiddenCharacter') }, code(match[0])));
    end = match.index + match[0].length;
  }
  made.append(whole.slice(end));
  return made;
}

/** A moment in the configured zone with its offset; its title has UTC. */
export function time(instant) {
  return element('time', { datetime: instant, title: instant }, moment(instant), ' ',
    element('span', { class: 'offset' }, offset(instant)));
}

/** What only a screen reader says. */
export const spoken = (text) => element('span', { class: 'spoken' }, text);

/** A button; `key` finds it again after its surroundings were drawn afresh. */
export function button(text, listener, attributes = {}) {
  return element('button', { type: 'button', ...attributes, on: { click: listener } }, text);
}

/** Replaces what `container` holds, and keeps the focus on the element with the same `data-key`. */
export function fill(container, ...children) {
  const key = container.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  const open = new Set([...container.querySelectorAll('details[open][data-key]')].map((found) => found.dataset.key));
  container.replaceChildren(...children.flat(Infinity).filter(Boolean));
  for (const details of container.querySelectorAll('details[data-key]')) {
    if (open.has(details.dataset.key)) details.open = true;
  }
  container.removeAttribute('aria-busy');
  if (key) focusKey(key);
}

export function focusKey(key) {
  document.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
}

/**
 * A table that stays one for a screen reader also where it is drawn as cards.
 * Columns: `{title, name}`, and `head` where the title alone is not what stands above it; rows: `{key, attributes, cells}` with nodes or texts, the first of them the row's head.
 */
export function table(caption, columns, rows, attributes = {}) {
  const head = element('tr', { role: 'row' },
    columns.map((column) => element('th', { role: 'columnheader', scope: 'col', class: 'col-' + column.name }, column.head ?? column.title)));
  const body = rows.map((row) => element('tr', { role: 'row', ...row.attributes }, row.cells.map((cell, index) => {
    const shared = { class: 'col-' + columns[index].name, 'data-column': columns[index].title };
    return index === 0
      ? element('th', { ...shared, role: 'rowheader', scope: 'row' }, cell)
      : element('td', { ...shared, role: 'cell' }, cell);
  })));
  return element('table', { role: 'table', ...attributes }, element('caption', {}, caption),
    element('thead', { role: 'rowgroup' }, head), element('tbody', { role: 'rowgroup' }, body));
}
