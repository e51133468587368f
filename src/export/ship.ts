/**
 * Ships the ledger to a destination, in order, each entry at least once: where it has got to is kept in the database, and only
 * moved on when the destination has confirmed. After a crash in between, a few entries are sent again, with the same id.
 * A run does a bounded amount of work and never waits for a pause to end, so it can be called from a timer; memory holds one
 * batch, however long the destination was away.
 */
import type { ChainedEntry, ShippingSource } from '../casework/ports/ledger-stream.ts';
import type { Log } from '../casework/ports/log.ts';
import type { Destination, Sent } from './destination.ts';
import { idOf } from './jsonl.ts';
import type { ShippingMetrics } from './metrics.ts';

/** Entries per batch. */
const BATCH = 200;
/** A batch ends when its details are longer than this together, in characters. */
const LARGEST_BATCH = 1_000_000;
/** Batches per run; the next run goes on. */
const BATCHES_PER_RUN = 50;
const SHORTEST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
/** The longest pause that a receiver may ask for. */
const LONGEST_ASKED_MS = 60 * 60_000;
/** An entry that is refused alone is tried this often before it is left out. */
const TRIES_OF_A_REFUSED = 3;
/** While a destination is away, the log says so this often. */
const SAY_EVERY_MS = 10 * 60_000;

/** What a shipper works with. */
export interface ShipperParts {
  readonly source: ShippingSource;
  readonly destination: Destination;
  readonly log: Log;
  readonly metrics: ShippingMetrics;
  /** Milliseconds on a clock that is never set. */
  readonly clock: () => number;
  /** From 0 up to 1; spreads the tries of several bots. */
  readonly random: () => number;
  /** Whether this process is the one that ships; one of several does. */
  readonly mayShip: () => Promise<boolean>;
}

/** What became of a batch once a refused entry in it was dealt with. */
type Done = Exclude<Sent, { readonly kind: 'refused' }>;

/** Ships to one destination. */
export interface Shipper {
  readonly name: string;
  /**
   * Ships what there is, if it is time for a try. Throws Fault `ledger-corrupt` at an entry that does not verify, which is not
   * shipped, and `ledger-unwritable` when it could not be kept that something was shipped.
   */
  run(): Promise<void>;
  close(): void;
}

/** Makes a shipper. */
export function shipperTo(parts: ShipperParts): Shipper {
  const { source, destination, log, metrics, clock, random } = parts;
  const to = destination.name;
  let failures = 0;
  let notBefore = 0;
  let saidAt: number | null = null;
  const refusals = { seq: 0, count: 0 };

  const pause = (askedMs: number | null): number => {
    const own = Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS * 2 ** Math.min(failures - 1, 16)) * (0.75 + random() / 2);
    return Math.max(own, Math.min(askedMs ?? 0, LONGEST_ASKED_MS));
  };
  /** The pause stands from here on, so that a run that throws is not repeated at once. */
  const beginTry = (): void => {
    failures += 1;
    notBefore = clock() + pause(null);
  };
  const succeeded = (): void => {
    failures = 0;
    notBefore = 0;
    if (saidAt === null) return;
    saidAt = null;
    log.info({ to }, 'the ledger is shipped again');
  };
  const failed = ({ why, afterMs }: Sent & { kind: 'later' }, backlog: number): void => {
    notBefore = clock() + pause(afterMs);
    metrics.failed(to, why);
    if (saidAt !== null && clock() - saidAt < SAY_EVERY_MS) return;
    saidAt = clock();
    log.warn({ to, why, backlog }, 'the ledger cannot be shipped; it is tried again');
  };
  const arrived = async (upTo: ChainedEntry, count: number): Promise<void> => {
    await source.markShipped(to, { seq: upTo.seq, hash: upTo.hash });
    metrics.shipped(to, count);
  };

  /** What to do about an entry that is refused by itself. */
  const refusedAlone = async (entry: ChainedEntry, why: string): Promise<Done> => {
    refusals.count = refusals.seq === entry.seq ? refusals.count + 1 : 1;
    refusals.seq = entry.seq;
    if (refusals.count < TRIES_OF_A_REFUSED) return { kind: 'later', why, afterMs: null, arrived: 0 };
    log.error({ to, why, seq: entry.seq, id: idOf(entry) }, 'the receiver refuses an entry; it was left out');
    await arrived(entry, 0);
    metrics.leftOut(to);
    return { kind: 'accepted' };
  };

  /** A batch with a refused entry in it is sent again in halves, until the refused entry is alone. */
  const send = async (entries: readonly ChainedEntry[]): Promise<Done> => {
    const [first] = entries;
    const last = entries.at(-1);
    if (first === undefined || last === undefined) return { kind: 'accepted' };
    const sent = await destination.send(entries);
    if (sent.kind === 'accepted') await arrived(last, entries.length);
    if (sent.kind === 'later' && sent.arrived > 0) {
      await arrived(entries[sent.arrived - 1] ?? last, sent.arrived);
      failures = 1; // it goes on, if slowly
    }
    if (sent.kind !== 'refused') return sent;
    if (first === last) return refusedAlone(first, sent.why);
    const half = Math.ceil(entries.length / 2);
    const before = await send(entries.slice(0, half));
    return before.kind === 'accepted' ? send(entries.slice(half)) : before;
  };

  return {
    name: to,
    async run() {
      if (clock() < notBefore || !(await parts.mayShip())) return;
      for (let batch = 0; batch < BATCHES_PER_RUN; batch += 1) {
        beginTry();
        const place = await source.shippedUpTo(to);
        const backlog = Math.max((await source.head()).seq - place.seq, 0);
        metrics.backlog(to, backlog);
        const sent = await send(upToSize(await source.entriesAfter(place, BATCH)));
        if (sent.kind === 'later') {
          failed(sent, backlog);
          return;
        }
        succeeded();
        if (backlog === 0) return;
      }
    },
    close: () => {
      destination.close();
    },
  };
}

/** As many entries as fit into a batch, and at least one. */
function upToSize(entries: readonly ChainedEntry[]): readonly ChainedEntry[] {
  let size = 0;
  const end = entries.findIndex((entry, index) => {
    size += JSON.stringify(entry.detail).length;
    return index > 0 && size > LARGEST_BATCH;
  });
  return end === -1 ? entries : entries.slice(0, end);
}
