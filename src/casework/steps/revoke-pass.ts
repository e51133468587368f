/**
 * Revokes a pass that nobody has seen. No turn's deadline counts here: control over a pass is worth more than the time and the
 * entries it takes.
 */
import type { CaseEvent } from '../../procedure/events.ts';
import { advanceLatest, type AdvanceParts } from './advance.ts';
import { intentEntry, outcomeEntry } from './entries.ts';
import type { Background } from '../ports/background.ts';
import type { Directory } from '../ports/directory.ts';
import { Fault } from '../ports/fault.ts';
import type { LedgerEntry, StoredCase } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { RunCase } from './run-case.ts';

/** What revoking needs. */
export interface RevocationParts extends AdvanceParts {
  readonly directory: Pick<Directory, 'deletePass'>;
  readonly effects: { readonly outbox: Outbox };
  readonly runCase: RunCase;
  readonly background: Background;
  readonly log: Log;
}

type PassUnseen = Extract<CaseEvent, { kind: 'pass-unseen' }>;

/** Revokes passes. */
export interface Revocation {
  /** The case knows this pass, and nobody has seen it: the case goes on without it. In the background. */
  unseen(stored: StoredCase, event: PassUnseen): void;
  /** The case cannot be told: the pass is deleted all the same. */
  revoke(at: StoredCase, passId: string): Promise<void>;
}

/** Builds it. */
export function createRevocation(parts: RevocationParts): Revocation {
  const { ledger, runtime, log, directory, runCase } = parts;

  /**
   * Intent and outcome are recorded if the ledger can be written; if it cannot, the pass is deleted all the same. When it cannot be
   * deleted either, the case still counts the order as unanswered, and the watch goes on looking until the pass is gone.
   */
  const revoke = async (at: StoredCase, passId: string): Promise<void> => {
    const intended = { effect: { kind: 'delete-pass', passId }, intentId: runtime.newId() } as const;
    const write = async (entry: LedgerEntry): Promise<void> => {
      try {
        await ledger.record([entry], runtime.now());
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        log.error({ case: at.case.id, code: error.code, entry: entry.code }, 'a pass is taken back without its entry');
      }
    };
    await write(intentEntry(at.case, intended));
    const gone = await directory.deletePass(at.case.caller, passId);
    await write(outcomeEntry(at.case, intended, gone));
    log.error({ case: at.case.id, deleted: gone }, 'a pass that nobody may see was taken back');
  };

  const goOnWithout = async (stored: StoredCase, event: PassUnseen): Promise<void> => {
    const { id } = stored.case;
    try {
      const after = await advanceLatest(parts, stored, event, 'hardline');
      // The step has ended the hold of the card; what it intends deletes the pass, and shows where the case is then.
      if (after.kind === 'refused') await revoke(after.stored, event.pass.passId);
      else runCase.later(after.stored, after.intended);
    } catch (error) {
      await revoke(stored, event.pass.passId);
      throw error;
    } finally {
      await parts.effects.outbox.release(id);
    }
  };

  return {
    unseen: (stored, event) => parts.background.run('a pass that nobody saw', goOnWithout(stored, event)),
    revoke,
  };
}
