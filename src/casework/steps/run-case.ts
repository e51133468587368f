/**
 * What follows a step: effects are carried out, what they report is applied, until nothing is left to do.
 * The turn does not wait for messages to others; it does wait for the ledger.
 */
import type { CaseEvent } from '../../procedure/events.ts';
import { advanceLatest, type Advance, type AdvanceParts } from './advance.ts';
import type { IntendedEffect } from './entries.ts';
import type { Log } from '../ports/log.ts';
import { runEffects, type EffectParts } from './run-effects.ts';
import type { StoredCase } from '../ports/ledger.ts';

/** What running a case needs. */
export interface RunParts extends AdvanceParts {
  readonly effects: EffectParts;
  /** Closes the cards of people who are no longer asked. */
  readonly closeRequests: (stored: StoredCase) => Promise<void>;
  readonly log: Log;
}

/** Runs cases forward. */
export interface RunCase {
  /** Applies a report of the world and everything that follows from it. Ends with the case card up to date. */
  report(stored: StoredCase, event: CaseEvent): Promise<StoredCase>;
  /** Carries out effects in the background, then brings everybody's cards up to date. */
  later(stored: StoredCase, intended: readonly IntendedEffect[]): void;
  /** Resolves when no effect is under way. */
  whenIdle(): Promise<void>;
}

/** Builds the runner. */
export function createRunCase(parts: RunParts): RunCase {
  const running = new Set<Promise<void>>();

  const follow = async (stored: StoredCase, intended: readonly IntendedEffect[]): Promise<StoredCase> => {
    let latest = stored;
    for (const event of await runEffects(parts.effects, stored, intended)) latest = await apply(latest, event);
    return latest;
  };

  const apply = async (stored: StoredCase, event: CaseEvent): Promise<StoredCase> => {
    const result: Exclude<Advance, { kind: 'stale' }> = await advanceLatest(parts, stored, event, 'hardline');
    if (result.kind === 'refused') return result.stored;
    return follow(result.stored, result.intended);
  };

  /** Everybody's cards show where the case is now; the technician's stays as it is while a pass is shown on it. */
  const show = async (stored: StoredCase): Promise<void> => {
    await Promise.all([parts.effects.outbox.refreshCard(stored.case.id), parts.closeRequests(stored)]);
  };

  return {
    async report(stored, event) {
      const after = await apply(stored, event);
      if (after.version !== stored.version) await show(after);
      return after;
    },
    later(stored, intended) {
      const run = follow(stored, intended)
        .then(show)
        .catch((error: unknown) => {
          // The ledger has the intent without an outcome; `closeOldIntents` finds it.
          const name = error instanceof Error ? error.name : 'unknown';
          parts.log.error({ case: stored.case.id, error: name }, 'an effect was not carried out to its end');
        })
        .finally(() => running.delete(run));
      running.add(run);
    },
    async whenIdle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
