// In a narrow window, one view at a time. A dot marks a hidden view in which something happened.
import { el, fill } from './dom.js';

const VIEWS = [
  ['technician', 'Technician'],
  ['caller', 'Caller'],
  ['approver', 'Approver'],
  ['ledger', 'Ledger'],
];

export function setUpTabs(root) {
  const buttons = new Map(
    VIEWS.map(([id, label]) => [
      id,
      el('button', { type: 'button', role: 'tab', 'aria-controls': id, onclick: () => show(id) }, label),
    ]),
  );
  fill(root, ...buttons.values());
  root.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const ids = VIEWS.map(([id]) => id);
    const next = ids[(ids.indexOf(document.body.dataset.tab) + step + ids.length) % ids.length];
    show(next);
    buttons.get(next).focus();
  });
  function show(id) {
    document.body.dataset.tab = id;
    for (const [name, button] of buttons) {
      button.setAttribute('aria-selected', String(name === id));
      button.tabIndex = name === id ? 0 : -1;
    }
    buttons.get(id).querySelector('.dot')?.remove();
  }
  show('technician');
  return {
    show,
    mark(id) {
      const button = buttons.get(id);
      if (document.body.dataset.tab === id || button.querySelector('.dot')) return;
      button.append(el('span', { class: 'dot', role: 'img', 'aria-label': 'news' }));
    },
  };
}
