/** Every part of the facts that can be unread, every reason, and every press in every state without a pass. */
import type { Case, CaseState, Proof } from '../../src/procedure/case.ts';
import type { CaseEvent } from '../../src/procedure/events.ts';
import type { CallerFacts, FactPart, UnreadReason } from '../../src/procedure/facts.ts';
import { approvalSubject } from '../../src/procedure/decide-approval.ts';
import {
  after,
  APPROVER,
  caseIn,
  FACTS,
  MANAGER,
  managerSays,
  NOW,
  POLICY,
  PROOF,
  read,
  STILL_MAY,
  TECHNICIAN,
} from './people.ts';

/** Every reason; the compiler asks for a new one. */
const WHY: Readonly<Record<UnreadReason, true>> = {
  denied: true,
  throttled: true,
  timeout: true,
  unreachable: true,
  'not-licensed': true,
  'not-granted': true,
  'unknown-shape': true,
  missing: true,
  'not-asked': true,
  stale: true,
  'not-confirmed': true,
};
export const REASONS = Object.keys(WHY) as readonly UnreadReason[];

/** Facts in which one part is unread. */
type Without = (facts: CallerFacts, why: UnreadReason) => CallerFacts;

const plain =
  (part: Exclude<keyof CallerFacts, 'readAt'>): Without =>
  (facts, why) => ({ ...facts, [part]: { kind: 'unread', why } });

const officeAge: Without = (facts, why) => {
  if (facts.numbers.kind !== 'read') return facts;
  const aged = facts.numbers.value.map((number) =>
    number.ref === 'office' ? { ...number, age: { kind: 'unread', why } as const } : number,
  );
  return { ...facts, numbers: read(aged) };
};

const officeSharing: Without = (facts, why) => {
  if (facts.numbers.kind !== 'read') return facts;
  const shared = facts.numbers.value.map((number) =>
    number.ref === 'office' ? { ...number, others: { kind: 'unread', why } as const } : number,
  );
  return { ...facts, numbers: read(shared) };
};

/** Each part a caller of the tests has, under its name in the ledger. */
export const PARTS: readonly (readonly [part: FactPart, without: Without])[] = [
  ['account', plain('account')],
  ['methods', plain('methods')],
  ['registration', plain('registration')],
  ['activeRoles', plain('activeRoles')],
  ['eligibleRoles', plain('eligibleRoles')],
  ['groups', plain('groups')],
  ['passPolicy', plain('passPolicy')],
  ['risk', plain('risk')],
  ['numbers', plain('numbers')],
  ['number-sharing', officeSharing],
  ['technicianNumbers', plain('technicianNumbers')],
  ['manager-account', plain('managerAccount')],
  ['number-age:directory-office', officeAge],
  ['manager', plain('manager')],
  ['manager-age', plain('managerAge')],
  ['closeToTechnician', plain('closeToTechnician')],
  ['history', plain('history')],
];

const BY_MANAGER: Proof = { kind: 'manager', manager: MANAGER, at: NOW };
const IN_PERSON: Proof = { kind: 'in-person', place: 'Reception', at: NOW };
export const PROOFS = [PROOF, BY_MANAGER, IN_PERSON] as const;

function ready(proof: Proof): CaseState {
  const draft: CaseState = { kind: 'ready-to-issue', proof, approvals: [], lastAttempt: null };
  const subject = approvalSubject(caseIn(draft), proof, POLICY, NOW);
  return { ...draft, approvals: [{ by: APPROVER, as: 'approver', at: NOW, subject }] };
}

function asked(proof: Proof): CaseState {
  const draft: CaseState = {
    kind: 'awaiting-approval',
    proof,
    reasons: ['vip'],
    needs: 'approver',
    approvals: [],
    subject: '',
    since: NOW,
    lastAttempt: null,
  };
  return { ...draft, subject: approvalSubject(caseIn(draft), proof, POLICY, NOW) };
}

/** Every state in which no pass exists, with every proof that can be in it. */
export const STATES: readonly CaseState[] = [
  { kind: 'asking-methods', selfServiceFailure: null },
  { kind: 'choosing-proof', lastAttempt: null },
  { kind: 'awaiting-callback', numberRef: 'office', numberDigest: 'digest-office', since: after(-1) },
  { kind: 'awaiting-manager', manager: MANAGER, since: NOW },
  ...PROOFS.map(asked),
  ...PROOFS.map(ready),
];

const by = TECHNICIAN;
type EventFrom = (at: Case, facts: CallerFacts) => CaseEvent;

/** What can happen in those states and leads on. The facts of a press that reads them are the second argument. */
export const PRESSES: Readonly<Record<string, EventFrom>> = {
  'nothing at hand': () => ({ kind: 'methods-ticked', by, atHand: [] }),
  'both at hand': () => ({ kind: 'methods-ticked', by, atHand: ['app', 'mobile'] }),
  'callback chosen': () => ({ kind: 'callback-chosen', by, numberRef: 'office' }),
  'caller answered': () => ({ kind: 'callback-recorded', by, outcome: 'answered-by-caller' }),
  'nobody answered': () => ({ kind: 'callback-recorded', by, outcome: 'nobody' }),
  'seen in person': () => ({ kind: 'seen-in-person', by, place: 'Reception' }),
  'manager asked': (_at, facts) => ({ kind: 'manager-asked', by, facts }),
  'manager confirms': (at, facts) => managerSays(at, true, facts),
  approved: ({ state }) => ({
    kind: 'approval-decided',
    by: APPROVER,
    roles: ['approver'],
    approved: true,
    subject: state.kind === 'awaiting-approval' ? state.subject : '',
    reasonGiven: true,
  }),
  issue: (_at, facts) => ({ kind: 'issue-pressed', by, facts, orderId: 'o1', timeLeft: 'enough', stillMay: STILL_MAY }),
  'read again': (_at, facts) => ({ kind: 'snapshot-read-again', by, facts }),
  'read by the bot': (_at, facts) => ({ kind: 'snapshot-read-again', by: 'hardline', facts }),
  'time passed': () => ({ kind: 'time-passed' }),
};

/** Presses that decide on facts of their own; the others decide on what the case knows. */
export const READS_FACTS: ReadonlySet<string> = new Set([
  'manager asked',
  'manager confirms',
  'issue',
  'read again',
  'read by the bot',
]);

/** Everything, read one minute later. */
export const ALL_READ: CallerFacts = { ...FACTS, readAt: after(1) };
