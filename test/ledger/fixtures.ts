/** Cases and entries for the ledger's tests: plausible, complete, and easy to vary. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Case, CaseId, CaseState } from '../../src/procedure/case.ts';
import type { CallerFacts, Instant, PersonId, Reading } from '../../src/procedure/facts.ts';
import type { LedgerCode } from '../../src/casework/ports/ledger-codes.ts';
import type { Ledger, LedgerEntry, StoredCase } from '../../src/casework/ports/ledger.ts';

const person = (number: number): PersonId => `a0000000-0000-4000-8000-${String(number).padStart(12, '0')}` as PersonId;
export const tess = person(1);
export const tom = person(2);
export const lena = person(10);
export const noah = person(12);

/** A Monday morning. */
export const morning = Date.UTC(2026, 0, 5, 9, 0, 0) as Instant;
export const minutesLater = (minutes: number): Instant => (morning + minutes * 60_000) as Instant;

function known<T>(value: T): Reading<T> {
  return { kind: 'read', value };
}

export const facts: CallerFacts = {
  readAt: morning,
  account: known({ enabled: true, kind: 'member', synced: false, managementRestricted: false }),
  methods: known([
    { ref: 'm1', kind: 'authenticator-app', masked: 'SM-G998B', digest: null, registeredAt: null },
    { ref: 'm2', kind: 'mobile-phone', masked: '+49 ••• ••••12', digest: 'm2-digest', registeredAt: morning },
  ]),
  registration: { kind: 'unread', why: 'not-licensed' },
  activeRoles: known([]),
  eligibleRoles: known([]),
  groups: known({ inRoleAssignableGroup: false, inProtectedGroup: false, inVipGroup: false, inHelpdeskGroup: false }),
  passPolicy: known({
    enabled: true,
    callerInScope: true,
    minimumMinutes: 60,
    maximumMinutes: 480,
    defaultMinutes: 60,
    oneTimeOnly: false,
  }),
  existingPass: known({ passId: 'earlier', createdAt: morning, alive: false }),
  clock: known({ secondsAhead: 0 }),
  risk: known({ level: 'none', confirmedCompromised: false }),
  numbers: known([
    {
      ref: 'business-phone',
      source: 'directory-office',
      lastDigits: '34',
      digest: 'office-digest',
      unfit: null,
      others: known(0),
      age: known({ since: morning, changed: true }),
    },
  ]),
  manager: known(person(11)),
  managerAge: known({ since: morning, changed: false }),
  managerAccount: known({ enabled: true, kind: 'member' }),
  closeToTechnician: known(false),
  technicianNumbers: known([]),
  history: known({ contactsLastDay: 0, contactsLastMonth: 0, objectedAt: null, noes: [] }),
};

export const askingMethods: CaseState = { kind: 'asking-methods', selfServiceFailure: null };

export function draft(over: Partial<Omit<Case, 'id'>> = {}): Omit<Case, 'id'> {
  return {
    technician: tess,
    caller: lena,
    openedAt: morning,
    movedAt: morning,
    facts,
    atHand: [],
    issued: null,
    leftBehind: null,
    reasonsFound: [],
    managersAsked: [],
    state: askingMethods,
    ...over,
  };
}

/** An entry under any code: the ledger keeps what it is given, whatever the codes of today are. */
export function entry(code: string, over: Partial<LedgerEntry> = {}): LedgerEntry {
  return { code: code as LedgerCode, actor: tess, about: lena, caseId: null, intentId: null, detail: {}, ...over };
}

/** A caller nobody has asked about yet: a caller has one open case, so every test that needs another case needs another caller. */
export function newCaller(): PersonId {
  return person((callers += 1));
}
let callers = 1000;

/** Opens a case about a new caller. */
export async function openCase(
  ledger: Ledger,
  over: Partial<Omit<Case, 'id'>> = {},
  entries: (id: CaseId) => readonly LedgerEntry[] = opened,
  at: Instant = morning,
): Promise<StoredCase> {
  const answer = await ledger.openCase(draft({ caller: newCaller(), ...over }), entries, at);
  assert.equal(answer.kind, 'opened');
  return answer.stored;
}

export const opened = (id: CaseId): readonly LedgerEntry[] => [entry('case.opened', { caseId: id })];

/** Ids that count up, so that a test reads the same twice. */
export function counting(): () => string {
  let next = 0;
  return () => `0000${++next}`.slice(-5);
}

/** A folder of its own, gone after `clean()`. */
export function scratch(): { readonly dir: string; readonly file: string; readonly clean: () => void } {
  const dir = mkdtempSync(join(tmpdir(), 'hardline-ledger-'));
  return { dir, file: join(dir, 'hardline.sqlite'), clean: () => rmSync(dir, { recursive: true, force: true }) };
}
