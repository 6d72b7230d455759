// The button: what a run is asked for, from a short list.
import * as api from './api.js';
import { ask } from './dialogs.js';
import { data, element } from './dom.js';
import { t, tNodes } from './language.js';
import { clearToasts } from './toasts.js';

function choice(type, name, value, title, hint, isChosen) {
  const hintID = `hint-${name}-${value}`;
  const input = element('input', { type, name, value, id: `${name}-${value}`, 'aria-describedby': hint ? hintID : null });
  input.checked = isChosen;
  return { input, row: element('label', { class: 'choice', for: input.id }, input,
    element('span', {}, element('span', { class: 'choice-title' }, title), hint ? element('span', { class: 'hint', id: hintID }, hint) : null)) };
}

/**
 * @param active the active book, or null.
 * @param wishes what is chosen at first.
 * @returns the id of the task that has begun or was running already: `{task, isOther}`.
 */
export async function createSnapshot(active, wishes = {}) {
  const publish = choice('radio', 'kind', 'publish', t('create.publish'), t('create.publish.hint'), !wishes.dry_run);
  const dry = choice('radio', 'kind', 'dry', t('create.dryRun'), t('create.dryRun.hint'), !!wishes.dry_run);
  const changed = choice('checkbox', 'if_changed', 'yes', t('create.ifChanged'), t('create.ifChanged.hint'), !!wishes.if_changed);
  const shrink = choice('checkbox', 'allow_shrink', 'yes', t('create.allowShrink'), t('create.allowShrink.hint'), !!wishes.allow_shrink);
  const sure = choice('checkbox', 'confirm', 'yes', active
    ? t('create.sure', { count: active.items }) : t('create.sure.first'), null, false);
  const sureBox = element('div', { class: 'sure' }, sure.row);
  const consequence = element('p', { class: 'consequence', 'aria-live': 'polite' });
  publish.input.setAttribute('autofocus', '');

  const isShrinkAsked = () => shrink.input.checked;
  const update = () => {
    sureBox.hidden = !isShrinkAsked();
    if (!isShrinkAsked()) sure.input.checked = false;
    consequence.replaceChildren(...(dry.input.checked ? [t('create.consequence.dryRun')]
      : active ? tNodes('create.consequence', { version: data(active.version) }) : [t('create.consequence.first')]));
  };
  const body = element('div', { on: { input: update } },
    element('fieldset', {}, element('legend', {}, t('create.kind')), publish.row, dry.row),
    element('fieldset', {}, element('legend', {}, t('create.options')), changed.row, active ? [shrink.row, sureBox] : null), consequence);
  update();
  // Pressed again after a lost answer, it is the same run; after an error that was answered, another one.
  let key = api.newKey();
  return ask({
    title: t('create.title'), confirm: t('create.start'), body,
    canConfirm: () => !isShrinkAsked() || sure.input.checked,
    action: () => start({
      dry_run: dry.input.checked, if_changed: changed.input.checked, allow_shrink: isShrinkAsked(),
      ...(isShrinkAsked() ? { confirm: 'allow_shrink' } : {}),
    }, key).catch((error) => {
      if (error.status > 0) key = api.newKey();
      throw error;
    }),
  });
}

// Other wishes are another request.
async function start(wishes, key) {
  // What they tell of is over. Not later: the run may have ended before its answer is here.
  clearToasts();
  const own = key + Object.values(wishes).map((value) => (value === true ? 1 : 0)).join('');
  try {
    return { task: (await api.create(wishes, own)).task_id, isOther: false };
  } catch (error) {
    if (error.status === 409 && error.task) return { task: error.task, isOther: true };
    throw error;
  }
}
