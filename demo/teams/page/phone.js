// The telephone between technician and caller. It only shows who answers; the technician records the result on the card.
import { ringsForHalfAMinute } from './api.js';
import { el, fill } from './dom.js';

const ANSWERS = [
  [
    'caller',
    'the caller answers',
    (name) => `${name} answers at the office: “Yes, it’s me. I’m in the office.”`,
    'They answered',
  ],
  [
    'other',
    'somebody else answers',
    () => 'An unknown voice answers: “Just tell me the code, I’ll pass it on.”',
    'Somebody else answered',
  ],
  ['voicemail', 'voicemail', (name) => `“You have reached ${name}. Please leave a message.”`, 'Voicemail'],
  ['nobody', 'nobody answers', () => 'It rings and rings. Nobody answers.', 'Nobody answered'],
  ['wrong', 'a wrong number', () => '“Bakery Sommer, good morning?”', 'Wrong number'],
];
const RINGING_MS = 1200;
const RECEIVER =
  'M6.6 10.8a15 15 0 0 0 6.6 6.6l2.2-2.2c.3-.3.7-.4 1-.2 1.2.4 2.4.6 3.6.6.6 0 1 .4 1 1V20c0 .6-.4 1-1 1A17 17 0 0 1 3 4c0-.6.4-1 1-1h3.5c.6 0 1 .4 1 1 0 1.3.2 2.5.6 3.6.1.4 0 .8-.3 1z';

function receiver() {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', RECEIVER);
  svg.append(path);
  return svg;
}

export function createPhone() {
  let name = '';
  let opening = '';
  const heard = el('span', { role: 'status' });
  const select = el('select', {}, ...ANSWERS.map(([id, label]) => el('option', { value: id }, label)));
  const dial = el('button', { class: 'plain', type: 'button', onclick: ring }, 'Hang up and dial');
  const root = el(
    'div',
    { class: 'phone', role: 'group', 'aria-label': 'Telephone' },
    el('div', { class: 'heard' }, receiver(), heard),
    el('label', {}, 'This time', select),
    dial,
  );

  function ring() {
    root.classList.add('ringing');
    dial.setAttribute('aria-busy', 'true');
    dial.disabled = true;
    heard.textContent = 'You hang up and dial the number on the card. It rings for half a minute …';
    ringsForHalfAMinute().catch((error) => fill(heard, error.message));
    setTimeout(() => {
      root.classList.remove('ringing');
      dial.removeAttribute('aria-busy');
      dial.disabled = false;
      const [, , words, record] = ANSWERS.find(([id]) => id === select.value);
      fill(heard, `${words(name)} `, el('span', { class: 'soft' }, `Record it on the card: ${record.toLowerCase()}.`));
    }, RINGING_MS);
  }

  return {
    root,
    begin(caller, firstWords) {
      name = caller;
      opening = firstWords;
      heard.textContent = opening;
    },
    dial: () => dial.click(),
  };
}
