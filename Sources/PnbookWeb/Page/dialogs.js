// Dialogs: the browser's own <dialog>, so that Esc, the focus and what is behind it are the browser's business as well.
import { button, element, fill, focusKey } from './dom.js';
import { t } from './language.js';
import { errorNodes } from './problems.js';

let count = 0;

/**
 * Asks before something is changed.
 *
 * @param title    what will be done, as a question or a name.
 * @param body     nodes that say what will happen.
 * @param confirm  the text of the button that does it.
 * @param action   does it; the dialog stays open and shows the error where it throws one. Its result is handed back.
 * @param isDanger the button that does it is not the first choice.
 * @returns what `action` returned; undefined where the reader thought better of it.
 */
export function ask({ title, body, confirm, action, isDanger = false, canConfirm = () => true }) {
  return new Promise((resolve) => {
    const opener = document.activeElement?.dataset?.key ?? document.activeElement?.id;
    const heading = element('h2', { id: `dialog-${count += 1}` }, title);
    const problem = element('div', { class: 'problem', role: 'alert' });
    const doIt = element('button', { type: 'submit', class: isDanger ? 'primary danger' : 'primary' }, confirm);
    const close = button(t('dialog.cancel'), () => dialog.close());
    let result;
    const form = element('form', { method: 'dialog', on: { submit } }, heading, element('div', { class: 'dialog-body' }, body),
      problem, element('div', { class: 'dialog-buttons' }, close, doIt));
    const dialog = element('dialog', { 'aria-labelledby': heading.id, on: { close: closed } }, form);
    const update = () => { doIt.disabled = !canConfirm(); };
    form.addEventListener('input', update);
    update();

    async function submit(event) {
      event.preventDefault();
      if (!canConfirm()) return;
      doIt.disabled = true;
      form.setAttribute('aria-busy', 'true');
      fill(problem);
      try {
        result = await action();
        dialog.close();
      } catch (error) {
        fill(problem, errorNodes(error));
        update();
      }
      form.removeAttribute('aria-busy');
    }

    function closed() {
      dialog.remove();
      // The browser gives the focus back to what had it; where that was drawn afresh meanwhile, to its successor.
      if (opener && (document.activeElement === document.body || !document.activeElement)) {
        if (document.getElementById(opener)) document.getElementById(opener).focus();
        else focusKey(opener);
      }
      resolve(result);
    }

    document.getElementById('dialogs').append(dialog);
    dialog.showModal();
    // Not on the button that changes something.
    (form.querySelector('[autofocus]') ?? close).focus();
  });
}
