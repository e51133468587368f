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

/** nameOf(id) gives the name of a person; on.lines(lines) hears of new entries. */
export function createLedger({ root, nameOf, lines: heard }) {
  let last = 0;
  const says = el('span', { class: 'says', role: 'status' }, 'Every step is written down before it is taken.');
  const verify = el('button', { class: 'small', type: 'button', onclick: check }, 'Verify the chain');
  const body = el('tbody');
  const empty = el('p', { class: 'empty' }, 'Nothing yet.');
  const rows = el('div', { class: 'rows', tabindex: 0, 'aria-label': 'Entries' }, empty, el('table', {}, body));
  const fold = el('button', { class: 'small', type: 'button', 'aria-expanded': 'true', onclick: toggle }, 'Hide');
  fill(root, el('header', {}, el('h2', {}, 'Ledger'), says, verify, fold), rows);

  function toggle() {
    const folded = root.classList.toggle('folded');
    fold.textContent = folded ? 'Show' : 'Hide';
    fold.setAttribute('aria-expanded', String(!folded));
  }

  async function check() {
    const result = await busyWhile(verify, verifyLedger, (text) => tell(text, 'bad'));
    if (result) tell(result.says, result.intact ? 'good' : 'bad');
  }
  function tell(text, kind) {
    says.textContent = text;
    says.className = `says ${kind}`;
  }
  const who = (id) => (id === null ? '' : id === 'hardline' ? 'Hardline' : nameOf(id));

  function row(line) {
    const people =
      line.about && line.about !== line.actor ? `${who(line.actor)} → ${who(line.about)}` : who(line.actor);
    return el(
      'tr',
      { class: `${kindOf(line.code)} fresh` },
      el('td', { class: 'seq' }, `${line.seq}`),
      el('td', { class: 'time' }, clock(line.at, true)),
      el('td', { class: 'code' }, line.code),
      el('td', { class: 'who' }, people),
      el('td', { class: 'time' }, line.caseId === null ? '' : `case ${line.caseId}`),
      el('td', { class: 'detail' }, detailText(line.detail)),
    );
  }

  return {
    add(lines) {
      const fresh = lines.filter((line) => line.seq > last);
      if (fresh.length === 0) return;
      last = fresh.at(-1).seq;
      empty.hidden = true;
      for (const line of fresh) body.prepend(row(line));
      while (body.childElementCount > ROWS) body.lastElementChild.remove();
      rows.scrollTop = 0;
      heard(fresh);
    },
  };
}
