// A line that says when the bot is in lockdown or elevated mode. In normal mode there is none.
import { clock, el, fill } from './dom.js';

/** What the line says in each mode. Other entries about the mode, such as the notices to the leads, change nothing. */
const MODES = {
  'mode.normal': '',
  'mode.lockdown': 'Lockdown: no passes at all',
  'mode.elevated': 'Elevated mode: every pass needs two people',
};

/** Reads the mode from the ledger entries. `nameOf(id)` returns the name of a person. */
export function createMode({ root, nameOf }) {
  return {
    add(entries) {
      const newest = entries.findLast(({ code }) => code in MODES);
      if (newest === undefined) return;
      const { code, actor, at, detail } = newest;
      const by = actor === 'hardline' ? 'Hardline' : nameOf(actor);
      const why = [`since ${clock(at)}, by ${by}`, detail?.reason].filter(Boolean).join(': ');
      fill(root, MODES[code] === '' ? [] : [el('b', {}, MODES[code]), ` ${why}`]);
      root.hidden = root.textContent === '';
      root.className = `mode ${code.slice('mode.'.length)}`;
    },
  };
}
