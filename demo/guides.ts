/**
 * What to try on the practice page: who calls, what to write, and what comes when the methods are asked for.
 * The one rule kept here: a guide only suggests; everything can be played otherwise.
 */

/** One thing to try. `NAME` stands for the caller. */
export interface Guide {
  readonly id: string;
  readonly title: string;
  readonly technician: string;
  readonly caller: string;
  /** What the technician writes. */
  readonly say: string;
  /** What to do when the card asks which methods are at hand. */
  readonly atMethods: string;
  /** What to see at the end. */
  readonly end: string;
}

const person = (number: string): string => `a0000000-0000-4000-8000-0000000000${number}`;
const TESS = person('01');
const VERIFY = 'This one is over. See the ledger below, and press <b>Verify the chain</b>.';

/** In the order of the list on the page. */
export const GUIDES: readonly Guide[] = [
  {
    id: 'phone-left-at-home',
    title: 'Phone left at home',
    technician: TESS,
    caller: person('10'),
    say: 'reset the password of Lena Hartmann',
    atMethods: 'NAME’s phone lies at home. <b>Tick nothing</b> and press <b>{tick-methods}</b>.',
    end: VERIFY,
  },
  {
    id: 'two-methods-at-hand',
    title: 'Two methods at hand',
    technician: TESS,
    caller: person('13'),
    say: 'Sofia Rossi is locked out',
    atMethods: 'NAME has everything with them. <b>Tick two methods</b> and go on: no pass is needed.',
    end: VERIFY,
  },
  {
    id: 'someone-else-answers',
    title: 'Somebody else answers',
    technician: TESS,
    caller: person('10'),
    say: 'Lena Hartmann is locked out',
    atMethods: '<b>Tick nothing</b>. At the telephone choose <b>somebody else answers</b>.',
    end: 'The case is closed and the lead is alarmed: see the seat of Ada Moreau.',
  },
  {
    id: 'caller-is-an-administrator',
    title: 'The caller is an administrator',
    technician: TESS,
    caller: person('18'),
    say: 'Grace Adeyemi is locked out',
    atMethods: 'No pass for an administrator, whatever is said. <b>Tick nothing</b> and see.',
    end: 'The case went to somebody else, with the reason.',
  },
  {
    id: 'technician-is-the-caller',
    title: 'The technician is the caller',
    technician: TESS,
    caller: TESS,
    say: 'Tess Lindqvist is locked out',
    atMethods: 'Nobody helps themself.',
    end: 'Nobody helps themself. It is in the ledger.',
  },
  {
    id: 'same-name-twice',
    title: 'Two people of one name',
    technician: TESS,
    caller: person('21'),
    say: 'Alex Morgan is locked out',
    atMethods: 'See on the card that you picked the right one.',
    end: VERIFY,
  },
  {
    id: 'number-changed-yesterday',
    title: 'Number changed yesterday',
    technician: TESS,
    caller: person('25'),
    say: 'Nina Berg is locked out',
    atMethods: '<b>Tick nothing</b> and see which numbers may be called back.',
    end: VERIFY,
  },
  {
    id: 'boss-in-a-hurry',
    title: 'The boss in a hurry',
    technician: TESS,
    caller: person('27'),
    say: 'Victoria Stone is locked out, it is urgent',
    atMethods: '<b>Tick nothing</b>, call back, and see that a second person is needed.',
    end: VERIFY,
  },
];
