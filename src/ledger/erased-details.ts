/**
 * Which details may be missing.
 * A detail may be missing only when a later entry says that it was erased, for the same person or
 * for the same case. A detail somebody removed by hand has no such entry.
 */

/** Collects what is missing and what was erased, in the order of the chain. */
export interface MissingDetails {
  add(seq: number, about: string | null, caseId: number | null): void;
  erased(seq: number, about: string | null, caseId: number | null): void;
  count(): number;
  /** The sequence number of a gap that no later entry explains, or `null`. */
  unexplained(): number | null;
}

interface Gap {
  /** The newest record of this person and case without its detail: an erasure after it covers the older ones too. */
  readonly last: number;
  readonly about: string | null;
  readonly caseId: number | null;
}

/** Starts a collection. It grows with people and cases erased, not with the log. */
export function missingDetails(): MissingDetails {
  const missing = new Map<string, Gap>();
  const people = new Map<string, number>();
  const cases = new Map<number, number>();
  let count = 0;
  return {
    add(seq, about, caseId) {
      count += 1;
      missing.set(`${about ?? ''} ${caseId ?? ''}`, { last: seq, about, caseId });
    },
    erased(seq, about, caseId) {
      if (caseId !== null) cases.set(caseId, seq);
      else if (about !== null) people.set(about, seq);
    },
    count: () => count,
    unexplained() {
      for (const { last, about, caseId } of missing.values()) {
        const byPerson = about === null ? 0 : (people.get(about) ?? 0);
        const byCase = caseId === null ? 0 : (cases.get(caseId) ?? 0);
        if (last >= byPerson && last >= byCase) return last;
      }
      return null;
    },
  };
}
