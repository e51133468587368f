/**
 * A ledger watched from outside: what was committed and when, as casework saw it, and a way to let any write fail.
 * The ledger behind it is the real one; nothing is answered that it did not answer.
 */
import { Fault } from '../../src/casework/ports/fault.ts';
import { misfitsOf } from '../../src/casework/ports/events/catalogue.ts';
import type { Ledger, LedgerEntry, RecordedEntry, StoredCase } from '../../src/casework/ports/ledger.ts';
import type { Case, CaseId } from '../../src/procedure/case.ts';
import type { Instant, PersonId } from '../../src/procedure/facts.ts';

/** An entry that is known to be durable. */
export interface Kept extends LedgerEntry {
  readonly at: Instant;
}

/** What the tests know about one ledger file, across restarts. */
export interface AuditLog {
  readonly kept: Kept[];
  /** Intents that are durable, by id. */
  readonly intents: Map<string, Kept>;
  /** Number of durable outcomes of an intent. */
  readonly outcomes: Map<string, number>;
  /** Writes asked for so far, of any kind. */
  writes: number;
  /** Whether the write of this number fails, before anything of it is written. */
  fails: (write: number) => boolean;
  /** What every write waits for, before it is made and before its answer is heard. */
  pause: () => Promise<void>;
  /** Called when a step is about to order a pass, with the facts of that very moment. */
  onOrder: (from: StoredCase, next: Case, at: Instant) => void;
  /** Called when that step was written: it came first, and the pass is ordered. */
  onOrdered: (next: Case) => void;
}

export function openAuditLog(): AuditLog {
  return {
    kept: [],
    intents: new Map(),
    outcomes: new Map(),
    writes: 0,
    fails: () => false,
    pause: () => Promise.resolve(),
    onOrder: () => undefined,
    onOrdered: () => undefined,
  };
}

/** Intents without an outcome about a person, as the ledger has promised them so far. */
export function openIntents(auditLog: AuditLog, about: PersonId): readonly Kept[] {
  return [...auditLog.intents.values()].filter(
    (one) => one.about === about && !auditLog.outcomes.has(one.intentId ?? ''),
  );
}

/** Throws for an entry that is not as the catalogue of codes describes it. */
export function assertListed(
  entries: readonly Pick<LedgerEntry, 'code' | 'detail'>[] | readonly RecordedEntry[],
): void {
  for (const entry of entries) {
    const wrong = 'erased' in entry.detail ? [] : misfitsOf(entry);
    if (wrong.length > 0) throw new Error(`the entry ${entry.code} is not as listed: ${wrong.join(', ')}`);
  }
}

/** The same ledger, watched. */
export function watched<L extends Ledger>(ledger: L, auditLog: AuditLog): L {
  const keep = (entries: readonly LedgerEntry[], at: Instant): void => {
    for (const entry of entries) {
      const kept = { ...entry, at };
      auditLog.kept.push(kept);
      if (entry.intentId === null) continue;
      if (entry.code.endsWith('.intent')) auditLog.intents.set(entry.intentId, kept);
      else auditLog.outcomes.set(entry.intentId, (auditLog.outcomes.get(entry.intentId) ?? 0) + 1);
    }
  };
  const counted = async (): Promise<void> => {
    await auditLog.pause();
    auditLog.writes += 1;
    if (auditLog.fails(auditLog.writes)) throw new Fault('ledger-unwritable', { internal: 'disk full' });
  };
  return {
    ...ledger,
    async record(entries, at) {
      await counted();
      await ledger.record(entries, at);
      keep(entries, at);
      await auditLog.pause();
    },
    async recordArrival(arrival, entries, at) {
      await counted();
      const answer = await ledger.recordArrival(arrival, entries, at);
      if (answer === 'first') keep(entries, at);
      await auditLog.pause();
      return answer;
    },
    async openCase(draft, entries, at, also = {}) {
      await counted();
      const answer = await ledger.openCase(draft, entries, at, also);
      keep(also.before ?? [], at);
      if (answer.kind === 'opened') keep(entries(answer.stored.case.id), at);
      return answer;
    },
    async advance(from, next, entries, at, also = {}) {
      const orders = next.state.kind === 'issuing' && from.case.state.kind !== 'issuing';
      if (orders) auditLog.onOrder(from, next, at);
      await counted();
      const answer = await ledger.advance(from, next, entries, at, also);
      keep(also.before ?? [], at);
      if (answer.kind === 'written') keep(entries, at);
      if (orders && answer.kind === 'written') auditLog.onOrdered(next);
      await auditLog.pause();
      return answer;
    },
    // A look whether it can be written is no write, so it is not counted among them.
    checkWritable() {
      const fails = auditLog.fails(auditLog.writes + 1);
      return fails ? Promise.reject(new Fault('ledger-unwritable', { internal: 'disk full' })) : ledger.checkWritable();
    },
    async firstSight(activityId, at) {
      await counted();
      return ledger.firstSight(activityId, at);
    },
    async rememberConversation(key, roles, at) {
      await counted();
      await ledger.rememberConversation(key, roles, at);
    },
    async releaseCard(id: CaseId) {
      await counted();
      await ledger.releaseCard(id);
    },
    async rememberCard(id: CaseId, place) {
      await counted();
      await ledger.rememberCard(id, place);
    },
    async rememberRequestCard(id: CaseId, purpose, person, place) {
      await counted();
      await ledger.rememberRequestCard(id, purpose, person, place);
    },
    async takeRequestCards(id: CaseId, purpose) {
      await counted();
      return ledger.takeRequestCards(id, purpose);
    },
  };
}
