/**
 * Checkpoints of the ledger as casework and the places that keep them know them. A checkpoint says how long the ledger is and how it
 * ends; whoever keeps one outside of the bot's machine can prove later that nothing before it was changed or cut off.
 */

/** A checkpoint on its way to a place that keeps it. */
export interface CheckpointNote {
  /** Which ledger it belongs to, such as `hardline/5f0c…`. */
  readonly origin: string;
  /** How many entries the ledger has. */
  readonly size: number;
  /** The note as it was signed. */
  readonly text: string;
}

/** The places that can keep checkpoints, each at most once. `container`: Azure Blob Storage. `bucket`: S3. */
export type CheckpointPlaceName = 'file' | 'container' | 'bucket';

/**
 * What became of keeping a checkpoint. `differs`: the place holds another end for a ledger of this length, so one of the two ledgers
 * was rewritten, or rolled back and continued.
 */
export type Keeping = { readonly kind: 'kept' } | { readonly kind: 'differs' };

/** A place outside of the database. Its methods throw whatever the outside reports; the caller tries again. */
export interface CheckpointPlace {
  readonly name: CheckpointPlaceName;
  keep(note: CheckpointNote, signal: AbortSignal): Promise<Keeping>;
  /** The newest checkpoint of each ledger that `accept` takes. A few are looked at for each ledger, the newest first. */
  newest(accept: (text: string) => boolean, signal: AbortSignal): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Something about a place that people have to know. `late`: it was not reached for an hour. */
export interface CheckpointTrouble {
  readonly place: CheckpointPlaceName;
  readonly kind: 'late' | 'differs';
}

/** What casework tells the leads about checkpoints. */
export interface CheckpointWatch {
  /** The three lines of a checkpoint that is made now. Throws Fault when the ledger cannot be read. */
  lines(): Promise<readonly string[]>;
  trouble(): readonly CheckpointTrouble[];
}

/** A card about checkpoints, for the leads. */
export type CheckpointCard =
  | { readonly kind: 'daily'; readonly lines: readonly string[] }
  | { readonly kind: 'late' | 'differs'; readonly place: CheckpointPlaceName };
