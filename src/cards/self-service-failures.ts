/**
 * What Microsoft writes into its audit log when a self-service reset does not work, matched by its beginning.
 * Microsoft's strings are no contract: one that is not here is shown as it is, and never guessed.
 */

/** Lower-case beginnings of Microsoft's own text, in this order; the first match wins. */
const BEGINNINGS = {
  'too-many-tries': [
    'user entered too many',
    'user tried mobile phone voice',
    'user tried office phone voice',
    'user tried to answer',
    'user tried to verify a phone',
  ],
  abandoned: ['user abandoned'],
  canceled: ['user cancelled', 'user canceled'],
  'sent-to-an-administrator': ['user contacted an admin'],
  'too-few-methods': ["user's account has insufficient authentication methods", 'user does not have enough'],
  'not-switched-on': ['password reset is not enabled for this user', 'this user is not a member of the password reset'],
  'off-for-everybody': ['password reset has been disabled entirely'],
  'no-license': ['user does not have a license'],
  'cookies-blocked': ['user tried to reset from a device without cookies'],
  'no-writeback': ["user's password is managed on-premises"],
  'on-premises-silent': [
    'we could not reach your on-premises',
    "we encountered a problem while resetting the user's on-premises",
  ],
  'password-too-weak': ['fuzzypolicyviolation', 'passworddoesnotcomply'],
} as const;

/** A failure we have a sentence for. */
export type SelfServiceFailure = keyof typeof BEGINNINGS;

/** Which failure Microsoft's text means; `null` for one we do not know. */
export function failureIn(reason: string): SelfServiceFailure | null {
  const text = reason.toLowerCase().replaceAll('’', "'");
  const known = Object.entries(BEGINNINGS) as readonly (readonly [SelfServiceFailure, readonly string[]])[];
  return known.find(([, beginnings]) => beginnings.some((beginning) => text.startsWith(beginning)))?.[0] ?? null;
}
