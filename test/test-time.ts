/**
 * Time for tests of the whole bot over HTTP: it stands still while anything happens, and jumps to the next timer when nothing
 * does. So a test of seconds takes milliseconds, and a slow machine changes nothing.
 */
import { setImmediate } from 'node:timers/promises';
import type { Timing } from '../src/casework/ports/runtime.ts';
import { watchHttpTraffic } from './http-traffic.ts';

/** The time of a test. It begins at 0. */
export interface TestTime {
  readonly timing: Timing;
  /** Pauses in this time; rejects when the signal aborts. */
  readonly wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** Lets time pass until the work is done. Throws when nothing could happen any more. */
  until<T>(work: Promise<T>): Promise<T>;
  /** Waits until everything that can happen at this moment has happened. */
  quiet(): Promise<void>;
  end(): void;
}

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** So many turns of the event loop without any event count as nothing happening. */
const QUIET_TURNS = 25;
/** Far more than anything takes that comes to an end. */
const MOST_TURNS = 200_000;

/** A clock of days and hours: that of the machine, or one that begins now and goes as a test's time does. */
export function clockOf(time: TestTime | undefined): () => number {
  const start = Date.now();
  return time === undefined ? Date.now : () => start + time.timing.clock();
}

/** Starts a time. Call `end` when the test is over. */
export function openTestTime(): TestTime {
  let clock = 0;
  const timers = new Set<Timer>();
  const traffic = watchHttpTraffic();

  const after: Timing['after'] = (milliseconds, run) => {
    const timer = { at: clock + milliseconds, run };
    timers.add(timer);
    return () => void timers.delete(timer);
  };
  const quiet = async (): Promise<void> => {
    let seen = -1;
    let quietTurns = 0;
    for (let turns = 0; quietTurns < QUIET_TURNS; turns += 1) {
      await setImmediate();
      const { clients, servers } = traffic.underWay();
      if (turns > MOST_TURNS) throw new Error(`never quiet: ${clients} requests sent, ${servers} received`);
      const now = traffic.events() + timers.size;
      quietTurns = clients === servers && now === seen ? quietTurns + 1 : 0;
      seen = now;
    }
  };
  const jump = (): void => {
    const [next] = [...timers].sort((one, other) => one.at - other.at);
    if (next === undefined) throw new Error('nothing is left that could happen');
    timers.delete(next);
    clock = Math.max(clock, next.at);
    next.run();
  };

  return {
    timing: { clock: () => clock, after },
    wait: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const stop = (): void => {
          cancel();
          reject(new Error('the pause was ended'));
        };
        const cancel = after(milliseconds, () => {
          signal?.removeEventListener('abort', stop);
          resolve();
        });
        signal?.addEventListener('abort', stop, { once: true });
        if (signal?.aborted === true) stop();
      }),
    async until(work) {
      const state = { settled: false };
      const settle = (): void => void (state.settled = true);
      work.then(settle, settle);
      for (;;) {
        await quiet();
        if (state.settled) return work;
        jump();
      }
    },
    quiet,
    end: () => traffic.end(),
  };
}
