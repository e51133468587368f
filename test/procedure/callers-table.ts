/** Reads callers.json: the shorthand of its rows as facts and policies. The file itself describes its format. */
import type { LicenseFacts } from '../../src/procedure/diagnosis.ts';
import type { Age, CallerFacts, Instant, MethodKind, NumberOnRecord, Reading } from '../../src/procedure/facts.ts';
import type { RoleFact, UnreadReason } from '../../src/procedure/facts.ts';
import { HARMLESS_ROLES, type Policy } from '../../src/procedure/policy.ts';
import table from './callers.json' with { type: 'json' };
import { DAY, FACTS, GLOBAL_ADMIN, NOW, OF_THEIR_OWN, read, REPORTS_READER, TECHNICIAN, unread } from './people.ts';

/** One row of the table. */
export interface CallerRow {
  readonly who: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly policy?: Partial<Policy>;
  readonly license?: 'none' | 'unread';
  readonly technician?: 'the caller';
  readonly stops: readonly string[];
  readonly missing?: readonly string[];
  readonly verdict?: string;
  readonly recommend: string;
  readonly ticks: readonly string[];
  readonly then: string;
  readonly proof?: 'callback' | 'in-person' | 'manager';
  readonly place?: string;
  readonly after?: string;
  readonly atIssue?: Readonly<Record<string, unknown>>;
  readonly issue?: string;
}

/** All rows. */
export const CALLERS = table.callers as readonly CallerRow[];

const KINDS: Readonly<Record<string, MethodKind>> = {
  app: 'authenticator-app',
  totp: 'software-token',
  hardware: 'hardware-token',
  mobile: 'mobile-phone',
  alternate: 'alternate-mobile-phone',
  email: 'email',
  questions: 'security-questions',
  passkey: 'passkey',
  hello: 'windows-hello',
};

const ROLES: Readonly<Record<string, string>> = {
  'Global Administrator': GLOBAL_ADMIN,
  'Helpdesk Administrator': '729827e3-9c14-49f7-bb1b-9608f156bbb8',
  'User Administrator': 'fe930be7-5e62-47db-91af-98c3a49a38b1',
  'a custom role': '11111111-2222-4333-8444-555555555555',
  'Reports Reader': REPORTS_READER,
  'Message Center Reader': '790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b',
  'Directory Readers': HARMLESS_ROLES[0] ?? '',
};

const MEMBER = { enabled: true, kind: 'member', synced: false, managementRestricted: false } as const;
const ACCOUNTS = {
  'internal-guest': { ...MEMBER, kind: 'internal-guest' },
  'external-guest': { ...MEMBER, kind: 'external-guest' },
  synced: { ...MEMBER, synced: true },
  disabled: { ...MEMBER, enabled: false },
  restricted: { ...MEMBER, managementRestricted: true },
} as const;
const REPORT = {
  ssprEnabled: true,
  ssprRegistered: true,
  ssprCapable: true,
  hasSecurityQuestions: false,
  reportAt: NOW,
};
const REPORTS = {
  off: { ...REPORT, ssprEnabled: false, ssprCapable: false },
  unregistered: { ...REPORT, ssprRegistered: false, ssprCapable: false },
} as const;
const ALLOWED = FACTS.passPolicy.kind === 'read' ? FACTS.passPolicy.value : assertNever();
const OFFICE: NumberOnRecord = {
  ref: 'office',
  source: 'directory-office',
  lastDigits: '42',
  digest: 'digest-office',
  ...OF_THEIR_OWN,
  age: read({ since: (NOW - 900 * DAY) as Instant, changed: true }),
};

/** The usual caller, who has everything a row does not mention. */
const USUAL: CallerFacts = { ...FACTS, numbers: read([OFFICE]) };

/** How each part of the shorthand is read. */
const PARTS: Readonly<Record<string, (word: never) => Partial<CallerFacts>>> = {
  account: (word: keyof typeof ACCOUNTS) => ({ account: read(ACCOUNTS[word]) }),
  methods: (kinds: readonly string[]) => ({
    methods: read(kinds.map((ref) => ({ ref, kind: found(KINDS, ref), masked: '', digest: null, registeredAt: null }))),
  }),
  report: (word: keyof typeof REPORTS) => ({ registration: read(REPORTS[word]) }),
  roles: (names: readonly string[]) => ({ activeRoles: read(names.map((name) => roleOf(name, 'active'))) }),
  eligible: (names: readonly string[]) => ({ eligibleRoles: read(names.map((name) => roleOf(name, 'eligible'))) }),
  groups: (names: readonly string[]) => ({
    groups: read({
      inRoleAssignableGroup: names.includes('role-assignable'),
      inProtectedGroup: names.includes('protected'),
      inVipGroup: names.includes('vip'),
      inHelpdeskGroup: names.includes('helpdesk'),
    }),
  }),
  passPolicy: (word: 'off' | 'out-of-scope') => ({
    passPolicy: read({ ...ALLOWED, enabled: word !== 'off', callerInScope: word !== 'out-of-scope' }),
  }),
  risk: (word: 'low' | 'medium' | 'high' | 'compromised') => ({
    risk: read(
      word === 'compromised'
        ? { level: 'none', confirmedCompromised: true }
        : { level: word, confirmedCompromised: false },
    ),
  }),
  history: (word: 'objected' | 'denied' | `${number} before`) => ({
    history: read({
      contactsLastDay: word === 'objected' || word === 'denied' ? 0 : Number.parseInt(word, 10),
      contactsLastMonth: word === 'objected' || word === 'denied' ? 0 : Number.parseInt(word, 10),
      objectedAt: word === 'objected' ? NOW : null,
      noes: word === 'denied' ? [{ kind: 'approval-denied', at: NOW }] : [],
    }),
  }),
  numbers: (words: readonly `${'office' | 'mobile'} ${string}`[]) => ({ numbers: read(words.map(numberOf)) }),
  manager: (word: 'nobody' | 'the technician') => ({ manager: read(word === 'nobody' ? null : TECHNICIAN) }),
  managerAge: (words: string) => ({ managerAge: read(ageOf(words)) }),
  close: (word: 'yes' | 'no') => ({ closeToTechnician: read(word === 'yes') }),
};

/** The facts a part of the shorthand stands for. */
const FACT_OF: Readonly<Record<string, keyof CallerFacts>> = {
  report: 'registration',
  roles: 'activeRoles',
  eligible: 'eligibleRoles',
  close: 'closeToTechnician',
};

/** The facts of a row. */
export function factsOf(words: Readonly<Record<string, unknown>>, usual: CallerFacts = USUAL): CallerFacts {
  let facts = usual;
  for (const [part, word] of Object.entries(words)) {
    const change = found(PARTS, part);
    const unread = typeof word === 'string' && word.startsWith('unread: ');
    const why = unread ? (word.slice('unread: '.length) as UnreadReason) : null;
    facts = {
      ...facts,
      ...(why === null ? change(word as never) : { [FACT_OF[part] ?? part]: { kind: 'unread', why } }),
    };
  }
  return facts;
}

/** What was read about the plans. */
export function licenseFactsOf(row: CallerRow): Reading<LicenseFacts> {
  if (row.license === 'unread') return { kind: 'unread', why: 'denied' };
  return read({ selfServiceReset: row.license !== 'none', plans: [] });
}

function roleOf(name: string, how: RoleFact['how']): RoleFact {
  return { templateId: found(ROLES, name), name, how };
}

function numberOf(word: string): NumberOnRecord {
  const [ref = '', ...words] = word.split(' ');
  const age: NumberOnRecord['age'] = words.join() === 'unknown' ? unread : read(ageOf(words.join(' ')));
  return { ...OFFICE, ref, source: ref === 'office' ? 'directory-office' : 'directory-mobile', age };
}

/** `5` and `changed 5`: changed five days ago. `watched 5`: not changed in the five days that somebody looked. */
function ageOf(words: string): Age {
  const days = Number(words.replace(/^[a-z]+ /, ''));
  return { since: (NOW - days * DAY) as Instant, changed: !words.startsWith('watched') };
}

function found<T>(map: Readonly<Record<string, T>>, name: string): T {
  const value = map[name];
  if (value === undefined) throw new Error(`callers.json: nobody knows "${name}"`);
  return value;
}

function assertNever(): never {
  throw new Error('the usual caller has a pass policy');
}
