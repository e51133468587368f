/**
 * Requests that were refused before a turn began: forged or outdated tokens, another tenant, floods. Whoever sends them decides how
 * many there are, so they are counted by the code of their refusal, and the ledger gets one entry for each code and minute. The codes
 * are ours; nothing that was sent gets here. What was counted when the process dies is lost; the log has a line by then.
 */
import { entryOf } from '../ports/events/catalogue.ts';
import type { Ledger, LedgerEntry } from '../ports/ledger.ts';
import type { Runtime, Timing } from '../ports/runtime.ts';
import type { RefusedByGuard } from '../ports/turn.ts';

/** Counts them. */
export interface GuardRefusals {
  note(refused: RefusedByGuard): void;
  /**
   * Writes one entry for each code: of minutes that are over, or of all when the process ends. Throws Fault when the ledger cannot be
   * written; the counts are kept then.
   */
  writeCounts(which: 'ended' | 'all'): Promise<void>;
}

/** What counting needs. */
export interface GuardRefusalParts {
  readonly ledger: Pick<Ledger, 'record'>;
  readonly runtime: Pick<Runtime, 'now'>;
  readonly timing: Pick<Timing, 'clock'>;
}

const MINUTE_MS = 60_000;

/** Refusals with one code in one minute, which begins with the first of them. */
interface Counted extends RefusedByGuard {
  readonly count: number;
  readonly endsAt: number;
}

/** Builds it, with nothing counted. */
export function createGuardRefusals({ ledger, runtime, timing }: GuardRefusalParts): GuardRefusals {
  const current = new Map<string, Counted>();
  /** Of minutes that are over. As long as the ledger cannot be written, further ones of the same code are added up. */
  const ended = new Map<string, Counted>();

  const keep = (counted: Counted): void => {
    const earlier = ended.get(counted.code)?.count ?? 0;
    ended.set(counted.code, { ...counted, count: earlier + counted.count });
  };
  const end = (counted: Counted): void => {
    keep(counted);
    current.delete(counted.code);
  };

  return {
    note(refused) {
      const now = timing.clock();
      const known = current.get(refused.code);
      if (known !== undefined && known.endsAt <= now) end(known);
      const { count, endsAt } = current.get(refused.code) ?? { count: 0, endsAt: now + MINUTE_MS };
      current.set(refused.code, { ...refused, count: count + 1, endsAt });
    },
    async writeCounts(which) {
      const now = timing.clock();
      for (const counted of current.values()) if (which === 'all' || counted.endsAt <= now) end(counted);
      const due = [...ended.values()];
      if (due.length === 0) return;
      ended.clear();
      try {
        await ledger.record(due.map(entryFor), runtime.now());
      } catch (error) {
        for (const counted of due) keep(counted);
        throw error;
      }
    },
  };
}

function entryFor({ code, status, count }: Counted): LedgerEntry {
  const detail = { refusal: code, count, seconds: MINUTE_MS / 1000, ...(status !== null && { status }) };
  return entryOf('channel.refused', { actor: 'hardline' }, detail);
}
