/**
 * English: what people read when something outside failed, or when we made a mistake: what happened, and what to do next.
 * A fault without a sentence does not compile.
 */
import type { FaultCode } from '../../../casework/ports/fault.ts';
import type { ActionSentence } from './refusals.ts';

const AGAIN = 'Try again in a minute. If it still does not work, tell the operator of Hardline.';
const OPERATOR = 'Tell the operator of Hardline. Until it is fixed, hand cases over.';

/** One sentence for each fault. */
export const faults = {
  'directory-denied': { what: 'Microsoft Entra denied the request.', next: OPERATOR },
  'directory-not-licensed': {
    what: 'Microsoft Entra denied the request: the tenant has no license for it.',
    next: OPERATOR,
  },
  'directory-throttled': { what: 'Microsoft Entra is busy (throttled).', next: 'Wait half a minute and try again.' },
  'directory-timeout': { what: 'Microsoft Entra did not answer in time.', next: AGAIN },
  'directory-unreachable': { what: 'Microsoft Entra cannot be reached.', next: AGAIN },
  'directory-unexpected': { what: 'Microsoft Entra gave an unexpected answer.', next: AGAIN },
  'ledger-unwritable': {
    what: 'Hardline could not write to its log, so it stopped.',
    next: 'Try again in a minute. If it still does not work, hand the case over and tell the operator of Hardline.',
  },
  'ledger-unreadable': { what: 'Hardline could not read its log, so it stopped.', next: AGAIN },
  'ledger-corrupt': {
    what: 'The log of Hardline was damaged or changed, so it stopped.',
    next: 'Tell the operator of Hardline. No pass can be issued until they have checked the log.',
  },
  'ledger-in-use': { what: 'Another Hardline process uses this ledger.', next: OPERATOR },
  'teams-unreachable': {
    what: 'Teams did not deliver the answer. Nothing is lost.',
    next: 'Write "case" and its number to see where the case is.',
  },
  configuration: { what: 'Hardline is not set up correctly.', next: OPERATOR },
} satisfies Record<FaultCode, ActionSentence>;

/** A mistake of ours. */
export const bug: ActionSentence = {
  what: 'Something went wrong in Hardline. It was our mistake, not yours.',
  next: 'Try again in a minute. If it still does not work, tell the helpdesk lead.',
};
