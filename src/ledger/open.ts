/**
 * Opens the ledger: the file, its schema, its verification, and the Ledger port on top.
 * A ledger that does not verify is not opened for writing. Whether to go on without it is for the caller to decide.
 */
import { randomUUID, type KeyObject } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { Kysely } from 'kysely';
import { SOURCE_DELAYS } from '../procedure/ages.ts';
import type { Instant, PersonId } from '../procedure/facts.ts';
import type { Actor } from '../casework/ports/ledger.ts';
import type { Leases } from '../casework/ports/leases.ts';
import { REAL_TIMING } from '../casework/ports/runtime.ts';
import type { TenantIndex } from '../casework/ports/tenant-index.ts';
import { asProcess } from './as-process.ts';
import { backup } from './backup.ts';
import { cardPlaces } from './card-places.ts';
import { cases } from './cases.ts';
import { genesisHash } from './chain.ts';
import { writeCheckpoint, type Checkpoint } from './checkpoint.ts';
import { AT_ONCE, neverWait, openReader, openWriter, queryable } from './connection.ts';
import { conversations } from './conversations.ts';
import { randomSalt } from './entry-shape.ts';
import { erase } from './erase.ts';
import { exportAbout } from './export.ts';
import { exportsMade } from './exports-made.ts';
import { asFault, unwritable } from './failures.ts';
import { refuseFuture } from './future-entry.ts';
import { headGuard, type HeadGuard, type StoredHead } from './head-guard.ts';
import { useIndexKey, openIndexKey } from './index-key.ts';
import { keptHeadPath, openKeptHead, type KeptHeadFile } from './kept-head.ts';
import { leases } from './leases.ts';
import type { LedgerOptions, OpenedLedger } from './opened-ledger.ts';
import { records } from './records.ts';
import { requestCards } from './request-cards.ts';
import { migrate } from './schema.ts';
import { ledgerKey } from './seal.ts';
import { seenActivities } from './seen-activities.ts';
import { shipping } from './shipping.ts';
import { checkStart, refuseRebirth, type CheckedStart, type StartFacts } from './start.ts';
import type { Tables } from './tables.ts';
import { tenantIndex } from './tenant-index.ts';
import { verifyBeside, type BesideVerification } from './verify-beside.ts';
import { verifyAside } from './verify-worker.ts';
import { withFaults } from './with-faults.ts';
import { writeQueue, type WriteQueue } from './write-queue.ts';

export type { LedgerOptions, OpenedLedger } from './opened-ledger.ts';

/** Ledgers with fewer entries are verified whole at every start: that takes less than a second. */
const TAIL_FROM = 20_000;

const THOROUGHLY = { since: null, publicKey: null, thorough: true } as const;

/** Entries of this class change what somebody can sign in with: each is followed by a checkpoint. */
const PASS_CLASS = 'pass.';

/**
 * Opens the ledger, makes or updates its tables, and verifies it.
 * Throws Fault `ledger-corrupt` when it does not verify, `ledger-unwritable` when durability cannot be promised,
 * `configuration` when the file is something else, lies on a network share, or belongs to a newer Hardline.
 */
export async function openLedger(options: LedgerOptions): Promise<OpenedLedger> {
  try {
    return await open(options);
  } catch (error) {
    throw asFault(error, 'writing');
  }
}

async function open(options: LedgerOptions): Promise<OpenedLedger> {
  const { file, newId, newSalt = randomSalt, signingKey = null, onCheckpoint = () => undefined } = options;
  const { onStopped = () => undefined, onWarning = () => undefined } = options;
  const key = signingKey === null ? null : ledgerKey(signingKey);
  const formerKey = options.formerKey === undefined ? null : ledgerKey(options.formerKey);
  const kept =
    key === null ? null : openKeptHead(file, (code) => onWarning(`${keptHeadPath(file)} cannot be written (${code})`));
  const facts: StartFacts = {
    ...{ file, key, formerKey, signingKey, kept },
    kind: options.start ?? 'as-usual',
    checkpoints: options.knownCheckpoints ?? [],
    traces: options.traces ?? [],
    tailFrom: options.verifyTailFrom ?? TAIL_FROM,
  };
  let database: Database | null = null;
  let indexKey: KeyObject;
  let start: CheckedStart;
  try {
    const opening = (database = openWriter(file));
    let isNew = false;
    migrate(opening, () => {
      refuseRebirth(facts);
      isNew = true;
      const origin = `hardline/${newId()}`;
      opening
        .prepare('insert into chain_head (id, origin, seq, hash) values (1, ?, 0, ?)')
        .run(origin, genesisHash(origin));
    });
    start = await checkStart(queryable(opening), facts, isNew);
    refuseFuture(options, { newest: start.newest, size: start.opened.seq });
    indexKey = options.indexKey ?? openIndexKey(join(dirname(file), 'index-key'));
    const outcome = useIndexKey(opening, indexKey);
    if (outcome.kind === 'new-key') options.onNewIndexKey?.(outcome.forgotten);
  } catch (error) {
    kept?.close();
    database?.close();
    throw error;
  }
  start.warnings.forEach(onWarning);

  neverWait(database);
  const db = queryable(database);
  const emit = (end: Checkpoint): string => {
    const text = writeCheckpoint(end, signingKey);
    kept?.keepCheckpoint(text);
    onCheckpoint(text);
    return text;
  };
  const files = [file, `${file}-wal`];
  const keep = (head: StoredHead): void => kept?.keepHead(head);
  const guard = headGuard({ files, key, formerKey, opened: start.opened, keep, onStopped });
  const self = randomUUID();
  const unfenced = writeQueue({
    database,
    guard,
    timing: options.timing ?? REAL_TIMING,
    onCommitted: ({ origin, seq, hash, codes }) => {
      if (codes.some((code) => code.startsWith(PASS_CLASS))) emit({ origin, size: seq, hash });
    },
  });
  const queue = asProcess(unfenced, self);
  const readOnly = openReader(file, AT_ONCE);
  const reader = queryable(readOnly);
  const index = tenantIndex({ queue, reader, key: indexKey, delays: options.sourceDelays ?? (() => SOURCE_DELAYS) });
  const beside = start.verified === 'whole' ? null : verifyBeside(file, { signingKey, guard, onWarning });
  const ledger = assemble({
    ...{ file, reader, queue, newSalt, emit, db, index, leases: leases({ queue: unfenced, reader, self }) },
    ...{ signingKey, guard, beside, kept, connections: [readOnly, database] },
  });
  keep(start.opened);
  try {
    await ledger.record(start.entries, options.now());
  } catch (error) {
    await ledger.close();
    throw error;
  }
  return ledger;
}

/**
 * Opens a ledger for looking at it only, without verifying it: for auditors and for a bot that must say why it does nothing.
 * Every method that writes throws Fault `ledger-unwritable`; so does `checkpoint`, which would vouch for what was not verified.
 * A case that does not fit the chain still throws `ledger-corrupt`. Throws Fault when the file cannot be opened.
 */
export function openForReading(file: string): OpenedLedger {
  const refuse = () => Promise.reject(unwritable('the ledger is open for reading only'));
  const emit = () => {
    throw unwritable('the ledger is open for reading only');
  };
  try {
    const readOnly = openReader(file);
    const reader = queryable(readOnly);
    const queue: WriteQueue = { write: refuse, between: refuse, close: () => Promise.resolve() };
    const index = tenantIndex({ queue, reader, key: null, delays: () => SOURCE_DELAYS });
    return assemble({
      ...{
        file,
        reader,
        queue,
        newSalt: randomSalt,
        emit,
        db: reader,
        index,
        leases: leases({ queue, reader, self: '' }),
      },
      ...{ signingKey: null, guard: null, beside: null, kept: null, connections: [readOnly] },
    });
  } catch (error) {
    throw asFault(error, 'reading');
  }
}

/** What an opened ledger is made of. */
interface Parts {
  readonly file: string;
  readonly reader: Kysely<Tables>;
  readonly db: Kysely<Tables>;
  readonly queue: WriteQueue;
  readonly newSalt: () => string;
  readonly emit: (end: Checkpoint) => string;
  readonly index: TenantIndex;
  readonly leases: Leases;
  readonly signingKey: KeyObject | null;
  /** `null`: nothing is written. */
  readonly guard: HeadGuard | null;
  /** The verification of the whole ledger, when the start verified its end only. */
  readonly beside: BesideVerification | null;
  readonly kept: KeptHeadFile | null;
  readonly connections: readonly Database[];
}

function assemble(parts: Parts): OpenedLedger {
  const { file, reader, db, queue, newSalt, emit, index, signingKey, guard, beside, kept, connections } = parts;
  const methods = withFaults({
    ...cases({ queue, reader, newSalt }),
    ...records({ queue, reader, newSalt }),
    ...seenActivities({ queue }),
    ...conversations({ queue, reader }),
    ...cardPlaces({ queue, reader }),
    ...requestCards({ queue, reader }),
    checkWritable: () => queue.write(() => Promise.resolve()),
    verify: () => verifyAside(file, { ...THOROUGHLY, ...(signingKey !== null && { signingKey }) }),
    checkpoint: async () => emit(await endOfChain(reader, guard)),
    exportAbout: (person: PersonId) => exportAbout(reader, person),
    takeInExports: exportsMade({ file, queue, newSalt }),
    erase: (person: PersonId, at: Instant, by: Actor = 'hardline') => erase({ queue, db, newSalt }, person, at, by),
    backup: (target: string) => backup(file, target),
    verifiedWhole: () => beside?.done ?? Promise.resolve(),
    async close() {
      await queue.close();
      await beside?.end();
      // Kysely closes a connection only after it was used; one that stays open would keep the write-ahead log in place.
      for (const connection of connections) connection.close();
      kept?.close();
    },
  });
  return {
    ...methods,
    tenantIndex: index,
    leases: parts.leases,
    shipping: withFaults({ ...shipping({ queue, reader }) }),
    stopped: () => guard?.stopped() ?? null,
  };
}

/** The end that a checkpoint vouches for: never one that somebody else wrote. */
async function endOfChain(reader: Kysely<Tables>, guard: HeadGuard | null): Promise<Checkpoint> {
  guard?.admit();
  const head = await reader
    .selectFrom('chain_head')
    .select(['origin', 'seq', 'hash', 'seal'])
    .executeTakeFirstOrThrow();
  guard?.found(head);
  guard?.beforeCommit();
  return { origin: head.origin, size: head.seq, hash: head.hash };
}
