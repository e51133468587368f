// The ledger as it grows, newest first.
import { busyWhile, clock, el, fill } from './dom.js';
import { verifyLedger } from './api.js';

const ROWS = 400;
const kindOf = (code) =>
  /alarm|objected|someone-else/.test(code)
    ? 'alarm'
    : /refus|stop|denied/.test(code)
      ? 'refused'
      : /pass/.test(code)
        ? 'pass'
        : '';

function detailText(detail) {
  return Object.entries(detail ?? {})
    .filter(([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0))
    .map(([key, value]) => `${key}: ${Array.isArray(value) ? value.join(', ') : String(value)}`)
    .join(' · ');
}

/** nameOf(id) returns the name of a person; onEntries(entries) is called with new entries. */
export function createLedger({ root, nameOf, onEntries }) {
  let last = 0;
  const status = el('span', { class: 'status', role: 'status' }, 'Every step is recorded before it is taken.');
  const verify = el('button', { class: 'small', type: 'button', onclick: check }, 'Verify the chain');
  const body = el('tbody');
  const empty = el('p', { class: 'empty' }, 'Nothing yet.');
  const rows = el('div', { class: 'rows', tabindex: 0, 'aria-label': 'Entries' }, empty, el('table', {}, body));
  const collapse = el('button', { class: 'small', type: 'button', 'aria-expanded': 'true', onclick: toggle }, 'Hide');
  fill(root, el('header', {}, el('h2', {}, 'Ledger'), status, verify, collapse), rows);

  function toggle() {
    const collapsed = root.classList.toggle('collapsed');
    collapse.textContent = collapsed ? 'Show' : 'Hide';
    collapse.setAttribute('aria-expanded', String(!collapsed));
  }

  async function check() {
    const result = await busyWhile(verify, verifyLedger, (text) => show(text, 'bad'));
    if (result) show(result.says, result.intact ? 'good' : 'bad');
  }
  function show(text, kind) {
    status.textContent = text;
    status.className = `status ${kind}`;
  }
  const who = (id) => (id === null ? '' : id === 'hardline' ? 'Hardline' : nameOf(id));

  function row(entry) {
    const people =
      entry.about && entry.about !== entry.actor ? `${who(entry.actor)} → ${who(entry.about)}` : who(entry.actor);
    return el(
      'tr',
      { class: `${kindOf(entry.code)} fresh` },
      el('td', { class: 'seq' }, `${entry.seq}`),
      el('td', { class: 'time' }, clock(entry.at, true)),
      el('td', { class: 'code' }, entry.code),
      el('td', { class: 'who' }, people),
      el('td', { class: 'time' }, entry.caseId === null ? '' : `case ${entry.caseId}`),
      el('td', { class: 'detail' }, detailText(entry.detail)),
    );
  }

  return {
    add(entries) {
      const fresh = entries.filter((entry) => entry.seq > last);
      if (fresh.length === 0) return;
      last = fresh.at(-1).seq;
      empty.hidden = true;
      for (const entry of fresh) body.prepend(row(entry));
      while (body.childElementCount > ROWS) body.lastElementChild.remove();
      rows.scrollTop = 0;
      onEntries(fresh);
    },
  };
}
