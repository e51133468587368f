/**
 * English: why the caller is locked out, and whether a pass would help.
 * A reason without a sentence does not compile.
 */
import type { Diagnosis, LockoutReason } from '../../../procedure/diagnosis.ts';

/** What keeps them out, and what that means for a pass. */
interface ReasonSentence {
  readonly what: string;
  /** Goes on after one of `passHelps`, unless `complete`. */
  readonly pass: string;
  /** `pass` is a sentence of its own. */
  readonly complete?: true;
}

/** How the sentence about the pass begins. */
export const passHelps = {
  yes: 'A pass would help:',
  no: 'A pass will not help:',
  perhaps: 'A pass might help:',
} satisfies Record<Diagnosis['passHelps'], string>;

/** One sentence for each reason. */
export const reasons: Readonly<Record<LockoutReason, ReasonSentence>> = {
  'smart-lockout': {
    what: 'The account is locked for now, after too many wrong passwords.',
    pass: 'A self-service reset unlocks it; a pass may not work until the lock ends.',
    complete: true,
  },
  'blocked-address': {
    what: 'Microsoft blocks sign-ins from the network they are using.',
    pass: 'the network is blocked, not the account. Have them try another network.',
  },
  'wrong-password': { what: 'They are typing a wrong password.', pass: 'it lets them sign in without the password.' },
  'password-expired': { what: 'Their password has expired.', pass: 'it lets them sign in without the old password.' },
  'password-missing': {
    what: 'They have no password in Microsoft Entra.',
    pass: 'it lets them sign in, but they still have no password. Tell the identity team.',
  },
  'password-change-due': {
    what: 'They must choose a new password first.',
    pass: 'Microsoft may still ask them for a new password.',
  },
  'account-disabled': { what: 'The account is disabled.', pass: 'nobody can sign in to a disabled account.' },
  'mfa-not-passed': {
    what: 'The password was right, but the second step was not completed.',
    pass: 'it counts as the second step.',
  },
  'registration-required': {
    what: 'They must register a sign-in method before they can continue.',
    pass: 'it lets them sign in and register one.',
  },
  'mfa-limit': { what: 'They tried the second step too often in a short time.', pass: 'it works right away.' },
  'conditional-access': {
    what: 'A company rule (Conditional Access) blocks this sign-in.',
    pass: 'the rule blocks it, too, and a reset as well. Call the identity team.',
  },
  'device-required': {
    what: 'Their device does not meet the company rules.',
    pass: 'the rule is about the device, not the password. Have them use a company device.',
  },
  'risk-block': {
    what: 'Microsoft sees a risk and does not let them register methods.',
    pass: 'they could not register a method with it. Call the security team.',
  },
  'registration-place': {
    what: 'They can register methods only in a trusted place.',
    pass: 'but only where registering is allowed, such as the office network.',
  },
  'security-defaults': {
    what: "The tenant's security defaults block this sign-in.",
    pass: 'the password is not the problem. Call the identity team.',
  },
  'on-premises-agent': {
    what: 'The on-premises password check does not respond.',
    pass: 'the problem is on premises. Call the identity team.',
  },
  'session-ended': {
    what: 'Their session ended.',
    pass: 'No pass needed: they can just sign in again.',
    complete: true,
  },
  'unknown-code': {
    what: 'Microsoft gives a reason that Hardline does not know.',
    pass: "read Microsoft's own text.",
  },
};

/** Where there is no reason to name. */
export const reading: string = 'Reading the sign-in log…';
export const nothing: string = 'The sign-in log shows no failed sign-in that explains the lockout.';

/** Beside the reason. */
export const phrases = {
  unread: (why: string): string => `The sign-in log could not be read: ${why}.`,
  seen: (when: string): string => `Seen ${when}.`,
  code: (code: number): string => `Code ${code}`,
  coded: (code: string, tenantSays: string): string => `${code}: ${tenantSays}`,
};
