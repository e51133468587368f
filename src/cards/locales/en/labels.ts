/**
 * English: the names of methods, numbers, states, outcomes and reasons.
 * The one rule kept here: every code of the closed lists has a name; a missing one does not compile.
 */
import type { AbandonReason, Closing, EscalationReason, LastAttempt, StateName } from '../../../procedure/case.ts';
import type { AccountKind, MethodKind, NumberOnRecord, RiskFacts, UnreadReason } from '../../../procedure/facts.ts';

/** What people call a sign-in method. */
export const methodKinds = {
  'authenticator-app': 'Authenticator app',
  'software-token': 'Code app',
  'hardware-token': 'Hardware token',
  'mobile-phone': 'Mobile phone',
  'alternate-mobile-phone': 'Second mobile phone',
  'office-phone': 'Office phone',
  email: 'Private email',
  'security-questions': 'Security questions',
  passkey: 'Passkey',
  'windows-hello': 'Windows Hello',
  'platform-credential': 'Mac sign-in key',
  external: 'External method',
  'temporary-access-pass': 'Temporary Access Pass',
  password: 'Password',
  other: 'Other method',
} satisfies Record<MethodKind, string>;

/** Where a number on record comes from. */
export const numberSources = {
  'directory-office': 'Office number, directory',
  'directory-mobile': 'Mobile number, directory',
  'registered-mobile': 'Mobile, registered for sign-in',
  'registered-alternate': 'Second mobile, registered for sign-in',
  'registered-office': 'Office phone, registered for sign-in',
} satisfies Record<NumberOnRecord['source'], string>;

/** Why a number cannot be used for the callback. */
export const numberTrouble = {
  'changed-lately': 'changed lately: do not call',
  'age-unknown': 'age unknown: do not call',
};

/** Why a part of the picture is missing. */
export const unread = {
  denied: 'not permitted to read',
  throttled: 'Microsoft is busy',
  timeout: 'no answer in time',
  unreachable: 'no connection',
  'not-licensed': 'the tenant has no license for it',
  'unknown-shape': 'an answer nobody expected',
  missing: 'missing in the answer',
  'not-asked': 'not asked for',
} satisfies Record<UnreadReason, string>;

/** What kind of account it is. */
export const accountKinds = {
  member: 'Member',
  'internal-guest': 'Guest kept by us',
  'external-guest': 'Guest of another company',
} satisfies Record<AccountKind, string>;

/** Risk levels. */
export const riskLevels = {
  none: 'none',
  low: 'low',
  medium: 'medium',
  high: 'high',
} satisfies Record<RiskFacts['level'], string>;

/** Where a case stands, in a list. */
export const states = {
  'asking-methods': 'Which methods are at hand?',
  'awaiting-self-service': 'The caller resets it themselves',
  'choosing-proof': 'Is it really them?',
  'awaiting-callback': 'Calling back',
  'awaiting-manager': 'Waiting for the manager',
  'awaiting-approval': 'Waiting for a second person',
  'ready-to-issue': 'Ready to issue a pass',
  issuing: 'A pass is being created',
  'uncertain-pass': 'Not sure whether a pass exists',
  'awaiting-backup-method': 'Waiting for a new method',
  'withdrawing-pass': 'Deleting the pass',
  closed: 'Closed',
} satisfies Record<StateName, string>;

/** Headline of a closed case. */
export const outcomes = {
  resolved: 'Done: the caller is back in',
  escalated: 'Handed over: somebody else takes it from here',
  abandoned: 'Closed without help given',
  expired: 'Closed: nobody acted',
} satisfies Record<Closing['outcome'], string>;

/** Why a case closed as resolved or expired. */
export const closings = {
  'self-service-succeeded': 'They reset their password themselves.',
  'methods-registered': 'They are signed in and registered enough methods to help themselves next time.',
  'nobody-acted': 'Nothing happened for too long.',
  'pass-expired': 'The pass ran out before enough was registered.',
} satisfies Record<Extract<Closing, { outcome: 'resolved' | 'expired' }>['because'], string>;

/** Why a case went to somebody else, and what the technician does now. */
export const escalations = {
  stopped: 'A rule stands in the way. Nobody at the helpdesk may help here.',
  'someone-else-answered': 'Somebody else answered the number on record. The leads were alarmed. Do not call again.',
  'caller-objected': 'The caller or their manager said: this was not me. The leads were alarmed.',
  'approval-denied': 'The second person said no.',
  'no-proof-possible': 'There was no way to prove who they are.',
  'self-service-keeps-failing': 'Self-service kept failing.',
  'technician-unsure': 'The technician was not sure. That is reason enough.',
} satisfies Record<EscalationReason, string>;

/** Why a case ended without help. */
export const abandons = {
  'caller-hung-up': 'The caller hung up.',
  'caller-found-another-way': 'The caller found another way in.',
  'opened-by-mistake': 'It was opened by mistake.',
} satisfies Record<AbandonReason, string>;

/** Why the technician is at the choice of a proof again. */
export const attempts = {
  voicemail: 'Only voicemail answered. Voicemail proves nothing.',
  nobody: 'Nobody answered.',
  'wrong-number': 'The number was wrong. Do not ask the caller for another one.',
  'manager-declined': 'The manager is not speaking with the caller.',
  'manager-silent': 'The manager did not answer in time.',
  'approval-expired': 'No second person decided in time.',
  'proof-expired': 'The proof got too old. Prove it again.',
  'number-changed': 'The number changed since the call. Choose another proof.',
  'manager-changed': 'The manager on record changed since they answered. Choose another proof.',
  'pass-withdrawn': 'The pass was deleted. Prove again who they are before a new one.',
  'pass-unconfirmed': 'No pass came to be, or it was deleted unseen. Prove again who they are.',
} satisfies Record<LastAttempt, string>;
