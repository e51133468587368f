/**
 * English: why the caller is locked out, and whether a pass would help.
 * The one rule kept here: one plain sentence for each reason; a reason without one does not compile.
 */
import type { Diagnosis, LockoutReason } from '../../../procedure/diagnosis.ts';

/** What keeps them out, and what that means for a pass; `pass` goes on after one of `passHelps`. */
export interface ReasonSentence {
  readonly what: string;
  readonly pass: string;
}

/** How the sentence about the pass begins. */
export const passHelps = {
  yes: 'A pass would help:',
  no: 'A pass will not help:',
  perhaps: 'A pass might help:',
} satisfies Record<Diagnosis['passHelps'], string>;

/** One sentence for each reason. */
export const reasons = {
  'smart-lockout': {
    what: 'Locked after too many wrong passwords.',
    pass: 'nobody knows whether the lock holds it back. A reset by themselves ends the lock.',
  },
  'blocked-address': {
    what: 'Microsoft distrusts the network they sign in from.',
    pass: 'the network is blocked, not the person. Let them try another one.',
  },
  'wrong-password': { what: 'They type a wrong password.', pass: 'it lets them in without the password.' },
  'password-expired': { what: 'Their password has expired.', pass: 'it lets them in without the old password.' },
  'password-missing': {
    what: 'The directory holds no password for them.',
    pass: 'it lets them in, but a password is still missing. Tell the identity team.',
  },
  'password-change-due': {
    what: 'They must choose a new password first.',
    pass: 'the page may still ask for the new password.',
  },
  'account-disabled': { what: 'The account is disabled.', pass: 'a disabled account stays closed.' },
  'mfa-not-passed': {
    what: 'The password was right. The second step was not passed.',
    pass: 'it counts as the second step.',
  },
  'registration-required': {
    what: 'They must register a method before they go on.',
    pass: 'it lets them in to register one.',
  },
  'mfa-limit': { what: 'Too many second steps in a short time.', pass: 'it spares the wait, which ends by itself.' },
  'conditional-access': {
    what: 'A rule of the company blocks this sign-in (Conditional Access).',
    pass: 'neither it nor a reset gets past the rule. Call the identity team.',
  },
  'device-required': {
    what: 'Their device does not meet the rules of the company.',
    pass: 'the rule is about the device, not the password. Let them use a company device.',
  },
  'risk-block': {
    what: 'Microsoft sees a risk and lets them register nothing.',
    pass: 'they could register nothing with it. Call the security team.',
  },
  'registration-place': {
    what: 'They may register methods only in a trusted place.',
    pass: 'only where registering is allowed, such as the office network.',
  },
  'security-defaults': {
    what: "The tenant's security defaults block this sign-in.",
    pass: 'the block is not about the password. Call the identity team.',
  },
  'on-premises-agent': {
    what: 'The on-premises password check does not answer.',
    pass: 'the trouble is on premises. Call the identity team.',
  },
  'session-ended': { what: 'Their session ended.', pass: 'they need none. Let them sign in again.' },
  'unknown-code': {
    what: 'Microsoft gives a reason this bot does not know.',
    pass: "Microsoft's own words decide.",
  },
} satisfies Record<LockoutReason, ReasonSentence>;

/** Where there is no reason to name. */
export const reading = 'Reading the sign-in log…';
export const unread = 'The sign-in log could not be read:';
export const nothing = 'The sign-in log shows no failed sign-in that would explain it.';

/** Beside the reason. */
export const phrases = {
  seen: (when: string): string => `Seen ${when}.`,
  code: (code: number): string => `Code ${code}`,
  coded: (code: string, words: string): string => `${code}: ${words}`,
};
