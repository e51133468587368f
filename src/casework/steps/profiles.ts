/**
 * Names and dialable numbers, remembered for a while in memory and read again when needed.
 * What people read about a caller is never stored; after a restart it is read again.
 */
import type { Instant, PersonId } from '../../procedure/facts.ts';
import { Fault } from '../ports/fault.ts';
import type { Directory, CallerProfile, GraphFacts, Person } from '../ports/directory.ts';
import type { Deadline } from '../ports/runtime.ts';

const REMEMBER_MS = 10 * 60_000;
const REMEMBER_PEOPLE = 500;

/** The memory of names. Look-ups answer `null` where the directory does not, and where there is no time left to ask it. */
export interface Profiles {
  /** What is known about a caller now; reads the directory when nothing is remembered. */
  of(caller: PersonId, deadline?: Deadline): Promise<CallerProfile | null>;
  /** The display name of anybody; `null` when it cannot be read. */
  nameOf(person: PersonId, deadline?: Deadline): Promise<string | null>;
  /** Remembers the names of people who were found by a search. */
  remember(people: readonly Person[]): void;
  /** A display name only if it is remembered: for lists, which must not cost a read for each line. */
  rememberedName(person: PersonId): string | null;
  /** Reads the caller's snapshot and keeps the part that people read. */
  readSnapshot(caller: PersonId, deadline?: Deadline): Promise<GraphFacts>;
}

/** Builds the memory on a directory. */
export function createProfiles(directory: Directory, now: () => Instant): Profiles {
  const profiles = new Map<PersonId, { readonly profile: CallerProfile; readonly at: Instant }>();
  const names = new Map<PersonId, { readonly name: string; readonly at: Instant }>();

  const keep = (caller: PersonId, profile: CallerProfile | null): CallerProfile | null => {
    if (profile === null) return null;
    if (profiles.size >= REMEMBER_PEOPLE) profiles.clear();
    profiles.set(caller, { profile, at: now() });
    keepName(caller, profile.person.displayName);
    return profile;
  };
  const keepName = (person: PersonId, name: string): string => {
    if (names.size >= REMEMBER_PEOPLE) names.clear();
    names.set(person, { name, at: now() });
    return name;
  };
  const fresh = <T extends { readonly at: Instant }>(known: T | undefined): T | null =>
    known !== undefined && now() - known.at < REMEMBER_MS ? known : null;

  return {
    async of(caller, deadline) {
      const known = fresh(profiles.get(caller));
      if (known !== null) return known.profile;
      if (deadline?.left() === 0) return null;
      const { profile } = await directory.readSnapshot(caller, deadline);
      return keep(caller, profile);
    },
    async nameOf(person, deadline) {
      const known = fresh(names.get(person));
      if (known !== null) return known.name;
      if (deadline?.left() === 0) return null;
      const found = await readable(directory.person(person, deadline));
      return found === null ? null : keepName(person, found.displayName);
    },
    remember: (people) => people.forEach(({ id, displayName }) => keepName(id, displayName)),
    rememberedName: (person) => fresh(names.get(person))?.name ?? null,
    async readSnapshot(caller, deadline) {
      const { facts, profile } = await directory.readSnapshot(caller, deadline);
      keep(caller, profile);
      return facts;
    },
  };
}

/** A name is a courtesy: when the directory does not answer, the card goes out without it. */
async function readable<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}
