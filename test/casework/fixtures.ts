/**
 * A small company as the directory would tell it, kept in memory: people, roles, facts, passes, and every write that was asked for.
 * Tests change the truth here; `directory-in-memory.ts` answers from it.
 */
import type { Person } from '../../src/casework/ports/directory.ts';
import type { GraphFacts } from '../../src/casework/ports/directory.ts';
import type { SelfServiceProgress } from '../../src/procedure/case.ts';
import type { GroupId, Instant, MethodKind, PersonId, RegisteredMethod } from '../../src/procedure/facts.ts';
import type { RoleGroups } from '../../src/casework/turns/access.ts';
import type { Role } from '../../src/procedure/actions.ts';
import { FACTS } from '../procedure/people.ts';

export const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const id = (number: number): PersonId =>
  `a0000000-0000-4000-8000-0000000000${String(number).padStart(2, '0')}` as PersonId;
const group = (number: number): GroupId =>
  `b0000000-0000-4000-8000-0000000000${String(number).padStart(2, '0')}` as GroupId;

export const TESS = id(1);
export const TOM = id(2);
export const ADA = id(3);
export const ABEL = id(4);
export const LENA = id(10);
export const MARA = id(11);
export const SOFIA = id(13);
export const GRACE = id(18);
export const STRANGER = id(60);

/** Names as people say them: a technician opens a case with them. */
export const NAMES: ReadonlyMap<PersonId, string> = new Map([
  [TESS, 'Tess Lindqvist'],
  [TOM, 'Tom Okafor'],
  [ADA, 'Ada Moreau'],
  [ABEL, 'Abel Brandt'],
  [LENA, 'Lena Hartmann'],
  [MARA, 'Mara Jensen'],
  [SOFIA, 'Sofia Rossi'],
  [GRACE, 'Grace Adeyemi'],
  [STRANGER, 'Sam Stranger'],
]);

export const GROUPS: RoleGroups = { technician: group(1), approver: group(2), auditor: group(3), lead: group(4) };

/** Tom is technician and approver, Ada approver and lead: some people hold two roles. */
const ROLES: readonly (readonly [PersonId, readonly Role[]])[] = [
  [TESS, ['technician']],
  [TOM, ['technician', 'approver']],
  [ADA, ['approver', 'lead']],
  [ABEL, ['approver']],
];

const MANAGERS: ReadonlyMap<PersonId, PersonId> = new Map([
  [LENA, MARA],
  [SOFIA, MARA],
  [MARA, ADA],
  [TESS, ADA],
  [TOM, ADA],
  [GRACE, TOM],
]);

/** A pass out there. `orderId`: the intent that asked for it. */
export interface LivePass {
  readonly passId: string;
  readonly orderId: string;
  readonly code: string;
  readonly createdAt: Instant;
  readonly usableUntil: Instant;
}

/** A write the directory was asked for, with the order's id where there is one. */
export interface Written {
  readonly what: 'create' | 'delete' | 'end-sessions' | 'install';
  readonly person: PersonId;
  readonly orderId: string | null;
  readonly passId: string | null;
}

export type CreationAnswer = 'created' | 'refused' | 'unanswered-created' | 'unanswered-not-created';
/** `said-gone`: a server that lags behind does not find the pass, and deletes nothing, for less than a minute after the first try. */
export type DeletionAnswer = 'gone' | 'not-known' | 'not-known-but-gone' | 'said-gone';

/** The truth, and how Graph will answer. All fields are for tests to change. */
export interface Fixtures {
  now: Instant;
  readonly people: ReadonlyMap<PersonId, Person>;
  readonly roles: Map<PersonId, Set<Role>>;
  readonly facts: Map<PersonId, Partial<GraphFacts>>;
  readonly extraMethods: Map<PersonId, readonly RegisteredMethod[]>;
  /** Passes that may work now, one a person at most: a second POST replaces the first. */
  readonly passes: Map<PersonId, LivePass>;
  readonly progress: { readonly about: PersonId; readonly progress: SelfServiceProgress }[];
  /** What the log tells only when it is read again. */
  readonly toldWhenReadAgain: { readonly about: PersonId; readonly progress: SelfServiceProgress }[];
  /** When passwords were last set; absent: never. */
  readonly passwords: Map<PersonId, Instant>;
  /** Whose Teams client speaks another language than English. */
  readonly languages: Map<PersonId, string>;
  /** Whose accounts are disabled. */
  readonly disabled: Set<PersonId>;
  /** Of whom Graph does not tell now whether they work here, and as what. */
  readonly unreadStanding: Set<PersonId>;
  /** Office numbers in the directory. */
  readonly numbers: Map<PersonId, string>;
  /** People Teams cannot reach. */
  readonly away: Set<PersonId>;
  readonly writes: Written[];
  /** Every pass ever made: no code may turn up anywhere but on its one card. */
  readonly made: LivePass[];
  creation: CreationAnswer;
  deletion: DeletionAnswer;
  /** Until when the servers lag behind about a pass, by its id. */
  readonly lagsUntil: Map<string, Instant>;
  /** Our clock, ahead of the truth by this many milliseconds. */
  ahead: number;
  passReadable: boolean;
  /** Graph does not answer questions about people and roles. */
  down: boolean;
  /** Graph does not list the members of groups. */
  groupsDown: boolean;
  /** Turns of the event loop Graph takes for a write. */
  graphTakes: number;
  /** What every answer waits for besides. */
  pause: () => Promise<void>;
  /** Called at each write, before it has an effect. */
  onWrite: (write: Written) => void;
}

export function createFixtures(now: Instant): Fixtures {
  const people = [...NAMES].map(([person, displayName]): [PersonId, Person] => {
    const userPrincipalName = `${displayName.toLowerCase().replace(' ', '.')}@fernhill.example`;
    return [
      person,
      { id: person, displayName, userPrincipalName, department: 'Works', jobTitle: null, isGuest: false },
    ];
  });
  return {
    now,
    people: new Map(people),
    roles: new Map(ROLES.map(([person, roles]) => [person, new Set(roles)])),
    facts: new Map([[GRACE, privileged()]]),
    extraMethods: new Map(),
    passes: new Map(),
    progress: [],
    toldWhenReadAgain: [],
    passwords: new Map(),
    languages: new Map(),
    disabled: new Set(),
    unreadStanding: new Set(),
    numbers: new Map(),
    away: new Set(),
    writes: [],
    made: [],
    creation: 'created',
    deletion: 'gone',
    lagsUntil: new Map(),
    ahead: 0,
    passReadable: true,
    down: false,
    groupsDown: false,
    graphTakes: 1,
    pause: () => Promise.resolve(),
    onWrite: () => undefined,
  };
}

export function privileged(): Partial<GraphFacts> {
  const role = {
    templateId: '62e90394-69f5-4237-9190-012177145e10',
    name: 'Global Administrator',
    how: 'active',
  } as const;
  return { activeRoles: { kind: 'read', value: [role] } };
}

/** The facts as Graph tells them at this moment. */
export function factsNow(fixtures: Fixtures, person: PersonId): GraphFacts {
  const { history: _history, closeToTechnician: _close, ...calm } = FACTS;
  const inHelpdeskGroup = (fixtures.roles.get(person)?.size ?? 0) > 0;
  const groups: GraphFacts['groups'] =
    calm.groups.kind === 'read' ? { kind: 'read', value: { ...calm.groups.value, inHelpdeskGroup } } : calm.groups;
  const pass = liveOf(fixtures, person);
  const existing = pass === null ? null : { passId: pass.passId, createdAt: pass.createdAt, alive: true };
  const known = { existingPass: { kind: 'read', value: existing }, clock: clockNow(fixtures) } as const;
  const facts = {
    ...calm,
    ...known,
    groups,
    readAt: ourTime(fixtures),
    manager: managerNow(fixtures, person),
    ...fixtures.facts.get(person),
  };
  return {
    ...facts,
    methods: facts.methods.kind === 'read' ? { kind: 'read', value: methodsNow(fixtures, person) } : facts.methods,
  };
}

/** The time by our own clock. */
export function ourTime({ now, ahead }: Fixtures): Instant {
  return (now + ahead) as Instant;
}

/** Our clock against the truth. */
export function clockNow({ ahead }: Fixtures): GraphFacts['clock'] {
  return { kind: 'read', value: { secondsAhead: ahead / 1000 } };
}

export function methodsNow(fixtures: Fixtures, person: PersonId): readonly RegisteredMethod[] {
  const before = FACTS.methods.kind === 'read' ? FACTS.methods.value : [];
  return [...before, ...(fixtures.extraMethods.get(person) ?? [])];
}

export function managerNow(fixtures: Fixtures, person: PersonId): GraphFacts['manager'] {
  return fixtures.facts.get(person)?.manager ?? { kind: 'read', value: MANAGERS.get(person) ?? null };
}

/** The caller registers one more method. */
export function registers(fixtures: Fixtures, person: PersonId, kind: MethodKind): void {
  const known = fixtures.extraMethods.get(person) ?? [];
  const method = { ref: `new-${kind}`, kind, masked: '', digest: null, registeredAt: fixtures.now };
  fixtures.extraMethods.set(person, [...known.filter((one) => one.ref !== method.ref), method]);
}

/** The order of a pass that nobody ordered through Hardline. */
export const ELSEWHERE = 'elsewhere';

/** Somebody creates a pass in the admin center. Like every new pass, it takes the place of the one before. */
export function createElsewhere(fixtures: Fixtures, person: PersonId, minutes: number): void {
  const passId = `elsewhere-${fixtures.writes.length}-${fixtures.now}`;
  const usableUntil = (fixtures.now + minutes * MINUTE) as Instant;
  fixtures.passes.set(person, { passId, orderId: ELSEWHERE, code: 'none', createdAt: fixtures.now, usableUntil });
}

/** The pass of a person that still works, or null. */
export function liveOf(fixtures: Fixtures, person: PersonId): LivePass | null {
  const pass = fixtures.passes.get(person);
  return pass !== undefined && pass.usableUntil > fixtures.now ? pass : null;
}
