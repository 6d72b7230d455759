// Short messages at the edge of the page. One that says that something went wrong stays until it is closed.
import { button, element } from './dom.js';
import { t } from './language.js';

const SECONDS = 12;

/** Takes all of them away. */
export const clearToasts = () => document.getElementById('toasts').replaceChildren();

/**
 * @param kind `good`, `notice` or `bad`.
 * @param body nodes after the title.
 */
export function toast(kind, title, ...body) {
  const region = document.getElementById('toasts');
  const made = element('div', { class: 'toast ' + kind, role: kind === 'bad' ? 'alert' : null },
    element('div', { class: 'toast-text' }, element('p', { class: 'toast-title' }, title), body),
    button('×', close, { class: 'close', 'aria-label': t('toast.close') }));
  region.append(made);
  while (region.children.length > 3) region.firstChild.remove();
  if (kind === 'bad') return;
  let timer = setTimeout(leave, SECONDS * 1000);
  const hold = () => clearTimeout(timer);
  const release = () => {
    clearTimeout(timer);
    timer = setTimeout(leave, SECONDS * 500);
  };
  for (const event of ['pointerenter', 'focusin']) made.addEventListener(event, hold);
  for (const event of ['pointerleave', 'focusout']) made.addEventListener(event, release);
  function leave() {
    made.remove();
  }

  /** By hand: the focus goes on to the next one, or to the page. */
  function close() {
    made.remove();
    (region.querySelector('.close') ?? document.getElementById('main')).focus({ preventScroll: true });
  }
}
