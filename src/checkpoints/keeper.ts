/**
 * All places that keep checkpoints outside of the database. Each fails on its own: what one of them does not take is no concern of the
 * others, and no turn ever waits for any of them.
 */
import { Counter, Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import type { CheckpointPlace, CheckpointPlaceName, CheckpointTrouble } from '../casework/ports/checkpoints.ts';
import type { Log } from '../casework/ports/log.ts';
import { startDeadline, type Timing } from '../casework/ports/runtime.ts';
import { deliverTo, type Delivery } from './delivery.ts';
import { noteOf } from './note.ts';

/** How long the start waits for the places to say what they hold. */
const READ_BACK_MS = 15_000;
/** How long a stop waits for the last checkpoint to be kept. */
const LAST_ATTEMPT_MS = 5000;

/** What keeping needs. */
export interface KeeperParts {
  readonly places: readonly CheckpointPlace[];
  readonly timing: Timing;
  readonly log: Log;
  readonly registry: Registry;
}

/** Keeps checkpoints outside. */
export interface CheckpointKeeper {
  /** Sends a checkpoint on its way to every place. Never throws and never waits. */
  keep(text: string): void;
  /**
   * The newest checkpoints of every place that `accept` takes, to be compared with the ledger. A place that cannot be read within 15
   * seconds is named in the log: the ledger is then compared with what the others have.
   */
  readBack(accept: (text: string) => boolean): Promise<readonly string[]>;
  trouble(): readonly CheckpointTrouble[];
  /** Says in the log when a place has been late for an hour. To be called every minute. */
  look(): void;
  /** Tries for a few seconds to bring what waits to its place, and closes the places. */
  close(): Promise<void>;
}

/** Starts keeping. */
export function keepCheckpoints({ places, timing, log, registry }: KeeperParts): CheckpointKeeper {
  const kept = new Counter({
    name: 'hardline_checkpoints_total',
    help: 'Attempts to keep a checkpoint outside of the database, by place and outcome.',
    labelNames: ['place', 'outcome'],
    registers: [registry],
  });
  const deliveries = new Map<CheckpointPlaceName, Delivery>();
  for (const place of places) {
    for (const outcome of ['kept', 'differs', 'failed']) kept.inc({ place: place.name, outcome }, 0);
    const count = (outcome: string): void => kept.inc({ place: place.name, outcome });
    deliveries.set(place.name, deliverTo(place, { timing, log, count }));
  }
  new Gauge({
    name: 'hardline_checkpoint_waiting_seconds',
    help: 'How long the oldest checkpoint has waited that a place does not have yet; 0 when none waits.',
    labelNames: ['place'],
    registers: [registry],
    collect() {
      for (const [place, delivery] of deliveries) this.set({ place }, delivery.waitingMs() / 1000);
    },
  });

  return {
    keep(text) {
      if (deliveries.size === 0) return;
      const note = noteOf(text);
      for (const delivery of deliveries.values()) delivery.push(note);
    },
    async readBack(accept) {
      const deadline = startDeadline(READ_BACK_MS, timing);
      const found = await Promise.allSettled(places.map((place) => place.newest(accept, deadline.signal)));
      deadline.end();
      return found.flatMap((one, at) => {
        if (one.status === 'fulfilled') return one.value;
        const place = places[at]?.name ?? 'file';
        log.error({ place }, 'the checkpoints kept outside could not be read; the ledger is not compared with them');
        return [];
      });
    },
    trouble: () => [...deliveries.values()].flatMap((delivery) => delivery.trouble()),
    look: () => deliveries.forEach((delivery) => delivery.look()),
    async close() {
      const deadline = startDeadline(LAST_ATTEMPT_MS, timing);
      await Promise.all([...deliveries.values()].map((delivery) => delivery.end(deadline.signal)));
      deadline.end();
    },
  };
}
