/**
 * Opens the ledger: the file, its schema, its verification, and the Ledger port on top.
 * A ledger that does not verify is not opened for writing. Whether to go on without it is for the caller to decide.
 */
import { randomUUID, type KeyObject } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Kysely } from 'kysely';
import { SOURCE_DELAYS } from '../procedure/ages.ts';
import type { SourceDelays } from '../procedure/ages.ts';
import type { Instant, PersonId } from '../procedure/facts.ts';
import type { Actor, Ledger } from '../casework/ports/ledger.ts';
import type { Leases } from '../casework/ports/leases.ts';
import { REAL_TIMING, type Timing } from '../casework/ports/runtime.ts';
import type { ShippingSource } from '../casework/ports/ledger-stream.ts';
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
import { erase, type Erasure } from './erase.ts';
import { exportAbout, type AboutPerson } from './export.ts';
import { exportsMade, type TakenIn } from './exports-made.ts';
import { asFault, corrupt, unsuitable, unwritable } from './failures.ts';
import { useIndexKey, openIndexKey } from './index-key.ts';
import { leases } from './leases.ts';
import { records } from './records.ts';
import { requestCards } from './request-cards.ts';
import { migrate } from './schema.ts';
import { seenActivities } from './seen-activities.ts';
import { shipping } from './shipping.ts';
import type { Tables } from './tables.ts';
import { tenantIndex } from './tenant-index.ts';
import { verifyFile, type Verdict } from './verify.ts';
import { verifyAside } from './verify-worker.ts';
import { writeQueue, type WriteQueue } from './write-queue.ts';

/** What the ledger needs to open. */
export interface LedgerOptions {
  /** Path of the database file, on a local disk. Made when missing, with its folder. */
  readonly file: string;
  /** The clock, looked at once: a machine whose clock is far behind the ledger must not judge what is fresh. */
  readonly now: () => Instant;
  /** Names a new ledger; asked once in its life. */
  readonly newId: () => string;
  /** Ed25519 private key that signs checkpoints; without it they are not signed. */
  readonly signingKey?: KeyObject;
  /** Gets each checkpoint as text, to be kept outside of this machine. Must not throw. */
  readonly onCheckpoint?: (text: string) => void;
  /** Salt of details and cases; unguessable by default. */
  readonly newSalt?: () => string;
  /** Key of the digests in the tenant index; without it, one is kept beside the ledger. See index-key.ts. */
  readonly indexKey?: KeyObject;
  /** Told when the tenant index was written with another key, and how many facts it therefore forgot. Must not throw. */
  readonly onNewIndexKey?: (forgotten: number) => void;
  /** How late Microsoft's sources may be; asked at every update of the tenant index. */
  readonly sourceDelays?: () => SourceDelays;
  /**
   * The number of the newest entry, when an operator has confirmed that the clock was wrong as it was written. The ledger then
   * opens although that entry is more than a day ahead.
   */
  readonly aheadEntry?: number | null;
  /** Told when that was needed, and how far ahead the entry is, in milliseconds. Must not throw. */
  readonly onAheadAccepted?: (entry: number, aheadMs: number) => void;
  /** How the wait for the lock of another program is measured; real time otherwise. */
  readonly timing?: Timing;
}

/** The ledger, opened: the port of casework and what operators need. */
export interface OpenedLedger extends Ledger {
  /** What is remembered of the tenant, in the same database. */
  readonly tenantIndex: TenantIndex;
  /** The entries for a SIEM, and how far each destination has them. */
  readonly shipping: ShippingSource;
  /** Verifies everything, off the main thread. */
  verify(): Promise<Verdict>;
  /** Makes a checkpoint now, hands it to `onCheckpoint`, and returns its text. To be called at least every hour. */
  checkpoint(): Promise<string>;
  exportAbout(person: PersonId): Promise<AboutPerson>;
  /** Writes the entries of the exports that `ledger:export` made. To be called every minute. See exports-made.ts. */
  takeInExports(at: Instant): Promise<TakenIn>;
  /** See erase.ts. `by` is whoever ordered it. */
  erase(person: PersonId, at: Instant, by?: Actor): Promise<Erasure>;
  /** Copies the ledger to a new file and verifies the copy. */
  backup(file: string): Promise<Verdict>;
  /** Finishes what is waiting, then closes. Further writes throw Fault `ledger-unwritable`. */
  close(): Promise<void>;
}

/** A clock behind the newest entry by more than this is wrong, not just corrected. In milliseconds. */
const CLOCK_TOLERANCE = 24 * 60 * 60 * 1000;

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
  const database = openWriter(file);
  let indexKey: KeyObject;
  try {
    migrate(database, () => {
      const origin = `hardline/${newId()}`;
      database
        .prepare('insert into chain_head (id, origin, seq, hash) values (1, ?, 0, ?)')
        .run(origin, genesisHash(origin));
    });
    const verdict = await verifyFile(file, { since: null, publicKey: null, thorough: false });
    if (!verdict.ok) throw corrupt(`${verdict.problem} at ${verdict.at ?? 'the file'}`);
    refuseFuture(options, verdict);
    indexKey = options.indexKey ?? openIndexKey(join(dirname(file), 'index-key'));
    const outcome = useIndexKey(database, indexKey);
    if (outcome.kind === 'new-key') options.onNewIndexKey?.(outcome.forgotten);
  } catch (error) {
    database.close();
    throw error;
  }

  neverWait(database);
  const db = queryable(database);
  const emit = (end: Checkpoint): string => {
    const text = writeCheckpoint(end, signingKey);
    onCheckpoint(text);
    return text;
  };
  const self = randomUUID();
  const unfenced = writeQueue({
    database,
    timing: options.timing ?? REAL_TIMING,
    onCommitted: ({ origin, seq, hash, codes }) => {
      if (codes.some((code) => code.startsWith(PASS_CLASS))) emit({ origin, size: seq, hash });
    },
  });
  const queue = asProcess(unfenced, self);
  const reader = queryable(openReader(file, AT_ONCE));
  const index = tenantIndex({ queue, reader, key: indexKey, delays: options.sourceDelays ?? (() => SOURCE_DELAYS) });
  const held = leases({ queue: unfenced, reader, self });
  return assemble({ file, reader, queue, newSalt, emit, db, index, leases: held });
}

/** An entry from the future was written with a wrong clock, or the clock is wrong now. Only an operator can tell which. */
function refuseFuture({ now, aheadEntry, onAheadAccepted }: LedgerOptions, { newest, size }: Intact): void {
  const ahead = newest === null ? 0 : newest - now();
  if (ahead <= CLOCK_TOLERANCE) return;
  if (aheadEntry !== size) {
    throw unsuitable(
      'the clock of this machine is more than a day behind the newest ledger entry. ' +
        `When this clock is right now, start once with HARDLINE_CLOCK_WAS_WRONG=${size}`,
    );
  }
  onAheadAccepted?.(size, ahead);
}

type Intact = Pick<Extract<Verdict, { ok: true }>, 'newest' | 'size'>;

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
    const reader = queryable(openReader(file));
    const queue: WriteQueue = { write: refuse, between: refuse, close: () => Promise.resolve() };
    const index = tenantIndex({ queue, reader, key: null, delays: () => SOURCE_DELAYS });
    const none = leases({ queue, reader, self: '' });
    return assemble({ file, reader, queue, newSalt: randomSalt, emit, db: reader, index, leases: none });
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
}

function assemble({ file, reader, db, queue, newSalt, emit, index, leases: held }: Parts): OpenedLedger {
  const methods = withFaults({
    ...cases({ queue, reader, newSalt }),
    ...records({ queue, reader, newSalt }),
    ...seenActivities({ queue }),
    ...conversations({ queue, reader }),
    ...cardPlaces({ queue, reader }),
    ...requestCards({ queue, reader }),
    checkWritable: () => queue.write(() => Promise.resolve()),
    verify: () => verifyAside(file, { since: null, publicKey: null, thorough: true }),
    checkpoint: async () => emit(await endOfChain(reader)),
    exportAbout: (person: PersonId) => exportAbout(reader, person),
    takeInExports: exportsMade({ file, queue, newSalt }),
    erase: (person: PersonId, at: Instant, by: Actor = 'hardline') => erase({ queue, db, newSalt }, person, at, by),
    backup: (target: string) => backup(file, target),
    async close() {
      await queue.close();
      await reader.destroy();
      await db.destroy();
    },
  });
  return { ...methods, tenantIndex: index, leases: held, shipping: withFaults({ ...shipping({ queue, reader }) }) };
}

async function endOfChain(reader: Kysely<Tables>): Promise<Checkpoint> {
  const { origin, seq, hash } = await reader.selectFrom('chain_head').selectAll().executeTakeFirstOrThrow();
  return { origin, size: seq, hash };
}

type Methods = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>;

/** The same methods, with what SQLite reports thrown as a Fault. */
function withFaults<T extends Methods>(methods: T): T {
  const wrapped = Object.entries(methods).map(([name, method]) => [
    name,
    async (...args: never[]) => {
      try {
        return await method(...args);
      } catch (error) {
        throw asFault(error, 'reading');
      }
    },
  ]);
  return Object.fromEntries(wrapped) as T;
}
