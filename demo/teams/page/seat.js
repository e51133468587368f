// A seat: the head with the person who sits there, and what is below it.
import { el, fill, initials } from './dom.js';

/** on.pick(personId). `extra` goes to the right of the head, `body` below. */
export function createSeat({ root, role, people, body, extra = null, pick }) {
  const face = el('span', { class: 'face', 'aria-hidden': 'true' });
  const select = el('select', { onchange: () => pick(select.value) });
  for (const person of people) select.append(el('option', { value: person.id }, describe(person)));
  const head = el(
    'header',
    { class: 'seat-head' },
    face,
    el('label', {}, el('span', { class: 'role' }, role), select),
    extra,
  );
  fill(root, head, body);
  return {
    sit(id) {
      select.value = id;
      const person = people.find((one) => one.id === id);
      face.textContent = initials(person?.name ?? '?');
    },
  };
}

function describe(person) {
  const where = person.jobTitle ?? person.department;
  return where ? `${person.name} · ${where}` : person.name;
}
