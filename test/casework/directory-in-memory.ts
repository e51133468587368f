/**
 * The Directory port over the fixtures, and the connection to it, which can be cut: an answer that was under way when the
 * process died never arrives, whatever the directory did.
 */
import type { Directory, PassCreation } from '../../src/casework/ports/directory.ts';
import { Fault } from '../../src/casework/ports/fault.ts';
import { Secret } from '../../src/casework/ports/secret.ts';
import type { PassOrder } from '../../src/procedure/case.ts';
import type { Instant, PersonId } from '../../src/procedure/facts.ts';
import {
  clockNow,
  factsNow,
  GROUPS,
  liveOf,
  managerNow,
  methodsNow,
  MINUTE,
  type LivePass,
  type Fixtures,
} from './fixtures.ts';
import type { Role } from '../../src/procedure/actions.ts';

/** Every code begins like this, so that a search finds it wherever it leaked to. */
export const CANARY = 'CANARY';

/** One process's connection to the directory. */
export interface Connection {
  readonly directory: Directory;
  /** The process is gone: nothing that is under way is answered any more. */
  cut(): void;
  isCut(): boolean;
}

/** Gives way to everything else that is ready, `times` times. */
export async function yields(times: number): Promise<void> {
  for (let turn = 0; turn < times; turn += 1) await new Promise<void>((next) => setImmediate(next));
}

/** Connects to the fixtures. `onInstalled` is called when the app was installed for somebody. */
export function connectFixtures(
  fixtures: Fixtures,
  onInstalled: (person: PersonId) => void = () => undefined,
): Connection {
  let cut = false;
  const answer = async <T>(value: T): Promise<T> => {
    await fixtures.pause();
    return cut ? new Promise<T>(() => undefined) : value;
  };
  const asked = async <T>(value: T): Promise<T> => {
    if (fixtures.down) throw new Fault('directory-unreachable', { internal: 'test' });
    return answer(value);
  };
  const written = async <T>(value: T): Promise<T> => {
    await yields(fixtures.graphTakes);
    return answer(value);
  };
  const write = (what: 'delete' | 'end-sessions' | 'install', person: PersonId, passId: string | null = null): void => {
    const one = { what, person, orderId: null, passId };
    fixtures.onWrite(one);
    fixtures.writes.push(one);
  };
  const known = (person: PersonId) => fixtures.people.get(person) ?? null;
  const nameOf = (person: PersonId | null) => (person === null ? null : (known(person)?.displayName ?? null));

  const directory: Directory = {
    async findPeople(query, limit) {
      const words = query.toLowerCase();
      const hits = [...fixtures.people.values()].filter((person) => person.displayName.toLowerCase().includes(words));
      return asked(hits.slice(0, limit).map((person) => ({ ...person, match: 'as-written' as const })));
    },
    person: async (id) => asked(known(id)),
    async readSnapshot(caller) {
      const facts = factsNow(fixtures, caller);
      const person = known(caller);
      const managerName = facts.manager.kind === 'read' ? nameOf(facts.manager.value) : null;
      const numbers = [{ ref: 'office', digest: 'digest-office', display: '+44 20 7946 0321' }];
      return answer({ facts, profile: person === null ? null : { person, managerName, managerNumber: null, numbers } });
    },
    numbersOf: async () => answer({ kind: 'read', value: [] }),
    managerOf: async (person) => answer(managerNow(fixtures, person)),
    readSignIns: async () => answer({ kind: 'unread', why: 'not-licensed' } as const),
    readLicense: async () => answer({ kind: 'unread', why: 'denied' } as const),
    async installApp(person) {
      write('install', person);
      if (fixtures.away.has(person)) return written('not-permitted' as const);
      onInstalled(person);
      return written('installed' as const);
    },
    readMethods: async (caller) => answer({ kind: 'read', value: methodsNow(fixtures, caller) } as const),
    async readPass(caller) {
      if (!fixtures.passReadable) return answer({ kind: 'unread', why: 'timeout' } as const);
      const pass = liveOf(fixtures, caller);
      return answer({
        kind: 'read',
        value: pass === null ? null : { ...withoutCode(pass), createdAt: pass.createdAt, alive: true },
      } as const);
    },
    async createPass(caller, order) {
      const asked = { what: 'create', person: caller, orderId: order.orderId, passId: null } as const;
      fixtures.onWrite(asked);
      fixtures.writes.push(asked);
      const how = fixtures.creation;
      if (how === 'refused') return written<PassCreation>({ kind: 'refused', reason: 'policy' });
      const made = how === 'unanswered-not-created' ? null : make(fixtures, caller, order);
      if (made === null || how !== 'created') return written<PassCreation>({ kind: 'unanswered', reason: 'timeout' });
      return written<PassCreation>({ kind: 'created', pass: withoutCode(made), secret: new Secret(made.code) });
    },
    async deletePass(caller, passId) {
      write('delete', caller, passId);
      const how = fixtures.deletion;
      if (how === 'said-gone' && lagsBehind(fixtures, passId)) return written('gone' as const);
      if (how !== 'not-known' && fixtures.passes.get(caller)?.passId === passId) fixtures.passes.delete(caller);
      return written(how === 'gone' || how === 'said-gone' ? ('gone' as const) : ('not-known' as const));
    },
    async standing(person, groups) {
      if (fixtures.unreadStanding.has(person)) throw new Fault('directory-timeout', { internal: 'test' });
      const roles = fixtures.roles.get(person) ?? new Set<Role>();
      const member = new Set([...roles].map((role) => GROUPS[role]).filter((one) => groups.includes(one)));
      return asked({ enabled: !fixtures.disabled.has(person), groups: member });
    },
    async membersOf(group) {
      if (fixtures.down || fixtures.groupsDown) return answer({ kind: 'unread', why: 'unreachable' } as const);
      const isIn = (roles: ReadonlySet<Role>) => [...roles].some((role) => GROUPS[role] === group);
      const people = [...fixtures.roles].filter(([person, roles]) => isIn(roles) && !fixtures.disabled.has(person));
      const members = people.map(([id]) => ({
        id,
        displayName: nameOf(id) ?? '',
        number: fixtures.numbers.get(id) ?? null,
      }));
      return answer({ kind: 'read', value: { people: members, listed: 'all' } } as const);
    },
    async selfServiceEvents(since, about) {
      const value = fixtures.progress.filter((one) => one.progress.at >= since && about.includes(one.about));
      return answer({ kind: 'read', value } as const);
    },
    readLogNow() {
      fixtures.progress.push(...fixtures.toldWhenReadAgain.splice(0));
      return answer(undefined);
    },
    async passwordChangedAt(people) {
      const time = (person: PersonId) => ({ kind: 'read', value: fixtures.passwords.get(person) ?? null }) as const;
      return answer(new Map(people.map((person) => [person, time(person)])));
    },
    changesSeenUpTo: () => fixtures.now,
    async endSessions(person) {
      write('end-sessions', person);
      return written('ended' as const);
    },
    clock: () => clockNow(fixtures),
    now: () => fixtures.now,
  };
  return { directory: whileAlive(directory, () => cut), cut: () => void (cut = true), isCut: () => cut };
}

/** A process that was killed asks nothing any more: what it would have called next never happens. */
function whileAlive(directory: Directory, isCut: () => boolean): Directory {
  return new Proxy(directory, {
    get: (target, name, receiver): unknown =>
      isCut() ? () => new Promise(() => undefined) : Reflect.get(target, name, receiver),
  });
}

/** Servers agree again before the bot looks a second time. */
const LAG_MS = 50_000;

function lagsBehind({ lagsUntil, now }: Fixtures, passId: string): boolean {
  const until = lagsUntil.get(passId) ?? ((now + LAG_MS) as Instant);
  lagsUntil.set(passId, until);
  return now < until;
}

function make(fixtures: Fixtures, caller: PersonId, order: PassOrder): LivePass {
  const number = fixtures.made.length + 1;
  const code = `${CANARY}${number}x`;
  const usableUntil = (fixtures.now + order.lifetimeMinutes * MINUTE) as Instant;
  const pass = { passId: `pass-${number}`, orderId: order.orderId, code, createdAt: fixtures.now, usableUntil };
  fixtures.made.push(pass);
  fixtures.passes.set(caller, pass);
  return pass;
}

function withoutCode({ passId, createdAt, usableUntil }: LivePass) {
  return { passId, usableFrom: createdAt, usableUntil, oneTime: false };
}
