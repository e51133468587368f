/**
 * Who does what only one process may do at a time, and which processes live. Several processes can work on one database; what they
 * agree on is in it, never in the memory of one of them.
 *
 * No clock decides who holds a lease, because the clocks of two machines differ. A holder adds a beat to its leases now and then,
 * and whoever wants one has to see the same beat for long enough, by a clock of its own that is never set.
 */

/** A lease as it stands in the database. */
export interface Lease {
  readonly name: string;
  /** The process that holds it; `null`: nobody, it was given up. */
  readonly holder: string | null;
  /** Grows by one each time the lease is taken. Whoever held it under a smaller number has lost it. */
  readonly fence: number;
  /** Changes whenever the holder says that it still lives. */
  readonly beat: number;
}

/** The leases of one database, as one process sees them. Throws Fault when the database cannot be used. */
export interface Leases {
  /** This process: the holder of its leases, and the owner of its intents. Another one after every start. */
  readonly self: string;
  /** Every lease there is. */
  all(): Promise<readonly Lease[]>;
  /** Takes a lease if it is still as it was seen; `seen`: `null` when there was none of that name. `null`: somebody else was first. */
  take(name: string, seen: Lease | null): Promise<Lease | null>;
  /** Adds a beat to every lease of this process, in one transaction. Gives those that it still holds. */
  renew(): Promise<readonly Lease[]>;
  /** Gives up every lease of this process. */
  release(): Promise<void>;
  /** Removes the lease of a process that is gone, if it is still as it was seen. */
  remove(seen: Lease): Promise<void>;
  /**
   * Runs work that only the holder of a lease may do. Whatever the work writes is written in one transaction with a look at the
   * lease: once somebody else took it, writing throws Fault `ledger-in-use`, and nothing of it was written. So a process that
   * stood still for an hour changes nothing when it goes on.
   */
  whileHolding<T>(lease: Lease, work: () => Promise<T>): Promise<T>;
}

/** The name under which a process says that it lives. */
export function processLease(process: string): string {
  return `process ${process}`;
}
