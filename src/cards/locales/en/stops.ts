/**
 * English: what each stop means and who to call.
 * A stop without a sentence does not compile.
 */
import type { RetiredStopCode, StopCode } from '../../../procedure/stops.ts';

/** What does not allow a pass, and who can help. */
interface StopSentence {
  readonly what: string;
  readonly call: string;
}

const IDENTITY = 'Call the identity team.';
const SECURITY = 'Call the security team now.';
const AGAIN = 'Try again in a minute. If it still does not work, call the identity team.';

/** One sentence for each stop. The detail (a role, a reason) is shown beside it, apart from the sentence. */
export const stops = {
  'caller-is-the-technician': {
    what: 'This is your own account. You cannot work on your own case.',
    call: 'Ask a colleague at the helpdesk to open the case.',
  },
  'account-disabled': {
    what: 'The account is disabled. That is not a lockout, and a pass would not work.',
    call: 'Send them to their manager or HR.',
  },
  'external-guest': {
    what: 'This is a guest from another company. That company manages their password.',
    call: 'Send them to their own helpdesk.',
  },
  'caller-objected': {
    what: 'Somebody pressed "This was not me" for this person recently.',
    call: SECURITY,
  },
  'confirmed-compromised': { what: 'The account is confirmed as compromised.', call: SECURITY },
  'high-risk': { what: 'Microsoft rates the risk of this account as high.', call: SECURITY },
  'privileged-role': { what: 'The account holds an administrator role.', call: IDENTITY },
  'eligible-for-privileged-role': { what: 'The account can activate an administrator role.', call: IDENTITY },
  'role-assignable-group': {
    what: 'The account is in a group that can hold administrator roles, or can add itself to one.',
    call: IDENTITY,
  },
  'protected-group': { what: 'The account is in a protected group, or can add itself to one.', call: IDENTITY },
  'helpdesk-account': {
    what: 'This person works at the helpdesk, or owns one of its groups. They get no pass.',
    call: 'Call the helpdesk lead.',
  },
  'management-restricted': { what: 'Only a few administrators may manage this account.', call: IDENTITY },
  'pass-policy-off': { what: 'Temporary Access Pass is switched off in the tenant.', call: IDENTITY },
  'outside-pass-policy': { what: 'The tenant does not allow a pass for this person.', call: IDENTITY },
  'foreign-pass': {
    what: 'There is a pass for this account that nobody created through Hardline.',
    call: 'Do not use it. Call the helpdesk lead: the pass has to be explained or deleted first.',
  },
  lockdown: { what: 'Lockdown is on. No passes are issued now.', call: 'Call the helpdesk lead.' },
  // Recorded by 0.1.0, where an unread fact ended the case.
  'account-unread': { what: 'The account could not be read.', call: AGAIN },
  'methods-unread': { what: 'The sign-in methods could not be read.', call: AGAIN },
  'roles-unread': { what: 'The administrator roles could not be read.', call: AGAIN },
  'eligibility-unread': { what: 'The roles they can activate could not be read.', call: AGAIN },
  'groups-unread': { what: 'The groups could not be read.', call: AGAIN },
  'pass-policy-unread': { what: 'The rules for passes could not be read.', call: AGAIN },
  'risk-unread': { what: 'The risk could not be read.', call: AGAIN },
  'history-unread': { what: 'Earlier contacts about this person could not be read.', call: AGAIN },
} satisfies Record<StopCode | RetiredStopCode, StopSentence>;
