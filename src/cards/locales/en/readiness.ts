/**
 * English: can the caller help themselves? The rows of the checklist and what they come to.
 * The one rule kept here: what was not read says so; a row or a verdict without a sentence does not compile.
 */
import type { ReadinessCode, ReadinessVerdict, RowState } from '../../../procedure/readiness.ts';

/** What a row is about. */
export const labels = {
  licensed: 'License',
  enabled: 'Self-service allowed',
  registered: 'Registered for it',
  capable: 'Ready for it',
  'methods-counted': 'Methods that count',
  'weak-only': 'Strength',
  'security-questions': 'Security questions',
  'sms-and-voice': 'SMS and calls',
  writeback: 'Password kept',
  'report-age': 'As of',
} satisfies Record<ReadinessCode, string>;

/** Short names of rows in order, listed in one line. */
export const inOrder = {
  licensed: 'licensed',
  enabled: 'allowed',
  registered: 'registered',
  capable: 'ready',
} satisfies Partial<Record<ReadinessCode, string>>;

/** How a row stands, where the row says no more. */
export const states = {
  yes: '✓ yes',
  no: '✗ no',
  unknown: 'could not be read',
  caution: 'with care',
} satisfies Record<RowState, string>;

/** The on-premises password. */
export const writeback = {
  yes: 'on premises, written back',
  no: '✗ on premises, not written back',
  unknown: 'could not be read',
  caution: 'on premises, writing back uncertain',
} satisfies Record<RowState, string>;

/** What the checklist comes to: the heading of the section. */
export const verdicts = {
  'can-reset-now': 'They can reset it themselves',
  'weak-methods-only': 'Only weak methods are registered',
  'registered-not-at-hand': 'Registered, but not at hand',
  'not-registered': 'Too little is registered to help themselves',
  'not-enabled': 'Self-service is not allowed for them',
  'not-licensed': 'No license for self-service',
  'no-writeback': 'Self-service cannot write their password back',
  unknown: 'Can they help themselves? Not everything was read',
} satisfies Record<ReadinessVerdict, string>;

/** Short sentences with numbers in them. */
export const phrases = {
  ofNeeded: (have: number, need: number): string =>
    have > need ? `${have}, ${need} needed` : `${have} of ${need} needed`,
  administrator: (counted: string): string => `${counted} (administrator)`,
  weakOnly: 'only weak ones',
  questions: (date: string): string => `end ${date}, register something else`,
  questionsEnded: (date: string): string => `ended ${date}`,
  sms: (date: string): string => `end ${date}, too few without them`,
  smsEnded: (date: string): string => `ended ${date}, too few without them`,
  hoursOld: (hours: number): string => (hours === 1 ? '1 hour ago' : `${hours} hours ago`),
  fresh: 'less than an hour ago',
  ageUnknown: 'nobody knows when',
};
