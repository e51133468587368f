/**
 * What follows a step: effects are carried out, what they report is applied, until nothing is left to do.
 * The turn does not wait for messages to others; it does wait for the ledger.
 */
import type { CaseId } from '../../procedure/case.ts';
import type { CaseEvent } from '../../procedure/events.ts';
import type { NoticeCode } from '../ports/card-views.ts';
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

/** Runs cases forward, and remembers what each card should mention. */
export interface RunCase {
  /** Applies a report of the world and everything that follows from it. Ends with the case card up to date. */
  report(stored: StoredCase, event: CaseEvent): Promise<StoredCase>;
  /** Carries out effects in the background, then brings everybody's cards up to date. */
  later(stored: StoredCase, intended: readonly IntendedEffect[]): void;
  /** What happened on the side, for the card: reached in Teams or not. Gone after a restart. */
  noticesOf(id: CaseId): readonly NoticeCode[];
  note(id: CaseId, notice: NoticeCode): void;
  /** What was true before and is not any more. */
  forget(id: CaseId, over: readonly NoticeCode[]): void;
  /** Resolves when no effect is under way. */
  whenIdle(): Promise<void>;
}

const NOTICED_CASES = 1000;

/** Builds the runner. */
export function createRunCase(parts: RunParts): RunCase {
  const notices = new Map<CaseId, ReadonlySet<NoticeCode>>();
  const running = new Set<Promise<void>>();

  const note = (id: CaseId, notice: NoticeCode): void => {
    if (notices.size >= NOTICED_CASES) notices.clear();
    notices.set(id, new Set([...(notices.get(id) ?? []), notice]));
  };

  const forget = (id: CaseId, over: readonly NoticeCode[]): void => {
    const known = notices.get(id);
    if (known !== undefined) notices.set(id, new Set([...known].filter((notice) => !over.includes(notice))));
  };

  const follow = async (stored: StoredCase, intended: readonly IntendedEffect[]): Promise<StoredCase> => {
    const performed = await runEffects(parts.effects, stored, intended);
    forget(stored.case.id, performed.over);
    performed.notices.forEach((notice) => note(stored.case.id, notice));
    let latest = stored;
    for (const event of performed.events) latest = await apply(latest, event);
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
    noticesOf: (id) => [...(notices.get(id) ?? [])],
    note,
    forget,
    async whenIdle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
