/**
 * English: can the caller reset the password themselves? The rows of the checklist and the verdict.
 * What was not read says so. A row or a verdict without a sentence does not compile.
 */
import type { ReadinessCode, ReadinessVerdict, RowState } from '../../../procedure/readiness.ts';

/** What a row is about. */
export const labels = {
  licensed: 'License',
  enabled: 'Self-service allowed',
  registered: 'Registered for self-service',
  capable: 'Ready for self-service',
  'methods-counted': 'Methods for self-service',
  'weak-only': 'Strength',
  'security-questions': 'Security questions',
  'sms-and-voice': 'SMS and calls',
  writeback: 'Password stored',
  'report-age': 'Registration report',
} satisfies Record<ReadinessCode, string>;

/** Short names of rows that passed, listed in one line. */
export const passed = {
  licensed: 'licensed',
  enabled: 'allowed',
  registered: 'registered',
  capable: 'ready',
} satisfies Partial<Record<ReadinessCode, string>>;

/** The result of a row, where the row says no more. */
export const states = {
  yes: '✓ yes',
  no: '✗ no',
  unknown: 'could not be read',
  caution: 'with care',
} satisfies Record<RowState, string>;

/** The on-premises password. */
export const writeback = {
  yes: 'on premises, can be written back',
  no: '✗ on premises, cannot be written back',
  unknown: 'could not be read',
  caution: 'on premises, not clear whether it can be written back',
} satisfies Record<RowState, string>;

/** The verdict: the heading of the section. */
export const verdicts = {
  'can-reset-now': 'They can reset the password themselves',
  'weak-methods-only': 'Only weak methods are registered',
  'registered-not-at-hand': 'Registered, but not with them',
  'not-registered': 'Too few methods are registered for self-service',
  'not-enabled': 'Self-service is not allowed for them',
  'not-licensed': 'No license for self-service',
  'no-writeback': 'Self-service cannot write their password back',
  unknown: 'Self-service: not everything could be read',
} satisfies Record<ReadinessVerdict, string>;

/** Short sentences with numbers in them. */
export const phrases = {
  ofNeeded: (have: number, need: number): string =>
    have > need ? `${have}, ${need} needed` : `${have} of ${need} needed`,
  administrator: (counted: string): string => `${counted} (administrator)`,
  weakOnly: 'only weak ones',
  questions: (date: string): string => `end on ${date}, register something else`,
  questionsEnded: (date: string): string => `ended on ${date}`,
  sms: (date: string): string => `end on ${date}, too few methods without them`,
  smsEnded: (date: string): string => `ended on ${date}, too few methods without them`,
  hoursOld: (hours: number): string => (hours === 1 ? 'as of 1 hour ago' : `as of ${hours} hours ago`),
  fresh: 'as of less than an hour ago',
  ageUnknown: 'age unknown',
};
