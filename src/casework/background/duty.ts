/**
 * The work that goes on without anybody asking is done by one process at a time: the one on duty. Which one that is, and which
 * processes live, is in the database (ports/leases.ts). A process that dies is relieved by another one a minute and a half after
 * its last sign of life, at the next look.
 */
import { processLease, type Lease, type Leases } from '../ports/leases.ts';
import type { Timing } from '../ports/runtime.ts';

/**
 * Whether other processes may work on the same ledger. `alone`: the ledger is locked for this one, so whatever another process left
 * is from one that is dead, and nobody waits for it.
 */
export type Company = 'alone' | 'others';

/** What being on duty needs. */
export interface DutyParts {
  readonly leases: Leases;
  readonly timing: Pick<Timing, 'clock'>;
  readonly company: Company;
}

/** Who does the work of all, and who lives. */
export interface Duty {
  /**
   * Gives a sign of life when one is due, looks who else lives, and goes on duty when nobody is. To be called every few seconds;
   * it writes every half minute, and never when nobody else may be there. Throws Fault when the database cannot be used.
   */
  attend(): Promise<void>;
  /** Does the work if this process is on duty, and says whether it did. What the work writes counts only while that is so. */
  onDuty(work: () => Promise<void>): Promise<boolean>;
  /**
   * The processes that live as far as this one knows, itself among them. Whoever owned something before this was asked and is not
   * among them is gone. Throws Fault when the database cannot be read.
   */
  living(): Promise<ReadonlySet<string>>;
  /** Goes off duty, so that another process need not wait. Throws Fault when the database cannot be used. */
  end(): Promise<void>;
}

/** How often a process gives a sign of life. */
const BEAT_MS = 30_000;
/** After its last sign of life a process counts on its leases for so long... */
const COUNTED_ON_MS = 80_000;
/** ...and others take them when they have seen none for so long. The difference is for clocks that do not run equally fast. */
const SILENT_MS = 90_000;

const WATCH = 'background';

/** A lease as this process saw it, and since when it has been so, by this process's own clock. */
interface Seen {
  readonly lease: Lease;
  readonly since: number;
}

/** Builds it, off duty. */
export function createDuty({ leases, timing: { clock }, company }: DutyParts): Duty {
  const { self } = leases;
  /** What others hold. It is read again at every look, and says nothing that the database does not. */
  let seen: ReadonlyMap<string, Seen> = new Map();
  let own: Lease | null = null;
  let countsUntil = -Infinity;
  let beatAt = -Infinity;
  let attending: Promise<void> | null = null;

  const isSilent = ({ lease, since }: Seen): boolean =>
    lease.holder === null || company === 'alone' || clock() - since >= SILENT_MS;

  const giveSign = async (): Promise<void> => {
    const began = clock();
    const held = await leases.renew();
    if (held.every(({ name }) => name !== processLease(self))) await leases.take(processLease(self), null);
    own = held.find(({ name }) => name === WATCH) ?? null;
    countsUntil = began + COUNTED_ON_MS;
    beatAt = began;
  };

  const look = async (): Promise<void> => {
    const now = clock();
    const all = await leases.all();
    seen = new Map(
      all.map((lease) => {
        const before = seen.get(lease.name);
        return [lease.name, before !== undefined && isSame(before.lease, lease) ? before : { lease, since: now }];
      }),
    );
  };

  const relieve = async (): Promise<void> => {
    const began = clock();
    const watch = seen.get(WATCH);
    if (watch !== undefined && !isSilent(watch)) return;
    own = await leases.take(WATCH, watch?.lease ?? null);
    if (own !== null) countsUntil = began + COUNTED_ON_MS;
  };

  /** What the dead had under way is nobody's from here on (recovery.ts). */
  const buryTheDead = async (): Promise<void> => {
    for (const one of seen.values()) {
      const { name, holder } = one.lease;
      if (holder === null || holder === self || name !== processLease(holder) || !isSilent(one)) continue;
      await leases.remove(one.lease);
    }
  };

  const attend = async (): Promise<void> => {
    const isDue = beatAt === -Infinity || (company === 'others' && clock() - beatAt >= BEAT_MS);
    if (isDue) await giveSign();
    await look();
    if (own === null) await relieve();
    if (own === null) return;
    await buryTheDead();
    await look();
  };

  const isOnDuty = (): boolean => company === 'alone' || clock() < countsUntil;

  return {
    attend() {
      attending ??= attend().finally(() => {
        attending = null;
      });
      return attending;
    },
    async onDuty(work) {
      if (own === null || !isOnDuty()) return false;
      await leases.whileHolding(own, work);
      return true;
    },
    async living() {
      await look();
      const holders = [...seen.values()].map(({ lease: { name, holder } }) => (name === WATCH ? null : holder));
      return new Set([self, ...holders.filter((holder) => holder !== null)]);
    },
    async end() {
      own = null;
      beatAt = -Infinity;
      await leases.release();
    },
  };
}

function isSame(one: Lease, other: Lease): boolean {
  return one.holder === other.holder && one.fence === other.fence && one.beat === other.beat;
}

/** One process reads the tenant for all; the others learn from the index what it read. */
export async function leadOrFollow(
  duty: Pick<Duty, 'onDuty'>,
  feed: { runDue(): Promise<void>; follow(): Promise<void> },
): Promise<void> {
  if (!(await duty.onDuty(() => feed.runDue()))) await feed.follow();
}
