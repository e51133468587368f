/**
 * English: the self-service reset at Microsoft's page: steps to read out, progress, and what to do when it does not work.
 */
import type { SelfServiceProgress } from '../../../procedure/case.ts';
import type { SelfServiceFailure } from '../../self-service-failures.ts';

/** Steps to read out to the caller, in order. */
export const steps: readonly string[] = [
  'Open aka.ms/sspr in any browser. A private phone is fine.',
  'Type your work email and the characters shown in the image.',
  'Choose "I forgot my password", or "I know my password, but still can\'t sign in" if your account is only locked.',
  'Confirm with the methods you have with you.',
  'Choose a new password. Do not tell it to anybody, not even to the helpdesk.',
];

/** How far the caller is. */
export const progress = {
  'link-sent': 'They have the address. Nothing seen at Microsoft yet.',
  'id-entered': 'They entered their sign-in name.',
  verifying: 'They are confirming who they are.',
  failed: 'It did not work.',
  blocked: 'Microsoft blocked them after too many tries.',
  'password-set': 'A new password was set.',
  succeeded: 'They set a new password.',
} satisfies Record<SelfServiceProgress['step'], string>;

const GO_BACK = 'Go back and tick what they really have with them.';
const IDENTITY = 'You cannot fix this. Use a Temporary Access Pass, and tell the identity team.';

/** Why it did not work, and what is allowed. */
export const failures = {
  'too-many-tries': {
    what: 'Too many wrong tries. Microsoft blocks self-service for 24 hours.',
    fix: 'Do not let them try again. Use a Temporary Access Pass.',
  },
  abandoned: {
    what: 'They stopped halfway.',
    fix: 'Ask where they are stuck. If they do not have a method with them, go back and untick it.',
  },
  canceled: { what: 'They canceled.', fix: 'Ask why. They can start again.' },
  'sent-to-an-administrator': { what: 'The page sent them to an administrator.', fix: GO_BACK },
  'too-few-methods': { what: 'Too few methods are registered.', fix: GO_BACK },
  'not-switched-on': { what: 'Self-service is not switched on for them.', fix: IDENTITY },
  'off-for-everybody': { what: 'Self-service is switched off for everybody.', fix: IDENTITY },
  'no-license': { what: 'They have no license for self-service.', fix: IDENTITY },
  'cookies-blocked': {
    what: 'Their browser blocks cookies.',
    fix: 'Have them try a private window or another browser.',
  },
  'no-writeback': {
    what: 'Their password is stored on premises, and writeback is off.',
    fix: IDENTITY,
  },
  'on-premises-silent': {
    what: 'The on-premises directory did not answer.',
    fix: 'Try again in five minutes. If it still does not work, tell the identity team.',
  },
  'password-too-weak': {
    what: 'The new password was too easy to guess or is on the banned list.',
    fix: "Have them choose a longer one, without the company name. Don't let them tell you.",
  },
} satisfies Record<SelfServiceFailure, { readonly what: string; readonly fix: string }>;

/** What to do when Microsoft blocked them and gave no reason we know. */
export const blockedFix: string = 'Do not let them try again today. Go back and use a Temporary Access Pass.';

/** When nothing above fits. */
export const unknownFailure = {
  what: 'Microsoft gave a reason that Hardline does not know:',
  fix: 'Have them try once more. If it does not work again, go back.',
};

/** Steps for a caller who signs in with a pass and registers a method, in order. */
export const stepsWithPass: readonly string[] = [
  'Open aka.ms/mysecurityinfo in any browser.',
  'Type your work email. Where it asks for a Temporary Access Pass, type the pass.',
  'Choose "Add sign-in method" and follow the page: a phone or the Authenticator app.',
  'Add a second method if you can.',
];
