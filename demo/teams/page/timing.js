// A switch for how fast the emulated tenant tells what happened, and how strict its limits are.
import { call } from './api.js';
import { el, fill } from './dom.js';

const TIMINGS = [
  ['quick', 'Quick, for playing', 'Changes and log entries are seen at once.'],
  [
    'as-microsoft',
    'As Microsoft',
    'Log entries come after 5 to 15 minutes, changes of people after a minute; the limits are Microsoft’s.',
  ],
];

/** Calls onError(text) when the tenant does not answer. */
export function createTiming({ root, onError }) {
  const select = el('select', { onchange: () => change().catch((error) => onError(error.message)) });
  for (const [id, label] of TIMINGS) select.append(el('option', { value: id }, label));
  fill(root, el('label', {}, el('span', {}, 'Tenant'), select));

  function show(timing) {
    select.value = timing;
    select.title = TIMINGS.find(([id]) => id === timing)?.[2] ?? '';
    root.classList.toggle('slow', timing !== 'quick');
  }
  async function change() {
    await call('POST', '/_control/timing', { to: select.value });
    await read();
  }
  async function read() {
    show((await call('GET', '/_control/state')).timing);
  }
  read().catch((error) => onError(error.message));
}
