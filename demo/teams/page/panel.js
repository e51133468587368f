// A panel of the page: a head in which a person is chosen, and the body below it.
import { el, fill, initials } from './dom.js';

/** Calls pick(personId). `extra` is shown on the right of the head, `body` below it. */
export function createPanel({ root, role, people, body, extra = null, pick }) {
  const face = el('span', { class: 'face', 'aria-hidden': 'true' });
  const select = el('select', { onchange: () => pick(select.value) });
  const title = el('span', { class: 'role' }, role);
  for (const person of people) select.append(el('option', { value: person.id }, nameAmong(person, people)));
  const head = el('header', { class: 'panel-head' }, face, el('label', {}, title, select), extra);
  fill(root, head, body);
  return {
    setPerson(id) {
      select.value = id;
      const person = people.find((one) => one.id === id);
      face.textContent = initials(person?.name ?? '?');
      title.textContent = [...new Set([role, person?.jobTitle])].filter(Boolean).join(' · ');
    },
  };
}

/** The name, with the department if two people have the same name. */
function nameAmong(person, people) {
  const double = people.some((one) => one.id !== person.id && one.name === person.name);
  return double && person.department ? `${person.name}, ${person.department}` : person.name;
}
