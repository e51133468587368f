/** Facts and cases to start tests from: a caller nothing speaks against, with the phone at home. */
import type { Case, CaseId, CaseState } from '../../src/procedure/case.ts';
import type { CallerFacts, Instant, PersonId, Reading } from '../../src/procedure/facts.ts';
import { managerQuestion } from '../../src/procedure/decide-proof.ts';
import { isAt } from '../../src/procedure/lockout.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/procedure/policy.ts';

export const NOW = Date.parse('2026-11-20T10:00:00Z') as Instant;
export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;
export const TECHNICIAN = 'a0000000-0000-4000-8000-000000000001' as PersonId;
export const COLLEAGUE = 'a0000000-0000-4000-8000-000000000002' as PersonId;
export const APPROVER = 'a0000000-0000-4000-8000-000000000003' as PersonId;
export const LEAD = 'a0000000-0000-4000-8000-000000000004' as PersonId;
export const CALLER = 'a0000000-0000-4000-8000-000000000010' as PersonId;
export const MANAGER = 'a0000000-0000-4000-8000-000000000011' as PersonId;

export const after = (minutes: number, from: Instant = NOW): Instant => (from + minutes * MINUTE) as Instant;
export const read = <T>(value: T): Reading<T> => ({ kind: 'read', value });
export const unread = { kind: 'unread', why: 'timeout' } as const;
/** Everybody works here today, and still holds the role they approved in. */
export const STILL_MAY: Reading<readonly PersonId[]> = read([TECHNICIAN, COLLEAGUE, APPROVER, LEAD, CALLER, MANAGER]);
/** What no later read will bring. */
const absent = { kind: 'unread', why: 'missing' } as const;
export const GLOBAL_ADMIN = '62e90394-69f5-4237-9190-012177145e10';
export const REPORTS_READER = '4a5d8f65-41da-4de4-8968-e035b65339cf';

/** A number as it should be: one person's, and nobody else's. */
export const OF_THEIR_OWN = { unfit: null, others: read(0) } as const;

export const FACTS: CallerFacts = {
  readAt: NOW,
  account: read({ enabled: true, kind: 'member', synced: false, managementRestricted: false }),
  methods: read([
    {
      ref: 'app',
      kind: 'authenticator-app',
      masked: 'Phone',
      digest: null,
      registeredAt: (NOW - 400 * DAY) as Instant,
    },
    { ref: 'mobile', kind: 'mobile-phone', masked: '•• 55', digest: null, registeredAt: (NOW - 400 * DAY) as Instant },
  ]),
  registration: read({
    ssprEnabled: true,
    ssprRegistered: true,
    ssprCapable: true,
    hasSecurityQuestions: false,
    reportAt: NOW,
  }),
  activeRoles: read([]),
  eligibleRoles: read([]),
  groups: read({ inRoleAssignableGroup: false, inProtectedGroup: false, inVipGroup: false, inHelpdeskGroup: false }),
  passPolicy: read({
    enabled: true,
    callerInScope: true,
    minimumMinutes: 60,
    maximumMinutes: 480,
    defaultMinutes: 60,
    oneTimeOnly: false,
  }),
  existingPass: read(null),
  clock: read({ secondsAhead: 0 }),
  risk: read({ level: 'none', confirmedCompromised: false }),
  numbers: read([
    {
      ref: 'office',
      source: 'directory-office',
      lastDigits: '42',
      digest: 'digest-office',
      ...OF_THEIR_OWN,
      age: read({ since: (NOW - 900 * DAY) as Instant, changed: true }),
    },
    {
      ref: 'new',
      source: 'directory-mobile',
      lastDigits: '77',
      digest: 'digest-new',
      ...OF_THEIR_OWN,
      age: read({ since: (NOW - DAY) as Instant, changed: true }),
    },
    {
      ref: 'unknown',
      source: 'registered-mobile',
      lastDigits: '55',
      digest: 'digest-unknown',
      ...OF_THEIR_OWN,
      age: absent,
    },
  ]),
  manager: read(MANAGER),
  managerAge: read({ since: (NOW - 900 * DAY) as Instant, changed: false }),
  managerAccount: read({ enabled: true, kind: 'member' }),
  closeToTechnician: read(false),
  technicianNumbers: read(['digest-technician']),
  history: read({ contactsLastDay: 0, contactsLastMonth: 0, objectedAt: null, noes: [] }),
};

export const POLICY: Policy = DEFAULT_POLICY;

/** Where the owner of the account presses "This was not me", nobody has to be asked who their manager is. */
export const NOBODY_ASKED = { kind: 'unread', why: 'not-asked' } as const;

/** The manager's answer to the question of a case, with the facts that are read for it. */
export function managerSays(at: Case, speakingNow: boolean, facts: CallerFacts = at.facts) {
  const question = isAt(at, 'awaiting-manager') ? managerQuestion(at) : '';
  return { kind: 'manager-answered', by: MANAGER, speakingNow, question, facts } as const;
}

/** A case in any state, with any facts. */
export function caseIn(state: CaseState, facts: Partial<CallerFacts> = {}): Case {
  return {
    id: 12 as CaseId,
    technician: TECHNICIAN,
    caller: CALLER,
    openedAt: NOW,
    movedAt: NOW,
    facts: { ...FACTS, ...facts },
    atHand: [],
    issued: null,
    leftBehind: null,
    reasonsFound: [],
    managersAsked: [],
    state,
  };
}

/** One case in each state, as it would really look. */
export const PASS = { passId: 'p1', usableFrom: NOW, usableUntil: after(60), oneTime: false } as const;
export const PROOF = { kind: 'callback', numberRef: 'office', numberDigest: 'digest-office', at: NOW } as const;
export const ORDER = { orderId: 'o1', lifetimeMinutes: 60, oneTime: false, orderedAt: NOW, passBefore: null } as const;

/** A request to the approvers that was sent just now. */
export const ASKED = {
  kind: 'awaiting-approval',
  proof: PROOF,
  reasons: ['vip'],
  needs: 'approver',
  approvals: [],
  subject: 's',
  since: NOW,
  lastAttempt: null,
} as const;

export const ONE_OF_EACH: readonly CaseState[] = [
  { kind: 'asking-methods', selfServiceFailure: null },
  {
    kind: 'awaiting-self-service',
    since: NOW,
    progress: { step: 'link-sent', reason: null, at: NOW },
    pass: null,
  },
  {
    kind: 'awaiting-self-service',
    since: NOW,
    progress: { step: 'link-sent', reason: null, at: NOW },
    pass: PASS,
  },
  { kind: 'choosing-proof', lastAttempt: null },
  { kind: 'awaiting-callback', numberRef: 'office', numberDigest: 'digest-office', since: after(-1) },
  { kind: 'awaiting-manager', manager: MANAGER, since: NOW },
  ASKED,
  { kind: 'ready-to-issue', proof: PROOF, approvals: [], lastAttempt: null },
  { kind: 'issuing', proof: PROOF, approvals: [], order: ORDER, then: null },
  { kind: 'uncertain-pass', order: ORDER, then: 'choosing-proof', firstNotFoundAt: null },
  {
    kind: 'awaiting-backup-method',
    pass: PASS,
    issuedOn: null,
    since: NOW,
    methodsBefore: [
      { ref: 'app', digest: null },
      { ref: 'mobile', digest: null },
    ],
    newMethods: [],
  },
  { kind: 'withdrawing-pass', pass: PASS, since: NOW, then: 'choosing-proof', firstGoneAt: null },
  { kind: 'closed', at: NOW, closing: { outcome: 'abandoned', because: 'caller-hung-up' } },
];
