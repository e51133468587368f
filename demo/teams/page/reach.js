// Whether Hardline can reach somebody in Teams: the switch, and what it means.
import { busyWhile, el } from './dom.js';
import * as api from './api.js';

const REACHES = {
  'has-app': { choice: 'has the app', badge: null, says: () => '' },
  'no-app': {
    choice: 'does not have the app',
    badge: 'does not have the app',
    says: (name) => `Hardline cannot reach ${name} now. It may install its app for them, and tries that first.`,
  },
  blocked: {
    choice: 'has blocked the bot',
    badge: 'has blocked the bot',
    says: (name) => `Hardline cannot reach ${name}. The technician reads everything out.`,
  },
};

/** The switch. `badge` is shown where it is visible without the chat; `onError(text)` gets the reason when a change fails. */
export function createReach({ onError }) {
  let person = null;
  let current = 'has-app';
  const select = el(
    'select',
    { onchange: change },
    Object.entries(REACHES).map(([id, { choice }]) => el('option', { value: id }, choice)),
  );
  const name = el('span');
  const says = el('p', { role: 'status', hidden: true });
  const badge = el('span', { class: 'badge', role: 'img', hidden: true }, '⊘');
  const root = el('div', { class: 'reach' }, el('label', {}, name, select), says);

  async function change() {
    const done = await busyWhile(select, () => api.setReach(person.id, select.value), onError);
    if (done === undefined) select.value = current;
  }

  return {
    root,
    badge,
    setPerson(next) {
      person = next;
      name.textContent = person.name;
    },
    show(reach) {
      const { badge: short, says: words } = REACHES[reach];
      current = reach;
      select.value = reach;
      root.classList.toggle('cut', reach !== 'has-app');
      badge.hidden = short === null;
      badge.title = short ?? '';
      badge.setAttribute('aria-label', short ?? '');
      says.textContent = words(person.name.split(' ')[0]);
      says.hidden = says.textContent === '';
    },
  };
}
