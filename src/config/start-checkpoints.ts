/**
 * Checkpoints at the start: the key is read, the places are opened, and what they hold is handed to the ledger to be compared with.
 */
import type { KeyObject } from 'node:crypto';
import pino, { type DestinationStream } from 'pino';
import type { Registry } from 'prom-client';
import { startInterval } from '../casework/background/interval.ts';
import type { CheckpointWatch } from '../casework/ports/checkpoints.ts';
import type { Log } from '../casework/ports/log.ts';
import type { Timing } from '../casework/ports/runtime.ts';
import { keepCheckpoints, type CheckpointKeeper } from '../checkpoints/keeper.ts';
import type { TenantConnection } from '../graph/connection.ts';
import { isSignedBy, readCheckpoint } from '../ledger/checkpoint.ts';
import { keepPublicHalf, publicHalvesIn } from '../ledger/checkpoint-key.ts';
import { checkpointKey, openCheckpointPlaces } from './checkpoint-places.ts';
import type { Config } from './config.ts';

/** A checkpoint is made at least this often. */
const CHECKPOINT_EVERY_MS = 60 * 60_000;
/** How often it is looked whether checkpoints arrive where they are kept. */
const LOOK_EVERY_MS = 60_000;

/** What the start of the checkpoints needs. */
export interface CheckpointStart {
  readonly config: Pick<Config, 'checkpoints' | 'dataFolder'>;
  readonly tenant: TenantConnection;
  readonly log: Log;
  readonly registry: Registry;
  readonly now: () => number;
  readonly timing: Timing;
  /** Gets every checkpoint as text, for standard output. */
  readonly print: (text: string) => void;
}

/** Checkpoints, started. */
export interface StartedCheckpoints {
  readonly keeper: CheckpointKeeper;
  /** What the ledger is opened with. */
  readonly forTheLedger: {
    readonly signingKey: KeyObject;
    readonly knownCheckpoints: readonly string[];
    readonly onCheckpoint: (text: string) => void;
  };
}

/** Starts them. Throws Fault that says what is wrong with the key or the file. */
export async function startCheckpoints(start: CheckpointStart): Promise<StartedCheckpoints> {
  const { config, tenant, now, print } = start;
  const signingKey = await checkpointKey(config, tenant);
  keepPublicHalf(config.dataFolder, signingKey);
  const ours = publicHalvesIn(config.dataFolder);
  const keeper = keepCheckpoints({ ...start, places: await openCheckpointPlaces(config, tenant, now) });
  // Whoever can write to a place must not be able to stop the bot with a made-up text: only what one of our keys signed counts.
  const knownCheckpoints = await keeper.readBack((text) => {
    const read = readCheckpoint(text);
    return read !== null && ours.some((key) => isSignedBy(read, key));
  });
  const onCheckpoint = (text: string): void => {
    print(text);
    keeper.keep(text);
  };
  return { keeper, forTheLedger: { signingKey, knownCheckpoints, onCheckpoint } };
}

/** Checkpoints as lines of the log. They are evidence and no diagnosis: they are written at every log level. */
export function printCheckpoints(logTo: DestinationStream): (text: string) => void {
  const always = pino({ level: 'info', base: null }, logTo);
  return (checkpoint) => always.info({ checkpoint }, 'ledger checkpoint');
}

/** What goes on as long as the bot runs. The results stop it. */
export function checkpointIntervals(
  ledger: { checkpoint(): Promise<string> },
  keeper: CheckpointKeeper,
  log: Log,
): readonly (() => Promise<void>)[] {
  const look = (): Promise<void> => {
    keeper.look();
    return Promise.resolve();
  };
  return [
    startInterval(CHECKPOINT_EVERY_MS, () => ledger.checkpoint(), log, 'checkpoint'),
    startInterval(LOOK_EVERY_MS, look, log, 'keeping checkpoints'),
  ];
}

/** What the leads are told of. */
export function watchCheckpoints(ledger: { checkpoint(): Promise<string> }, keeper: CheckpointKeeper): CheckpointWatch {
  return {
    lines: async () => (await ledger.checkpoint()).split('\n').slice(0, 3),
    trouble: () => keeper.trouble(),
  };
}
