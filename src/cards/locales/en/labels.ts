/**
 * English: what codes are called: methods, numbers, states, outcomes and reasons.
 * A code without a label does not compile.
 */
import type { AbandonReason, CaseState, Closing, EscalationReason } from '../../../procedure/case.ts';
import type { LastAttempt, StateName } from '../../../procedure/case.ts';
import type {
  AccountKind,
  FactPart,
  MethodKind,
  NumberOnRecord,
  RiskFacts,
  UnreadReason,
} from '../../../procedure/facts.ts';
import type { NumberView } from '../../../casework/ports/card-views.ts';

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
  'changed-lately': 'changed recently: do not call',
  'not-known-long-enough': 'not known for long enough: do not call',
  'age-unread': 'not checked yet: do not call',
  'sharing-unread': 'not checked yet: do not call',
  'the-technicians-own': 'your own number: do not call',
  'not-a-telephone-number': 'not a complete telephone number: do not call',
  'not-a-personal-number': 'a service number, not a personal one: do not call',
} satisfies Record<NonNullable<NumberView['whyNot']>, string>;

/** What a part of the facts is about. */
export const factParts = {
  account: 'Account',
  methods: 'Sign-in methods',
  registration: 'Registration report',
  activeRoles: 'Administrator roles',
  eligibleRoles: 'Roles and groups they can activate',
  groups: 'Groups',
  passPolicy: 'Rules for passes',
  existingPass: 'Whether there is a pass already',
  clock: 'The clock of Hardline',
  risk: 'Risk',
  numbers: 'Numbers on record',
  'number-age:directory-office': 'Age of the office number, directory',
  'number-age:directory-mobile': 'Age of the mobile number, directory',
  'number-age:registered-mobile': 'Age of the mobile, registered for sign-in',
  'number-age:registered-alternate': 'Age of the second mobile, registered for sign-in',
  'number-age:registered-office': 'Age of the office phone, registered for sign-in',
  'number-sharing': 'Whether others have the same number',
  technicianNumbers: 'Your own numbers on record',
  manager: 'Manager',
  'manager-account': "The manager's account",
  'manager-age': 'How long the manager has been on record',
  closeToTechnician: 'Whether caller and technician manage each other',
  history: 'Earlier contacts',
  approvers: 'Whether the approver still works for the helpdesk',
} satisfies Record<FactPart, string>;

/** Why something could not be read. */
export const unread = {
  denied: 'no permission to read it',
  throttled: 'Microsoft is busy',
  timeout: 'no answer in time',
  unreachable: 'no connection',
  'not-licensed': 'the tenant has no license for it',
  'not-granted': 'the bot has no permission for it in the tenant',
  'unknown-shape': 'an unexpected answer',
  missing: 'missing from the answer',
  'not-asked': 'not asked for',
  stale: 'not up to date',
  'not-confirmed': 'not confirmed yet',
  'clock-differs': "more than two minutes off Microsoft's time. Tell the operator of Hardline",
} satisfies Record<UnreadReason, string>;

/** What kind of account it is. */
export const accountKinds = {
  member: 'Member',
  'internal-guest': 'Guest with an account of ours',
  'external-guest': 'Guest from another company',
} satisfies Record<AccountKind, string>;

/** Risk levels. */
export const riskLevels = {
  none: 'none',
  low: 'low',
  medium: 'medium',
  high: 'high',
} satisfies Record<RiskFacts['level'], string>;

/** Where a case is, in a list. */
export const states = {
  'asking-methods': 'Asking what the caller has with them',
  'awaiting-self-service': 'Waiting for the self-service reset',
  'choosing-proof': 'Choosing a proof',
  'awaiting-callback': 'Calling back',
  'awaiting-manager': 'Waiting for the manager',
  'awaiting-approval': 'Waiting for a second person',
  'ready-to-issue': 'Ready to issue a pass',
  issuing: 'Creating the pass',
  'uncertain-pass': 'Not clear whether a pass exists',
  'awaiting-backup-method': 'Waiting for a new method',
  'withdrawing-pass': 'Deleting the pass',
  closed: 'Closed',
} satisfies Record<StateName, string>;

/** Headline of a closed case. */
export const outcomes = {
  resolved: 'Done. The case is resolved',
  escalated: 'Stop here and hand the case over',
  abandoned: 'Closed early',
  expired: 'Closed. The time ran out',
} satisfies Record<Closing['outcome'], string>;

/** Why a case closed as resolved or expired. Where a time belongs to it, `phrases.passwordSet` says it. */
export const closings = {
  'self-service-succeeded': 'They reset their password themselves.',
  'methods-registered': 'They have registered enough methods to reset the password themselves next time.',
  'nobody-acted': 'Nothing happened for too long.',
  'pass-expired': 'The pass expired before enough methods were registered.',
} satisfies Record<Exclude<Extract<Closing, { outcome: 'resolved' | 'expired' }>['because'], 'password-set'>, string>;

/** Why a case was handed over, and what the technician does now. */
export const escalations = {
  stopped: 'A rule does not allow a pass here. Nobody at the helpdesk can change that.',
  'someone-else-answered': 'Somebody else answered the number on record. Do not call it again.',
  'caller-objected': 'The caller or their manager pressed "This was not me".',
  'approval-denied': 'The second person denied the pass.',
  'no-proof-possible': 'There was no way to confirm who they are.',
  'self-service-keeps-failing': 'Self-service did not work, again and again.',
  'technician-unsure': 'The technician was not sure. That is reason enough.',
} satisfies Record<EscalationReason, string>;

/** Why a case was closed early. */
export const abandons = {
  'caller-hung-up': 'The caller hung up.',
  'caller-found-another-way': 'The caller got in another way.',
  'opened-by-mistake': 'The case was opened by mistake.',
} satisfies Record<AbandonReason, string>;

/** What happened to a pass before the case came back to *Issue*. */
export const issueAttempts = {
  'pass-never-shown': 'You never saw a pass; it was deleted. Issue again.',
} satisfies Record<NonNullable<Extract<CaseState, { kind: 'ready-to-issue' }>['lastAttempt']>, string>;

/** Why the approvers are asked again. */
export const approvalAttempts = {
  'approver-gone':
    'The approver who agreed left the group, or their account was disabled. Somebody else has to decide now.',
} satisfies Record<NonNullable<Extract<CaseState, { kind: 'awaiting-approval' }>['lastAttempt']>, string>;

/** Why the technician has to choose a proof again. */
export const attempts = {
  voicemail: 'Only voicemail answered. Voicemail proves nothing.',
  nobody: 'Nobody answered.',
  'wrong-number': 'It was the wrong number. Do not ask the caller for another number.',
  'manager-declined': 'The manager says they are not speaking with the caller.',
  'manager-silent': 'The manager did not answer in time.',
  'approval-expired': 'No second person decided in time.',
  'proof-expired': 'The proof is too old. Confirm again who they are.',
  'number-changed': 'The number you called was changed lately, so the call proves nothing. Choose another proof.',
  'number-not-known-long-enough':
    'The number you called has not been known for long enough to be proof. No change was seen. Choose another proof.',
  'number-proves-nothing':
    'The number you called is your own, or cannot be the number of one person. Choose another proof.',
  'manager-may-not-confirm':
    'The manager on record cannot confirm the caller: it is the caller, you, a guest, or a disabled account. Choose another proof.',
  'manager-changed': 'The manager on record was changed lately, so their word proves nothing. Choose another proof.',
  'manager-not-known-long-enough':
    'The manager has not been known for long enough to confirm. No change was seen. Choose another proof.',
  'pass-withdrawn': 'The pass was deleted. Confirm again who they are before issuing a new one.',
  'pass-unconfirmed': 'No pass was issued, or it was deleted before anybody saw it. Confirm again who they are.',
} satisfies Record<LastAttempt, string>;
