// The caller's panel has the laptop with Microsoft's pages, the caller's Teams, and the telephone below both.
// A switch above Teams decides whether Hardline can reach them.
import { el, fill } from './dom.js';

export function createCallerBody({ laptop, chat, phone, reach }) {
  let unread = 0;
  const count = el('span', { class: 'unread', hidden: true });
  const pages = el('button', { type: 'button', role: 'tab', onclick: () => show('laptop') }, 'Laptop');
  const teams = el(
    'button',
    { type: 'button', role: 'tab', onclick: () => show('teams') },
    'Teams',
    count,
    reach.badge,
  );
  const switcher = el(
    'div',
    { class: 'panel-tabs', role: 'tablist', 'aria-label': 'What the caller sees' },
    pages,
    teams,
  );
  const root = el('div', { class: 'panel-body' });

  function show(which) {
    pages.setAttribute('aria-selected', String(which === 'laptop'));
    teams.setAttribute('aria-selected', String(which === 'teams'));
    phone.classList.toggle('brief', which === 'teams');
    fill(root, which === 'laptop' ? laptop : [reach.root, chat], phone);
    if (which === 'teams') mark(0);
  }
  function mark(number) {
    unread = number;
    count.hidden = number === 0;
    count.textContent = String(number);
    count.setAttribute('aria-label', `${number} new`);
  }
  show('laptop');
  return {
    root,
    switcher,
    showLaptop: () => show('laptop'),
    news: () => teams.getAttribute('aria-selected') === 'true' || mark(unread + 1),
    reset: () => mark(0),
  };
}
