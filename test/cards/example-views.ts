/**
 * Views to draw cards from: one company, one caller, every state. Used by the tests and by the preview.
 * Every text of people comes out of `Texts`, so that a test can make all of them hostile at once.
 */
import type { Case, CaseState, IssuedPass, Proof } from '../../src/procedure/case.ts';
import type { CallerFacts, Instant, PersonId, UnreadReason } from '../../src/procedure/facts.ts';
import type { CallerProfile, Person } from '../../src/casework/ports/directory.ts';
import type { StoredCase } from '../../src/casework/ports/ledger.ts';
import type { CaseView, SlowFacts } from '../../src/casework/ports/card-views.ts';
import type { Diagnosis, LicenseFacts, LockoutReason } from '../../src/procedure/diagnosis.ts';
import { DEFAULT_POLICY } from '../../src/procedure/policy.ts';
import { readinessOf } from '../../src/procedure/readiness.ts';

type PassHelps = Diagnosis['passHelps'];
/** Gives the text of a field of people; `ordinary` is what a harmless directory would say. */
export type Texts = (field: string, ordinary: string) => string;

/** A harmless directory. */
export const ordinary: Texts = (_field, text) => text;

export const NOW = Date.UTC(2026, 10, 20, 3, 4) as Instant;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
export const ago = (minutes: number): Instant => (NOW - minutes * MINUTE) as Instant;
export const daysAgo = (days: number): Instant => (NOW - days * DAY) as Instant;
const id = (nn: string): PersonId => `a0000000-0000-4000-8000-0000000000${nn}` as PersonId;
export const TECHNICIAN = id('01');
export const CALLER = id('10');
export const MANAGER = id('11');
export const APPROVER = id('03');

export const PASS: IssuedPass = {
  passId: 'pass-1',
  usableFrom: ago(1),
  usableUntil: (NOW + 59 * MINUTE) as Instant,
  oneTime: true,
};
export const PROOF: Proof = {
  kind: 'callback',
  numberRef: 'business-phone',
  numberDigest: 'digest-office',
  at: ago(1),
};

/** A person of the company. */
export function person(texts: Texts = ordinary, nn = '10'): Person {
  return {
    id: id(nn),
    displayName: texts('displayName', 'Lena Hartmann'),
    userPrincipalName: texts('userPrincipalName', 'lena.hartmann@fernhill.example'),
    department: texts('department', 'Quality'),
    jobTitle: texts('jobTitle', 'Test engineer'),
    isGuest: false,
  };
}

/** What people read about the caller. */
export function profile(texts: Texts = ordinary): CallerProfile {
  return {
    person: person(texts),
    managerName: texts('managerName', 'Mara Jensen'),
    managerNumber: texts('managerNumber', '+49 30 55501011'),
    numbers: [
      { ref: 'business-phone', digest: 'digest-office', display: texts('number', '+44 20 7946 0321') },
      { ref: 'mobile-phone', digest: 'digest-mobile', display: texts('number', '+44 7700 900142') },
    ],
  };
}

const read = <T>(value: T): { readonly kind: 'read'; readonly value: T } => ({ kind: 'read', value });

/** Everything was read, and no rule is against a pass. */
export function facts(texts: Texts = ordinary): CallerFacts {
  return {
    readAt: NOW,
    account: read({ enabled: true, kind: 'member', synced: false, managementRestricted: false }),
    methods: read([
      {
        ref: 'app-1',
        kind: 'authenticator-app',
        masked: texts('device', 'Lena’s phone'),
        digest: null,
        registeredAt: daysAgo(700),
      },
      {
        ref: 'mob-1',
        kind: 'mobile-phone',
        masked: texts('masked', '+44 •••• •••142'),
        digest: null,
        registeredAt: daysAgo(1100),
      },
      {
        ref: 'hello-1',
        kind: 'windows-hello',
        masked: texts('device', 'FH-LAPTOP-042'),
        digest: null,
        registeredAt: daysAgo(40),
      },
    ]),
    registration: read({
      ssprEnabled: true,
      ssprRegistered: true,
      ssprCapable: true,
      hasSecurityQuestions: false,
      reportAt: ago(200),
    }),
    activeRoles: read([]),
    eligibleRoles: read([]),
    groups: read({ inRoleAssignableGroup: false, inProtectedGroup: false, inVipGroup: false, inHelpdeskGroup: false }),
    passPolicy: read({
      enabled: true,
      callerInScope: true,
      minimumMinutes: 10,
      maximumMinutes: 480,
      defaultMinutes: 60,
      oneTimeOnly: false,
    }),
    existingPass: read(null),
    clock: read({ secondsAhead: 0 }),
    risk: read({ level: 'none', confirmedCompromised: false }),
    numbers: read([
      {
        ref: 'business-phone',
        source: 'directory-office',
        lastDigits: '21',
        digest: 'digest-office',
        unfit: null,
        others: read(0),
        age: read({ since: daysAgo(1300), changed: false }),
      },
      {
        ref: 'mobile-phone',
        source: 'directory-mobile',
        lastDigits: '42',
        digest: 'digest-mobile',
        unfit: null,
        others: read(0),
        age: read({ since: daysAgo(1), changed: true }),
      },
    ]),
    manager: read(MANAGER),
    managerAge: read({ since: daysAgo(1300), changed: false }),
    managerAccount: read({ enabled: true, kind: 'member' }),
    closeToTechnician: read(false),
    technicianNumbers: read([]),
    history: read({ contactsLastDay: 0, contactsLastMonth: 0, objectedAt: null, noes: [] }),
  };
}

/** Nothing could be read. */
export function noFacts(why: UnreadReason = 'timeout'): CallerFacts {
  const unread = { kind: 'unread', why } as const;
  return {
    readAt: NOW,
    account: unread,
    methods: unread,
    registration: unread,
    activeRoles: unread,
    eligibleRoles: unread,
    groups: unread,
    passPolicy: unread,
    existingPass: unread,
    clock: unread,
    risk: unread,
    numbers: unread,
    manager: unread,
    managerAge: unread,
    managerAccount: unread,
    closeToTechnician: unread,
    technicianNumbers: unread,
    history: unread,
  };
}

/** A case in a state. */
export function stored(state: CaseState, callerFacts: CallerFacts = facts(), number = 12): StoredCase {
  const lockout: Case = {
    id: number as Case['id'],
    technician: TECHNICIAN,
    caller: CALLER,
    openedAt: ago(6),
    movedAt: ago(1),
    facts: callerFacts,
    atHand: [],
    issued: null,
    leftBehind: null,
    reasonsFound: [],
    managersAsked: [],
    state,
  };
  return { case: lockout, version: 4 };
}

const LICENSED: LicenseFacts = { selfServiceReset: true, plans: ['Microsoft Entra ID P1'] };

/** What the sign-in log and the licenses say. */
export function slowFacts(reason: LockoutReason, texts: Texts = ordinary, passHelps: PassHelps = 'yes'): SlowFacts {
  const tenantSays = reason === 'unknown-code' ? texts('failureReason', 'Sneeze of the network.') : '';
  return {
    diagnosis: read({ reason, at: ago(12), errorCode: 50126, tenantSays, passHelps }),
    license: read({ ...LICENSED, plans: [texts('plan', 'Microsoft Entra ID P1')] }),
  };
}

/** A view of a case in a state, as casework would fill it. */
export function viewOf(state: CaseState, texts: Texts = ordinary, change: Partial<CaseView> = {}): CaseView {
  const callerFacts = facts(texts);
  return {
    stored: stored(state, callerFacts),
    matchingWords: ['river', 'lemon'],
    slowFacts: slowFacts('wrong-password', texts),
    profile: profile(texts),
    technicianName: texts('technicianName', 'Tess Lindqvist'),
    recommendation: { route: 'self-service', because: 'enough-methods' },
    stops: [],
    missing: [],
    nextReadAt: null,
    changesSeenUpTo: ago(1),
    risks: [],
    noes: [],
    approvalEndsAt: state.kind === 'awaiting-approval' ? ago(-9) : null,
    methods: (callerFacts.methods.kind === 'read' ? callerFacts.methods.value : []).map((method) => ({
      ...method,
      registeredLately: false,
      countsForSelfService: method.kind !== 'windows-hello',
      strength: method.kind === 'windows-hello' ? 'none' : 'strong',
      retires: method.kind === 'mobile-phone' ? '2027-02-01' : null,
    })),
    requiredMethods: 2,
    readiness: readinessOf(callerFacts, { kind: 'read', value: LICENSED }, DEFAULT_POLICY, NOW),
    numbers: (callerFacts.numbers.kind === 'read' ? callerFacts.numbers.value : []).map((number, index) => ({
      number,
      display: profile(texts).numbers[index]?.display ?? null,
      usable: number.source === 'directory-office',
      whyNot: number.source === 'directory-office' ? null : 'changed-lately',
    })),
    places: ['Service desk counter', 'Reception'],
    numbersShown: 'digest-of-numbers',
    managerCanVouch: true,
    plannedPass: { lifetimeMinutes: 60, oneTime: true },
    threatMode: 'normal',
    modeLine: null,
    notices: [],
    reach: null,
    selfServiceUrl: 'https://aka.ms/sspr',
    now: NOW,
    timeZone: 'UTC',
    ...change,
  };
}
