/**
 * English: every way to say no: what happened, and what to do next.
 * The one rule kept here: no blame, and always a next step; a code without a sentence does not compile.
 */
import type { RefusalCode } from '../../../procedure/refusals.ts';
import type { AccessDenial, ConfirmationCode } from '../../../casework/ports/card-views.ts';

/** What happened, and what next. */
export interface RefusalSentence {
  readonly what: string;
  readonly next: string;
}

/** The procedure's own refusals. */
export const refusals = {
  'manual-reset-never': {
    what: 'Nobody at the helpdesk sets a password.',
    next: 'Go on with the case: it gets the caller in, safely.',
  },
  'not-in-this-state': {
    what: 'This cannot be done where the case stands now.',
    next: 'Open the case and go on from there.',
  },
  'not-your-case': {
    what: 'Another technician works on this case.',
    next: 'Ask them to go on, or open a new case for the caller.',
  },
  stopped: {
    what: 'A rule stands in the way. No pass can be given.',
    next: 'See below whom to call.',
  },
  'unknown-method': {
    what: 'One of the ticked methods is not registered any more.',
    next: 'Read again and tick once more.',
  },
  'number-not-usable': {
    what: 'This number cannot be used for a callback. It changed lately, or nobody knows when.',
    next: 'Choose another number, or another proof.',
  },
  'no-usable-number': {
    what: 'There is no number on record that can be used.',
    next: 'See the caller in person, or ask their manager.',
  },
  'place-not-on-the-list': {
    what: 'This place is not on the list.',
    next: 'Choose a place from the list.',
  },
  'no-manager-on-record': {
    what: 'No manager is on record for the caller.',
    next: 'Call back on a number on record, or see them in person.',
  },
  'manager-is-the-technician': {
    what: 'You are the manager on record. You cannot vouch in your own case.',
    next: 'Call back, or let a colleague take the case.',
  },
  'not-the-manager': {
    what: 'Only the manager on record can answer this.',
    next: 'Nothing to do for you.',
  },
  'callback-is-stale': {
    what: 'The callback was too long ago.',
    next: 'Call the number on record again.',
  },
  'proof-is-stale': {
    what: 'The proof is too old now.',
    next: 'Prove again who they are. It takes a minute.',
  },
  'approver-is-the-requester': {
    what: 'You asked for this pass, so somebody else decides.',
    next: 'Wait for another approver, or call one.',
  },
  'approver-is-the-caller': {
    what: 'The pass is for you, so somebody else decides.',
    next: 'Nothing to do for you.',
  },
  'approver-has-vouched': {
    what: 'You vouched for the caller. The second person must be somebody else.',
    next: 'Another approver has the same card.',
  },
  'approval-has-expired': {
    what: 'The time to decide is over.',
    next: 'The technician can ask again.',
  },
  'approval-is-void': {
    what: 'Something changed after the approval. It does not count any more.',
    next: 'Ask for a new approval.',
  },
  'reason-missing': {
    what: 'A reason is needed.',
    next: 'Write one short sentence, then decide again.',
  },
  'not-the-owner': {
    what: 'Only the person this is about, or their manager, can press this.',
    next: 'If something looks wrong, call the helpdesk.',
  },
  'not-resolved-yet': {
    what: 'They are not in yet: too few methods are registered, and no reset was seen.',
    next: 'Stay with them. Register one more method, or wait for the reset.',
  },
  'pass-order-mismatch': {
    what: 'This answer belongs to another order of a pass.',
    next: 'Open the case and go on from there.',
  },
} satisfies Record<RefusalCode, RefusalSentence>;

/** Refusals at the door: before the procedure was asked. */
export const accessDenials = {
  'not-a-technician': {
    what: 'This is for the helpdesk.',
    next: 'You can reset your own password at aka.ms/sspr.',
  },
  'not-an-approver': {
    what: 'Only an approver can decide this.',
    next: 'Nothing to do for you.',
  },
  'not-a-lead': {
    what: 'Only a helpdesk lead switches the mode.',
    next: 'Ask a lead. Write "mode" to see how things stand.',
  },
  'not-an-auditor': {
    what: 'This is for auditors.',
    next: 'Ask an auditor or the helpdesk lead.',
  },
  'no-such-case': {
    what: 'There is no case with this number.',
    next: 'Write "cases" to see yours.',
  },
  'only-in-personal-chat': {
    what: 'Cases are worked in a personal chat only.',
    next: 'Write to Hardline directly.',
  },
  'not-understood': {
    what: 'That was not understood. Nothing was done.',
    next: 'Write, for example: Lena Hartmann is locked out. Or write "help".',
  },
  'button-not-understood': {
    what: 'This button was not understood. Nothing was done.',
    next: 'Open the case and press again.',
  },
  'already-handled': {
    what: 'This was done already. Nothing was done twice.',
    next: 'Open the case to see where it stands.',
  },
  'pass-already-shown': {
    what: 'One pass was asked for. A second press changes nothing.',
    next: 'It stands on this card as soon as it is made. If you did not see it, open the case and take it back.',
  },
  'pass-refused-by-directory': {
    what: 'Microsoft Entra refused to create the pass. No pass exists.',
    next: 'Open the case. Try again, or call the identity team.',
  },
  'pass-cannot-be-shown-here': {
    what: 'This Teams client cannot show a pass safely, so none was made.',
    next: 'Open the case in the current Teams app, or in a browser, and press again.',
  },
  'already-open-elsewhere': {
    what: 'Another technician is already working on a case for this caller.',
    next: 'Ask in the team who it is. Two open cases for one caller can be a trick.',
  },
  'several-match': {
    what: 'Several people match this name. Nothing was sent.',
    next: 'Write the sign-in name or the employee number.',
  },
  'nobody-named': {
    what: 'Who is locked out?',
    next: 'Write, for example: Lena Hartmann is locked out. A sign-in name, email or employee number works too.',
  },
} satisfies Record<AccessDenial, RefusalSentence>;

/** Short good news. */
export const confirmations = {
  'link-pushed': {
    what: 'The link was sent to them in Teams',
    next: 'Read it out as well: they may be signed out of Teams.',
  },
  'link-to-read-out': {
    what: 'Read out the link',
    next: 'They could not be reached in Teams. They can open it in any browser.',
  },
  'objection-taken': {
    what: 'Thank you. We stopped it',
    next: 'Any pass is being deleted, and the helpdesk leads were told. They will call you.',
  },
  'manager-answer-taken': {
    what: 'Thank you. Your answer was written down',
    next: 'You need not do anything else.',
  },
  'decision-taken': {
    what: 'Your decision was written down',
    next: 'You need not do anything else.',
  },
} satisfies Record<ConfirmationCode, RefusalSentence>;
