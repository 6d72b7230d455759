// The page's language: chosen by the reader, else the first of the browser's that we speak. Numbers, dates and noun forms
// are those of that language; a region of the reader's (en-US) is kept for them.
import { texts } from './texts.js';

const KEY = 'pnbook.language';
const SPOKEN = ['ru', 'en'];

let language = stored() ?? asked();
let zone = 'UTC';

function stored() {
  try {
    const value = localStorage.getItem(KEY);
    return SPOKEN.includes(value) ? value : null;
  } catch {
    return null;
  }
}

function asked() {
  const known = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => SPOKEN.includes(tag));
  return known ?? 'en';
}

function locale() {
  const asked = navigator.languages.find((tag) => tag.toLowerCase().startsWith(language + '-'));
  return asked ?? { ru: 'ru-RU', en: 'en-GB' }[language];
}

export const currentLanguage = () => language;

export function chooseLanguage(chosen) {
  language = chosen;
  try {
    localStorage.setItem(KEY, chosen);
  } catch {
    // A browser that stores nothing asks again the next time.
  }
}

/**
 * The zone of the configuration, as the server names it. One that the browser does not know is shown as UTC.
 *
 * @returns whether it is another one than before: what shows times must be drawn afresh.
 */
export function setZone(name) {
  const before = zone;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    zone = name;
  } catch {
    zone = 'UTC';
  }
  return zone !== before;
}

export const currentZone = () => zone;

// Placeholders are {name}; {name|form|form…} is the form that goes with the number `name`.
const PLACEHOLDER = /\{(\w+)(?:\|([^}]*))?\}/g;
const FORMS = { en: ['one', 'other'], ru: ['one', 'few', 'many'] };

function form(value, forms) {
  const category = new Intl.PluralRules(language).select(value);
  const index = FORMS[language].indexOf(category);
  return forms[index < 0 ? forms.length - 1 : Math.min(index, forms.length - 1)];
}

function parts(key, values) {
  const pattern = texts[key]?.[language];
  if (pattern === undefined) throw new Error(`no text ${key} in ${language}`);
  const found = [];
  let end = 0;
  for (const match of pattern.matchAll(PLACEHOLDER)) {
    found.push(pattern.slice(end, match.index));
    const value = values[match[1]];
    if (match[2] !== undefined) found.push(form(value, match[2].split('|')));
    else found.push(typeof value === 'number' ? number(value) : value);
    end = match.index + match[0].length;
  }
  found.push(pattern.slice(end));
  return found.filter((part) => part !== '');
}

/** A text of the catalogue. */
export const t = (key, values = {}) => parts(key, values).join('');

/** The same as nodes and texts, where a value may be a node. */
export const tNodes = (key, values = {}) => parts(key, values);

export const number = (value) => new Intl.NumberFormat(locale(), { maximumFractionDigits: 0 }).format(value);

export const list = (values) => new Intl.ListFormat(locale(), { type: 'conjunction' }).format(values);

/** A moment in the configured zone, without its offset. */
export const moment = (instant) => format(instant, { dateStyle: 'medium', timeStyle: 'short' });

export const day = (instant) => format(instant, { dateStyle: 'medium' });

function format(instant, options) {
  return plain(new Intl.DateTimeFormat(locale(), { ...options, timeZone: zone }).format(new Date(instant)));
}

// In a table a year needs no «г.» to be one.
const plain = (text) => text.replace(/[\s\u00A0\u202F]г\./, '');

/** The offset of the configured zone at that moment: `+03:00`. */
export function offset(instant) {
  const name = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(new Date(instant)).find((part) => part.type === 'timeZoneName').value;
  return name.replace('GMT', '') || '+00:00';
}

/** A bucket of retention for people: `2026-11-20`, `2026-W47`, `2026-11` or `2026`. */
export function bucket(text) {
  const week = /^(\d{4})-W(\d\d)$/.exec(text);
  if (week) return t('shelf.week', { week: week[2].replace(/^0/, ''), year: week[1] });
  const [year, month, date] = text.split('-').map(Number);
  if (!month) return String(year);
  const options = date ? { day: 'numeric', month: 'short' } : { month: 'short', year: 'numeric' };
  return plain(new Intl.DateTimeFormat(locale(), { ...options, timeZone: 'UTC' })
    .format(new Date(Date.UTC(year, month - 1, date || 1))));
}

/** How long something takes, in its two largest units at most. */
export function duration(seconds) {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 60) return t('time.seconds', { count: whole });
  if (whole < 600) return t('time.minutesSeconds', { minutes: Math.floor(whole / 60), seconds: whole % 60 });
  if (whole < 7200) return t('time.minutes', { count: Math.round(whole / 60) });
  return t('time.hours', { hours: Math.floor(whole / 3600), minutes: Math.round((whole % 3600) / 60) });
}
