/**
 * How a case begins: with what was read about the caller. A stop that ends cases closes it at once; the case is recorded all the
 * same, and counts as a contact.
 */
import type { Case } from './case.ts';
import { escalateStopped } from './decide-ending.ts';
import type { Effect } from './effects.ts';
import type { SnapshotRead } from './events.ts';
import type { Instant, PersonId } from './facts.ts';
import { alarmsAtOpening } from './foreign-pass.ts';
import type { Policy } from './policy.ts';
import { stopsFor } from './stops.ts';

/** A case that is about to be opened, still without the id that the ledger will give it, and what follows from opening it. */
export interface OpenedCase {
  readonly draft: Omit<Case, 'id'>;
  readonly effects: readonly Effect[];
}

/** Opens a case about `caller`, worked by whoever asked for the snapshot. */
export function openCase(caller: PersonId, { by, facts }: SnapshotRead, policy: Policy, now: Instant): OpenedCase {
  const asking: Case = {
    id: 0 as Case['id'],
    technician: by,
    caller,
    openedAt: now,
    movedAt: now,
    facts,
    atHand: [],
    issued: null,
    leftBehind: null,
    reasonsFound: [],
    managersAsked: [],
    state: { kind: 'asking-methods', selfServiceFailure: null },
  };
  const stops = stopsFor(facts, by, caller, policy);
  const ends = stops.some(({ reach }) => reach === 'case');
  const opened = ends ? escalateStopped(asking, stops, now).case : asking;
  const { id: _id, ...draft } = opened;
  return { draft, effects: alarmsAtOpening(opened) };
}
