/**
 * Brings checkpoints to one place, one at a time. Nobody waits for it. A newer checkpoint proves everything that an older one does, so
 * only the newest waits when the place cannot be reached, and an outage of days takes no memory.
 */
import type { CheckpointNote, CheckpointPlace, CheckpointTrouble, Keeping } from '../casework/ports/checkpoints.ts';
import type { Log } from '../casework/ports/log.ts';
import { inTime, startDeadline, type Timing } from '../casework/ports/runtime.ts';
import { linesOf } from './note.ts';

/** How long one attempt may take. */
const ATTEMPT_MS = 15_000;
/** Pauses after a failed attempt, and after all that come after those. */
const PAUSES_MS = [2000, 10_000, 30_000, 120_000] as const;
const LAST_PAUSE_MS = 300_000;
/** A checkpoint that is not kept for this long is said. */
const LATE_MS = 60 * 60_000;

/** What a delivery needs. */
export interface DeliveryParts {
  readonly timing: Timing;
  readonly log: Log;
  readonly count: (outcome: Keeping['kind'] | 'failed') => void;
}

/** The way to one place. */
export interface Delivery {
  push(note: CheckpointNote): void;
  /** How long the oldest checkpoint has waited that is not kept, in milliseconds; 0 when none waits. */
  waitingMs(): number;
  trouble(): readonly CheckpointTrouble[];
  /** Says in the log, once, when the place has been late for an hour. To be called every minute. */
  look(): void;
  /** Tries once more what waits, and ends at the signal at the latest. */
  end(signal: AbortSignal): Promise<void>;
}

interface Waiting {
  readonly note: CheckpointNote;
  readonly since: number;
}

/** Makes the way to a place. */
export function deliverTo(place: CheckpointPlace, { timing, log, count }: DeliveryParts): Delivery {
  const { name } = place;
  let waiting: Waiting | null = null;
  let oldest: number | null = null;
  let last = '';
  let running: Promise<void> | null = null;
  let goOn: () => void = () => undefined;
  let lateSaid = false;
  let differs = false;
  /** Nothing new is taken; what waits is tried once more. */
  const phase: { is: 'running' | 'ending' } = { is: 'running' };
  const ending = new AbortController();

  const attempt = async (
    note: CheckpointNote,
  ): Promise<Keeping | { readonly kind: 'failed'; readonly why: string }> => {
    const deadline = startDeadline(ATTEMPT_MS, timing, [ending.signal]);
    try {
      if (ending.signal.aborted) return { kind: 'failed', why: 'stopped' };
      const done = await inTime(place.keep(note, deadline.signal), deadline.signal);
      return done.kind === 'done' ? done.value : { kind: 'failed', why: 'timeout' };
    } catch (error) {
      return { kind: 'failed', why: reasonOf(error) };
    } finally {
      deadline.end();
    }
  };

  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const cancel = timing.after(milliseconds, resolve);
      goOn = () => {
        cancel();
        resolve();
      };
    });

  const settle = ({ note }: Waiting, { kind }: Keeping): void => {
    last = linesOf(note.text).join('\n');
    if (waiting?.note === note) waiting = null;
    oldest = waiting?.since ?? null;
    if (kind === 'differs') {
      differs = true;
      log.error({ place: name, size: note.size }, 'a checkpoint differs from the one that is kept outside');
    }
    if (lateSaid) log.info({ place: name }, 'checkpoints are kept again');
    lateSaid = false;
  };

  const run = async (until: 'delivered' | 'tried-once'): Promise<void> => {
    for (let failures = 0; waiting !== null;) {
      const next = waiting;
      const outcome = await attempt(next.note);
      count(outcome.kind);
      if (outcome.kind !== 'failed') {
        settle(next, outcome);
        failures = 0;
        continue;
      }
      if (failures === 0) log.warn({ place: name, why: outcome.why }, 'a checkpoint was not kept; it is tried again');
      if (until === 'tried-once' || isEnding()) return;
      await pause(PAUSES_MS[failures] ?? LAST_PAUSE_MS);
      failures += 1;
      if (isEnding()) return;
    }
  };
  const isEnding = (): boolean => phase.is === 'ending';
  const start = (until: 'delivered' | 'tried-once'): Promise<void> => {
    running ??= run(until).finally(() => {
      running = null;
      if (waiting !== null && !isEnding()) void start('delivered'); // it came in the last moment
    });
    return running;
  };
  const waitingMs = (): number => (oldest === null ? 0 : timing.clock() - oldest);
  const isLate = (): boolean => waitingMs() >= LATE_MS;

  return {
    push(note) {
      if (isEnding() || linesOf(note.text).join('\n') === last) return; // the place has it
      waiting = { note, since: timing.clock() };
      oldest ??= waiting.since;
      void start('delivered');
    },
    waitingMs,
    trouble: () => [
      ...(isLate() ? [{ place: name, kind: 'late' } as const] : []),
      ...(differs ? [{ place: name, kind: 'differs' } as const] : []),
    ],
    look() {
      if (!isLate() || lateSaid) return;
      lateSaid = true;
      log.error({ place: name, minutes: Math.floor(waitingMs() / 60_000) }, 'no checkpoint was kept for an hour');
    },
    async end(signal) {
      const stop = (): void => ending.abort();
      signal.addEventListener('abort', stop, { once: true });
      if (signal.aborted) stop();
      phase.is = 'ending';
      goOn();
      await running;
      await start('tried-once');
      await place.close();
    },
  };
}

/** A code or a status for the log. The text of an error could contain anything. */
function reasonOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'unknown';
  const { code, name, statusCode, $metadata } = error as Readonly<Record<string, unknown>>;
  const status = statusCode ?? ($metadata as { readonly httpStatusCode?: unknown } | undefined)?.httpStatusCode;
  const named = typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown';
  const safe = /^[\w.-]{1,60}$/.test(named) ? named : 'unknown';
  return typeof status === 'number' ? `${status} ${safe}` : safe;
}
