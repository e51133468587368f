/**
 * English: self-service at Microsoft's page: steps to read out, progress, and failures in plain words with the allowed fix.
 * The one rule kept here: Microsoft's strings are no contract: matched by prefix, and an unknown one is shown as it is.
 */
import type { SelfServiceProgress } from '../../../procedure/case.ts';

/** Steps to read out to the caller, in order. */
export const steps: readonly string[] = [
  'Open aka.ms/sspr in any browser. A private phone is fine.',
  'Type your work email and the letters in the picture.',
  'Choose "I forgot my password". Choose "I know my password, but still can\'t sign in" if you only got locked.',
  'Confirm with the methods you have with you.',
  'Choose a new password. Do not tell it to anybody, not even to the helpdesk.',
];

/** How far the caller is. */
export const progress = {
  'link-sent': 'The link is given out. Nothing seen at Microsoft yet.',
  'id-entered': 'They entered their sign-in name.',
  verifying: 'They are confirming who they are.',
  failed: 'It did not work.',
  blocked: 'Microsoft blocked them after too many tries.',
  succeeded: 'They set a new password.',
} satisfies Record<SelfServiceProgress['step'], string>;

/** A failure in plain words, and what is allowed. */
export interface FailureSentence {
  /** Lower-case beginnings of Microsoft's own words. */
  readonly starts: readonly string[];
  readonly what: string;
  readonly fix: string;
}

const GO_BACK = 'Go back and tick what they really have at hand.';
const IDENTITY = 'You cannot fix this. Go the way of the pass, and tell the identity team.';

/** In this order; the first match wins. */
export const failures: readonly FailureSentence[] = [
  {
    starts: [
      'user entered too many',
      'user tried mobile phone voice',
      'user tried office phone voice',
      'user tried to answer',
      'user tried to verify a phone',
    ],
    what: 'Too many wrong tries. Microsoft blocks self-service for 24 hours.',
    fix: 'Do not let them try again. Go the way of the pass.',
  },
  {
    starts: ['user abandoned'],
    what: 'They stopped halfway.',
    fix: 'Ask where they are stuck. If a method is not at hand, go back and untick it.',
  },
  { starts: ['user cancelled', 'user canceled'], what: 'They canceled.', fix: 'Ask why. They can start again.' },
  {
    starts: ['user contacted an admin'],
    what: 'The page sent them to an administrator.',
    fix: GO_BACK,
  },
  {
    starts: ["user's account has insufficient authentication methods", 'user does not have enough'],
    what: 'Too few methods are registered.',
    fix: GO_BACK,
  },
  {
    starts: ['password reset is not enabled for this user', 'this user is not a member of the password reset'],
    what: 'Self-service is not switched on for them.',
    fix: IDENTITY,
  },
  { starts: ['password reset has been disabled entirely'], what: 'Self-service is off for everybody.', fix: IDENTITY },
  { starts: ['user does not have a license'], what: 'They have no license for self-service.', fix: IDENTITY },
  {
    starts: ['user tried to reset from a device without cookies'],
    what: 'Their browser blocks cookies.',
    fix: 'Let them try a private window or another browser.',
  },
  {
    starts: ["user's password is managed on-premises"],
    what: 'Their password is kept on premises, and writing back is off.',
    fix: IDENTITY,
  },
  {
    starts: ['we could not reach your on-premises', "we encountered a problem while resetting the user's on-premises"],
    what: 'The on-premises directory did not answer.',
    fix: 'Try again in five minutes. If it stays, tell the identity team.',
  },
  {
    starts: ['fuzzypolicyviolation', 'passworddoesnotcomply'],
    what: 'The new password was too easy to guess or is on the banned list.',
    fix: 'Let them choose a longer one, without the company name. Do not hear it.',
  },
];

/** What to do when Microsoft blocked them and gave no reason we know. */
export const blockedFix = 'Do not let them try again today. Go back and take the way of the pass.';

/** When nothing above fits. */
export const unknownFailure = {
  what: 'Microsoft gave a reason this bot does not know:',
  fix: 'Let them try once more. If it fails again, go back.',
};

/** Steps for a caller who signs in with a pass and registers a method, in order. */
export const stepsWithPass: readonly string[] = [
  'Open aka.ms/mysecurityinfo in any browser.',
  'Type your work email. Where it asks for a Temporary Access Pass, type the pass.',
  'Choose "Add sign-in method" and follow the page: a phone or the Authenticator app.',
  'Add a second method if you can.',
];
