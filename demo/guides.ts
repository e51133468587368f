/**
 * What to try on the practice page: who calls, what to write, and what to do when the card asks about methods. A guide
 * only makes suggestions; any case can be played in any way.
 */

/** One thing to try. `NAME` stands for the caller. */
export interface Guide {
  readonly id: string;
  readonly title: string;
  readonly technician: string;
  readonly caller: string;
  /** Who sits where approvers and managers sit; absent: whoever sits there. */
  readonly approver?: string;
  /** How the caller turns up; absent: they are on the telephone. */
  readonly scene?: string;
  /** What to do before anything is written. */
  readonly first?: string;
  /** Microsoft takes its time with the next pass, so that something can be done while it is made. */
  readonly slowPass?: boolean;
  /** What the technician writes. */
  readonly say: string;
  /** What to do when the card asks which methods are at hand. */
  readonly atMethods: string;
  /** What to do when the card offers a certain button, in place of the usual advice. */
  readonly at?: Readonly<Record<string, string>>;
  /** What to do when an approver is asked, in place of the usual advice. */
  readonly atApproval?: string;
  /** What to see at the end. */
  readonly end: string;
}

const person = (number: string): string => `a0000000-0000-4000-8000-0000000000${number}`;
const TESS = person('01');
const ADA = person('03');
const LENA = person('10');
const MARA = person('11');
const AT_THE_COUNTER = 'NAME stands at the counter with their badge: “My phone is at home.”';
const SEE_THEM = 'NAME stands in front of you. Press <b>{seen-in-person}</b> and choose where.';
const VERIFY = 'This one is over. See the ledger below, and press <b>Verify the chain</b>.';

/** In the order of the list on the page. */
export const GUIDES: readonly Guide[] = [
  {
    id: 'phone-left-at-home',
    title: 'Phone left at home',
    technician: TESS,
    caller: LENA,
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
    caller: LENA,
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
  {
    id: 'two-people',
    title: 'Two people for a pass',
    technician: TESS,
    caller: LENA,
    approver: ADA,
    scene: AT_THE_COUNTER,
    say: 'Lena Hartmann is locked out',
    atMethods: 'NAME’s phone lies at home. <b>Tick nothing</b> and press <b>{tick-methods}</b>.',
    at: { 'seen-in-person': SEE_THEM },
    end: VERIFY,
  },
  {
    id: 'approval-denied',
    title: 'The second person says no',
    technician: TESS,
    caller: LENA,
    approver: ADA,
    scene: AT_THE_COUNTER,
    say: 'Lena Hartmann is locked out',
    atMethods: 'NAME’s phone lies at home. <b>Tick nothing</b> and press <b>{tick-methods}</b>.',
    at: { 'seen-in-person': SEE_THEM },
    atApproval: 'In the approver’s seat: <b>Deny</b>, with a reason. The technician’s card follows.',
    end: 'No pass, and the case is with somebody else. Choose Abel Brandt as approver, and read who said no.',
  },
  {
    id: 'manager-vouches',
    title: 'The manager vouches',
    technician: TESS,
    caller: LENA,
    approver: MARA,
    say: 'Lena Hartmann is locked out',
    atMethods: '<b>Tick nothing</b>: NAME is where no number on record rings.',
    at: {
      'ask-manager': 'Press <b>{ask-manager}</b>. Mara Jensen is asked, where approvers sit.',
      'show-case':
        'Mara Jensen answers where approvers sit. Then choose <b>Ada Moreau</b> there: she decides, with a reason.',
    },
    end: VERIFY,
  },
  {
    id: 'this-was-not-me',
    title: 'This was not me',
    technician: TESS,
    caller: LENA,
    approver: ADA,
    scene: 'Somebody who says they are NAME: “Be quick, I have a flight.” The real NAME is at work.',
    slowPass: true,
    say: 'Lena Hartmann is locked out',
    atMethods: '<b>Tick nothing</b> and press <b>{tick-methods}</b>.',
    at: {
      'issue-pass':
        'Open NAME’s <b>Teams</b> and scroll down to <b>This was not me</b>. Press <b>{issue-pass}</b>: Microsoft is slow today. Press NAME’s button meanwhile.',
    },
    end: 'Whoever was first: no pass is alive. The lead, Ada Moreau, has the alarm. Begin again: it is refused for a day.',
  },
  {
    id: 'lockdown',
    title: 'A lead switches lockdown on',
    technician: TESS,
    caller: person('13'),
    approver: ADA,
    say: 'Sofia Rossi is locked out',
    atMethods: '<b>Tick nothing</b>, call back, and stop before the pass.',
    at: {
      'issue-pass':
        'One press away. First write as Ada Moreau: <b>lockdown on strange calls</b>. Then press <b>{issue-pass}</b>.',
    },
    end: 'No pass was made. When you are done, write as Ada Moreau: <b>lockdown off all clear</b>.',
  },
  {
    id: 'caller-has-no-app',
    title: 'The caller has no app',
    technician: TESS,
    caller: person('24'),
    first: 'Open NAME’s <b>Teams</b> and choose <b>does not have the app</b> there, or <b>has blocked the bot</b>.',
    say: 'Jörg Müller is locked out',
    atMethods: '<b>Tick nothing</b> and go on. See in NAME’s Teams, and on the card, whether they were told.',
    end: VERIFY,
  },
  {
    id: 'read-out-an-error',
    title: 'The caller reads out an error',
    technician: TESS,
    caller: LENA,
    scene: 'NAME is at aka.ms/sspr: “It says SSPR_0014. What is that?”',
    say: 'Lena Hartmann gets SSPR_0014',
    atMethods: '<b>Tick nothing</b> and press <b>{tick-methods}</b>.',
    at: { 'open-lockout': 'Cause, allowed fix, next step. Press <b>{open-lockout}</b>.' },
    end: VERIFY,
  },
];
