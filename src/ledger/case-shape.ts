/**
 * A case as the database gives it back.
 * A row that does not parse is damage; nothing is guessed. What would not parse is never written.
 */
import { z } from 'zod';
import type {
  Approval,
  Case,
  CaseState,
  FollowReset,
  IssueAgain,
  IssuedOn,
  IssuedPasses,
  IssuedPass,
  KnownMethod,
  LastAttempt,
  PassOrder,
  Proof,
  SelfServiceProgress,
  StateName,
} from '../procedure/case.ts';
import type { RiskReason, SecondPersonRole, SecondPersons } from '../procedure/risk-reasons.ts';
import { closing } from './closing-shape.ts';
import { caseId, personId } from './entry-shape.ts';
import { callerFacts, exactly, instant, label, listOf, method, oneOf, reading } from './facts-shape.ts';

const pass = exactly<IssuedPass>({
  passId: label,
  usableFrom: instant,
  usableUntil: instant,
  oneTime: z.boolean(),
});

const order = exactly<PassOrder>({
  orderId: label,
  lifetimeMinutes: z.number(),
  oneTime: z.boolean(),
  orderedAt: instant,
  passBefore: label.nullable(),
});

const proofs: { readonly [By in Proof['kind']]: z.ZodType<Extract<Proof, { kind: By }>> } = {
  callback: exactly({ kind: z.literal('callback'), numberRef: label, numberDigest: label, at: instant }),
  'in-person': exactly({ kind: z.literal('in-person'), place: label, at: instant }),
  manager: exactly({ kind: z.literal('manager'), manager: personId, at: instant }),
};
const proof: z.ZodType<Proof> = z.union(Object.values(proofs));

const approvals = listOf(
  exactly<Approval>({
    by: personId,
    as: oneOf<SecondPersonRole>({ approver: true, lead: true }),
    at: instant,
    subject: label,
  }),
);

/** A step of a self-service reset. */
export const progress = exactly<SelfServiceProgress>({
  step: oneOf<SelfServiceProgress['step']>({
    'link-sent': true,
    'id-entered': true,
    verifying: true,
    failed: true,
    blocked: true,
    'password-set': true,
    succeeded: true,
  }),
  reason: label.nullable(),
  at: instant,
});

const riskReason = oneOf<RiskReason>({
  'proof-not-by-callback': true,
  'shared-number': true,
  'third-contact-in-a-day': true,
  'medium-risk': true,
  vip: true,
  'close-to-technician': true,
  'elevated-mode': true,
  'spike-mode': true,
  'out-of-hours': true,
  'helpdesk-account': true,
  'earlier-no': true,
  'risk-unknown': true,
  'eligibility-unknown': true,
  'asked-before': true,
});

const then = z.union([closing, z.literal('choosing-proof')]);
const issuedOn = exactly<IssuedOn>({ proof, approvals });
const issueAgain = exactly<IssueAgain>({ kind: z.literal('issue-again'), proof, approvals });

const followReset = exactly<FollowReset>({ kind: z.literal('follow-reset'), since: instant, progress });

const lastAttempt = oneOf<LastAttempt>({
  voicemail: true,
  nobody: true,
  'wrong-number': true,
  'manager-declined': true,
  'manager-silent': true,
  'approval-expired': true,
  'proof-expired': true,
  'number-changed': true,
  'number-not-known-long-enough': true,
  'number-proves-nothing': true,
  'manager-changed': true,
  'manager-not-known-long-enough': true,
  'manager-may-not-confirm': true,
  'pass-withdrawn': true,
  'pass-unconfirmed': true,
});

const knownMethod = exactly<KnownMethod>({ ref: label, digest: label.nullable() });
const issued = exactly<IssuedPasses>({
  passIds: listOf(label),
  methodsBefore: listOf(knownMethod),
  managersTold: listOf(personId),
});

const states: { readonly [Name in StateName]: z.ZodType<Extract<CaseState, { kind: Name }>> } = {
  'asking-methods': exactly({ kind: z.literal('asking-methods'), selfServiceFailure: progress.nullable() }),
  'awaiting-self-service': exactly({
    kind: z.literal('awaiting-self-service'),
    since: instant,
    progress,
    pass: pass.nullable(),
  }),
  'choosing-proof': exactly({ kind: z.literal('choosing-proof'), lastAttempt: lastAttempt.nullable() }),
  'awaiting-callback': exactly({
    kind: z.literal('awaiting-callback'),
    numberRef: label,
    numberDigest: label,
    since: instant,
  }),
  'awaiting-manager': exactly({ kind: z.literal('awaiting-manager'), manager: personId, since: instant }),
  'awaiting-approval': exactly({
    kind: z.literal('awaiting-approval'),
    proof,
    reasons: listOf(riskReason),
    needs: oneOf<SecondPersons>({ approver: true, lead: true, 'lead-and-another': true }),
    approvals,
    subject: label,
    since: instant,
    lastAttempt: z.literal('approver-gone').nullable(),
  }),
  'ready-to-issue': exactly({
    kind: z.literal('ready-to-issue'),
    proof,
    approvals,
    lastAttempt: z.literal('pass-never-shown').nullable(),
  }),
  issuing: exactly({
    kind: z.literal('issuing'),
    proof,
    approvals,
    order,
    then: then.nullable(),
  }),
  'uncertain-pass': exactly({
    kind: z.literal('uncertain-pass'),
    order,
    then,
    firstNotFoundAt: instant.nullable(),
  }),
  'awaiting-backup-method': exactly({
    kind: z.literal('awaiting-backup-method'),
    pass,
    issuedOn: issuedOn.nullable(),
    since: instant,
    methodsBefore: listOf(knownMethod),
    newMethods: listOf(method),
  }),
  'withdrawing-pass': exactly({
    kind: z.literal('withdrawing-pass'),
    pass,
    since: instant,
    then: z.union([then, issueAgain, followReset]),
    firstGoneAt: instant.nullable(),
  }),
  closed: exactly({ kind: z.literal('closed'), at: instant, closing }),
};
const state: z.ZodType<CaseState> = z.union(Object.values(states));

/** A whole case. Unknown fields are refused, so nothing can ride along. */
export const caseShape = exactly<Case>({
  id: caseId,
  technician: personId,
  caller: personId,
  openedAt: instant,
  movedAt: instant,
  facts: callerFacts,
  atHand: listOf(label),
  issued: issued.nullable(),
  leftBehind: reading(listOf(method)).nullable(),
  reasonsFound: listOf(riskReason),
  managersAsked: listOf(personId),
  state,
});
