// All texts of the page, in both languages, by their key.
import { bookTexts } from './texts-books.js';
import { runTexts } from './texts-runs.js';
export { phrases } from './texts-program.js';

export const texts = Object.fromEntries(
  Object.entries({ ...bookTexts, ...runTexts }).map(([key, [en, ru]]) => [key, { en, ru }]));
