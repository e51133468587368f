/**
 * English: every way to say no, and short confirmations: what happened, and what to do next.
 * A code without a sentence does not compile.
 */
import { linkNotSent } from './outage.ts';
import type { RefusalCode } from '../../../procedure/refusals.ts';
import type { AccessDenial, ConfirmationCode } from '../../../casework/ports/card-views.ts';

/** What happened, and what to do next. */
export interface ActionSentence {
  readonly what: string;
  readonly next: string;
}

const OPEN_THE_CASE = 'Open the case and continue from there.';
const ANOTHER_PROOF = 'Call back on a number on record, or see the caller in person.';
const NOTHING_TO_DO = 'You do not have to do anything.';
const EXAMPLE = 'Write, for example: Lena Hartmann is locked out.';

/** The procedure's own refusals. */
export const refusals = {
  'manual-reset-never': {
    what: 'Nobody at the helpdesk can set a password.',
    next: 'Continue with the case: it gets the caller in safely.',
  },
  'not-in-this-state': { what: 'This is not possible at this point of the case.', next: OPEN_THE_CASE },
  'not-your-case': {
    what: 'Another technician is working on this case.',
    next: 'Ask them to continue.',
  },
  'unknown-method': {
    what: 'One of the ticked methods is no longer registered.',
    next: 'Press "Read again" and tick once more.',
  },
  'number-not-usable': {
    what: 'This number cannot be used for a callback. The card says why.',
    next: 'Choose another number, or another proof.',
  },
  'no-usable-number': {
    what: 'No number on record can be used for a callback.',
    next: 'See the caller in person, or ask their manager.',
  },
  'place-not-on-the-list': { what: 'This place is not on the list.', next: 'Choose a place from the list.' },
  'no-manager-on-record': {
    what: 'No manager is on record for the caller.',
    next: 'Call back on a number on record, or see them in person.',
  },
  'manager-is-the-technician': {
    what: 'You are the manager on record. You cannot confirm the caller in your own case.',
    next: 'Call back, or have a colleague take the case.',
  },
  'manager-is-the-caller': {
    what: 'The caller is on record as their own manager, so nobody else would confirm who they are.',
    next: ANOTHER_PROOF,
  },
  'manager-is-disabled': {
    what: "The manager's account is disabled, so they cannot confirm the caller.",
    next: ANOTHER_PROOF,
  },
  'manager-is-a-guest': {
    what: 'The manager on record is a guest, so they cannot confirm the caller.',
    next: ANOTHER_PROOF,
  },
  'manager-changed-lately': {
    what: 'The manager on record was changed lately, so their word would prove nothing.',
    next: ANOTHER_PROOF,
  },
  'manager-not-known-long-enough': {
    what: 'The manager has not been known for long enough to confirm the caller. No change was seen.',
    next: ANOTHER_PROOF,
  },
  'not-the-manager': { what: 'Only the manager on record can answer this.', next: NOTHING_TO_DO },
  'manager-question-is-over': {
    what: 'This question is over. Hardline has asked you again since.',
    next: 'Answer the newest card, if you are speaking with them now.',
  },
  'callback-too-quick': {
    what: 'That was too quick for a call.',
    next: 'Hang up, dial the number on the card, then press again.',
  },
  'callback-is-stale': { what: 'The callback was too long ago.', next: 'Call the number on record again.' },
  'proof-is-stale': {
    what: 'The proof is too old now.',
    next: 'Confirm again who they are. It takes a minute.',
  },
  'approver-is-the-requester': {
    what: 'You asked for this pass, so somebody else has to decide.',
    next: 'Wait for another approver, or call one of them.',
  },
  'approver-is-the-caller': { what: 'The pass is for you, so somebody else has to decide.', next: NOTHING_TO_DO },
  'approver-has-vouched': {
    what: 'You confirmed the caller as their manager. The second person must be somebody else.',
    next: 'Leave it to another approver.',
  },
  'approver-has-approved': {
    what: 'You have approved already. One more person has to approve.',
    next: 'Leave it to somebody else, or call one of them.',
  },
  'lead-needed': {
    what: 'A helpdesk lead has to approve this pass.',
    next: 'Call a lead and ask them to decide.',
  },
  'approver-needed': {
    what: 'Only an approver can decide about this pass.',
    next: 'Leave it to an approver, or call one of them.',
  },
  'approval-has-expired': { what: 'The time to decide is over.', next: 'The technician can ask again.' },
  'approval-is-void': {
    what: 'The case changed after you were asked, so this decision does not count.',
    next: 'The technician can ask again.',
  },
  'reason-missing': {
    what: 'A reason is needed.',
    next: 'Write one short sentence, then decide again.',
  },
  'not-the-owner': {
    what: 'Only the person this is about, or their manager, can press this.',
    next: 'If something looks wrong, call the helpdesk.',
  },
  'objection-is-too-late': {
    what: 'This case was closed too long ago for this button.',
    next: 'If you did not ask for this, call the helpdesk now and ask for a lead.',
  },
  'objection-after-the-case': {
    what: 'This case is closed. Only they can report it with this button now.',
    next: 'If you think it was not them, call the helpdesk now and ask for a lead.',
  },
  'not-resolved-yet': {
    what: 'The case is not resolved yet: too few methods are registered, and no reset was seen.',
    next: 'Stay with them. Have them register one more method, or wait for the reset.',
  },
  'pass-order-mismatch': { what: 'This answer belongs to another pass.', next: OPEN_THE_CASE },
  'facts-unread': {
    what: 'Wait a moment: not everything could be read yet',
    next: 'Nothing was done, and nothing is lost. Open the case. As soon as everything is read, press again.',
  },
  'too-slow': {
    what: 'Microsoft Entra answers too slowly just now. Nothing was ordered.',
    next: 'Press "Issue the pass" again.',
  },
} satisfies Record<RefusalCode, ActionSentence>;

/** Refusals before the procedure was asked. */
export const accessDenials = {
  'account-disabled': {
    what: 'Your account is disabled or no longer in the directory. Nothing was done.',
    next: 'Call your lead. A colleague has to take over your cases.',
  },
  'not-a-technician': {
    what: 'This is for the helpdesk.',
    next: 'You can reset your own password at aka.ms/sspr.',
  },
  'not-an-approver': { what: 'Only an approver can decide this.', next: NOTHING_TO_DO },
  'not-a-lead': {
    what: 'Only a helpdesk lead can change the mode.',
    next: 'Ask a lead. Write "mode" to see the current mode.',
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
    what: 'Cases are handled only in a personal chat.',
    next: 'Write to Hardline in your personal chat.',
  },
  'manual-reset-in-a-group': {
    what: 'Nobody at the helpdesk can set a password.',
    next: 'Write to Hardline in your personal chat: there is a safe way to get the caller in. Nothing about callers is shown here.',
  },
  'continue-here': {
    what: 'You wrote to Hardline in a group chat or channel. Continue here instead.',
    next: 'Write here what you need. Nothing was done yet.',
  },
  'no-such-person': {
    what: 'This person is not in the directory.',
    next: 'Search again, by sign-in name or employee number.',
  },
  'too-many-searches': {
    what: 'You searched for very many people within an hour. Nothing was searched.',
    next: 'Ask a lead or a colleague to take this call. The leads can see in the log how many searches there were.',
  },
  'many-searches-seen': {
    what: 'Somebody at the helpdesk searched for very many people within an hour.',
    next: 'Further searches are refused for now. Write "log" to see who it is, and ask them.',
  },
  'too-fast': { what: 'Too many requests within a minute. Nothing was done.', next: 'Wait a minute, then try again.' },
  'not-understood': {
    what: 'I did not understand that. Nothing was done.',
    next: `${EXAMPLE} Or write "help".`,
  },
  'button-not-understood': {
    what: 'I did not understand this button. Nothing was done.',
    next: 'Open the case and press the button again.',
  },
  'already-handled': {
    what: 'This has been done already. Nothing was done twice.',
    next: 'Open the case to see where it is.',
  },
  'pass-already-shown': {
    what: 'A pass is already being issued. Pressing again changes nothing.',
    next: 'It will appear on this card in a moment. If you did not see it, open the case and delete the pass.',
  },
  'pass-refused-by-directory': {
    what: 'Microsoft Entra refused to create the pass. No pass exists.',
    next: 'Open the case. Try again, or call the identity team.',
  },
  'pass-cannot-be-shown-here': {
    what: 'This Teams client cannot show a pass safely, so none was created.',
    next: 'Open the case in the current Teams app or in a browser, and press again.',
  },
  'already-open-elsewhere': {
    what: 'Another technician is already working on a case for this caller.',
    next: 'Ask in the team who it is. Two open cases for one caller can be an attack.',
  },
  'several-match': {
    what: 'Several people match this name, or nobody has exactly this name. Nothing was sent.',
    next: 'Write the sign-in name or the employee number.',
  },
  'nobody-named': {
    what: 'Who is locked out?',
    next: `${EXAMPLE} A sign-in name, email or employee number works, too.`,
  },
} satisfies Record<AccessDenial, ActionSentence>;

/** Short good news. */
export const confirmations = {
  'still-working': {
    what: 'Microsoft Entra is slow',
    next: 'Hardline is still working on this. This card updates by itself.',
  },
  'link-pushed': {
    what: 'The link was sent to them in Teams',
    next: 'Read it out as well: they may be signed out of Teams.',
  },
  'link-to-read-out': {
    what: 'Read out the link',
    next: 'They could not be reached in Teams. They can open it in any browser.',
  },
  'link-not-sent': linkNotSent,
  'objection-taken': {
    what: 'Thank you. The case was stopped',
    next: 'If a pass was issued, it is being deleted. Call the helpdesk as well, so that somebody looks at it right away.',
  },
  'manager-answer-taken': { what: 'Thank you. Your answer was recorded', next: NOTHING_TO_DO },
  'decision-taken': { what: 'Your decision was recorded', next: NOTHING_TO_DO },
} satisfies Record<ConfirmationCode, ActionSentence>;
