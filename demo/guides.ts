/**
 * What to try on the practice page: who calls, what to write, and what to do when the card asks about methods. A guide
 * only makes suggestions; any case can be played in any way.
 */

/** One thing to try. `NAME` stands for the caller's first name. */
export interface Guide {
  readonly id: string;
  readonly title: string;
  readonly technician: string;
  readonly caller: string;
  /** Who is shown as approver or manager; absent: whoever is shown already. */
  readonly approver?: string;
  /** How the caller contacts the helpdesk; absent: by telephone. */
  readonly scene?: string;
  /** What to do before writing anything. */
  readonly first?: string;
  /** Microsoft is slow to create the next pass, so that something can be done in the meantime. */
  readonly slowPass?: boolean;
  /** What the technician writes. */
  readonly say: string;
  /** What to do when the card asks which methods are at hand. */
  readonly atMethods: string;
  /** What to do when the card has a certain button, instead of the usual advice. */
  readonly at?: Readonly<Record<string, string>>;
  /** What to do when an approver is asked, instead of the usual advice. */
  readonly atApproval?: string;
  /** What to look at in the end. */
  readonly end: string;
}

const person = (number: string): string => `a0000000-0000-4000-8000-0000000000${number}`;
const TESS = person('01');
const ADA = person('03');
const LENA = person('10');
const MARA = person('11');
const AT_THE_COUNTER = 'NAME is at the counter with a badge: “My phone is at home.”';
const SEE_THEM = 'NAME is in front of you. Press <b>{seen-in-person}</b> and choose where.';
const VERIFY = 'This one is done. Look at the ledger below, and press <b>Verify the chain</b>.';

/** In the order of the list on the page. */
export const GUIDES: readonly Guide[] = [
  {
    id: 'phone-left-at-home',
    title: 'Phone left at home',
    technician: TESS,
    caller: LENA,
    say: 'reset the password of Lena Hartmann',
    atMethods: 'NAME’s phone is at home. <b>Tick nothing</b> and press <b>{tick-methods}</b>.',
    end: VERIFY,
  },
  {
    id: 'two-methods-at-hand',
    title: 'Two methods at hand',
    technician: TESS,
    caller: person('13'),
    say: 'Sofia Rossi is locked out',
    atMethods: 'NAME has everything at hand. <b>Tick two methods</b> and continue: no pass is needed.',
    end: VERIFY,
  },
  {
    id: 'someone-else-answers',
    title: 'Somebody else answers',
    technician: TESS,
    caller: LENA,
    say: 'Lena Hartmann is locked out',
    atMethods: '<b>Tick nothing</b>. On the telephone choose <b>somebody else answers</b>.',
    end: 'The case is closed and the lead gets an alarm: look at Ada Moreau’s chat.',
  },
  {
    id: 'caller-is-an-administrator',
    title: 'The caller is an administrator',
    technician: TESS,
    caller: person('18'),
    say: 'Grace Adeyemi is locked out',
    atMethods: 'No pass for an administrator, whatever they say. <b>Tick nothing</b> and see.',
    end: 'The case was handed over, with the reason.',
  },
  {
    id: 'technician-is-the-caller',
    title: 'The technician is the caller',
    technician: TESS,
    caller: TESS,
    say: 'Tess Lindqvist is locked out',
    atMethods: 'No one may handle their own case.',
    end: 'No one may handle their own case. The attempt is in the ledger.',
  },
  {
    id: 'same-name-twice',
    title: 'Two people with the same name',
    technician: TESS,
    caller: person('21'),
    say: 'Alex Morgan is locked out',
    atMethods: 'Check on the card that you chose the right one.',
    end: VERIFY,
  },
  {
    id: 'number-changed-yesterday',
    title: 'Number changed yesterday',
    technician: TESS,
    caller: person('25'),
    say: 'Nina Berg is locked out',
    atMethods: '<b>Tick nothing</b> and see which numbers may be used for a callback.',
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
    atMethods: 'NAME’s phone is at home. <b>Tick nothing</b> and press <b>{tick-methods}</b>.',
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
    atMethods: 'NAME’s phone is at home. <b>Tick nothing</b> and press <b>{tick-methods}</b>.',
    at: { 'seen-in-person': SEE_THEM },
    atApproval: 'In the approver’s panel: <b>Deny</b>, with a reason. The technician’s card is updated.',
    end: 'No pass, and the case was handed over. Choose Abel Brandt as approver, and read who denied it.',
  },
  {
    id: 'manager-vouches',
    title: 'The manager vouches',
    technician: TESS,
    caller: LENA,
    approver: MARA,
    say: 'Lena Hartmann is locked out',
    atMethods: '<b>Tick nothing</b>: NAME is away from every number on record.',
    at: {
      'ask-manager': 'Press <b>{ask-manager}</b>. Mara Jensen is asked, in the approver’s panel.',
      'show-case':
        'Mara Jensen answers in the approver’s panel. Then choose <b>Ada Moreau</b> there, who decides with a reason.',
    },
    end: VERIFY,
  },
  {
    id: 'this-was-not-me',
    title: 'This was not me',
    technician: TESS,
    caller: LENA,
    approver: ADA,
    scene: 'Somebody who claims to be NAME: “Be quick, I have a flight.” The real NAME is at work.',
    slowPass: true,
    say: 'Lena Hartmann is locked out',
    atMethods: '<b>Tick nothing</b> and press <b>{tick-methods}</b>.',
    at: {
      'issue-pass':
        'Open NAME’s <b>Teams</b> and scroll down to <b>This was not me</b>. Press <b>{issue-pass}</b>: Microsoft is slow today. Press NAME’s button in the meantime.',
    },
    end: 'Whichever was first, no pass is left. Ada Moreau, the lead, has an alarm. If you start again, a pass is refused for a day.',
  },
  {
    id: 'lockdown',
    title: 'A lead switches lockdown on',
    technician: TESS,
    caller: person('13'),
    approver: ADA,
    say: 'Sofia Rossi is locked out',
    atMethods: '<b>Tick nothing</b>, call back, and stop before you issue the pass.',
    at: {
      'issue-pass': 'First write as Ada Moreau: <b>lockdown on strange calls</b>. Then press <b>{issue-pass}</b>.',
    },
    end: 'No pass was created. When you are done, write as Ada Moreau: <b>lockdown off all clear</b>.',
  },
  {
    id: 'caller-has-no-app',
    title: 'The caller has no app',
    technician: TESS,
    caller: person('24'),
    first: 'Open NAME’s <b>Teams</b> and choose <b>does not have the app</b> there, or <b>has blocked the bot</b>.',
    say: 'Jörg Müller is locked out',
    atMethods: '<b>Tick nothing</b> and continue. See in NAME’s Teams, and on the card, whether they were notified.',
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
