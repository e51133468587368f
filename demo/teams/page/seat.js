// A seat: the head with the person who sits there, and what is below it.
import { el, fill, initials } from './dom.js';

/** on.pick(personId). `extra` goes to the right of the head, `body` below. */
export function createSeat({ root, role, people, body, extra = null, pick }) {
  const face = el('span', { class: 'face', 'aria-hidden': 'true' });
  const select = el('select', { onchange: () => pick(select.value) });
  const said = el('span', { class: 'role' }, role);
  for (const person of people) select.append(el('option', { value: person.id }, nameAmong(person, people)));
  const head = el('header', { class: 'seat-head' }, face, el('label', {}, said, select), extra);
  fill(root, head, body);
  return {
    sit(id) {
      select.value = id;
      const person = people.find((one) => one.id === id);
      face.textContent = initials(person?.name ?? '?');
      said.textContent = [...new Set([role, person?.jobTitle])].filter(Boolean).join(' · ');
    },
  };
}

/** The name, and the department where two people share it. */
function nameAmong(person, people) {
  const double = people.some((one) => one.id !== person.id && one.name === person.name);
  return double && person.department ? `${person.name}, ${person.department}` : person.name;
}
