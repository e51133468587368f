/**
 * Names and dialable numbers, remembered for a while in memory and read again when needed.
 * The one rule kept here: what people read about a caller is never stored; after a restart it is read again.
 */
import type { Instant, PersonId } from '../procedure/facts.ts';
import { Fault } from './fault.ts';
import type { Directory, Dossier, GraphFacts } from './ports.ts';

const REMEMBER_MS = 10 * 60_000;
const REMEMBER_PEOPLE = 500;

/** The memory of names. Look-ups answer `null` where the directory does not. */
export interface Dossiers {
  /** What is known about a caller now; reads the directory when nothing is remembered. */
  of(caller: PersonId): Promise<Dossier | null>;
  /** The display name of anybody; `null` when it cannot be read. */
  nameOf(person: PersonId): Promise<string | null>;
  /** A display name only if it is remembered: for lists, which must not cost a read a line. */
  rememberedName(person: PersonId): string | null;
  /** Reads the whole picture and keeps what people read of it. */
  readPicture(caller: PersonId): Promise<GraphFacts>;
}

/** Builds the memory on a directory. */
export function createDossiers(directory: Directory, now: () => Instant): Dossiers {
  const dossiers = new Map<PersonId, { readonly dossier: Dossier; readonly at: Instant }>();
  const names = new Map<PersonId, { readonly name: string; readonly at: Instant }>();

  const keep = (caller: PersonId, dossier: Dossier | null): Dossier | null => {
    if (dossier === null) return null;
    if (dossiers.size >= REMEMBER_PEOPLE) dossiers.clear();
    dossiers.set(caller, { dossier, at: now() });
    keepName(caller, dossier.person.displayName);
    return dossier;
  };
  const keepName = (person: PersonId, name: string): string => {
    if (names.size >= REMEMBER_PEOPLE) names.clear();
    names.set(person, { name, at: now() });
    return name;
  };
  const fresh = <T extends { readonly at: Instant }>(known: T | undefined): T | null =>
    known !== undefined && now() - known.at < REMEMBER_MS ? known : null;

  return {
    async of(caller) {
      const known = fresh(dossiers.get(caller));
      if (known !== null) return known.dossier;
      const { dossier } = await directory.readPicture(caller);
      return keep(caller, dossier);
    },
    async nameOf(person) {
      const known = fresh(names.get(person));
      if (known !== null) return known.name;
      const found = await readable(directory.person(person));
      return found === null ? null : keepName(person, found.displayName);
    },
    rememberedName: (person) => fresh(names.get(person))?.name ?? null,
    async readPicture(caller) {
      const { facts, dossier } = await directory.readPicture(caller);
      keep(caller, dossier);
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
