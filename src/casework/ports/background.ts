/**
 * Work that goes on after its turn was answered. It is known here until it ends, so that the bot does not stop in the middle of it.
 */
import { Fault } from './fault.ts';
import type { Log } from './log.ts';

/** Work in the background. */
export interface Background {
  /** Lets the work go on. A failure is logged with `what`, by its kind only; nobody waits for it. */
  run(what: string, work: Promise<unknown>): void;
  /** Resolves when nothing is under way. */
  whenIdle(): Promise<void>;
}

/** Builds it, with nothing under way. */
export function createBackground(log: Log): Background {
  const running = new Set<Promise<void>>();
  return {
    run(what, work) {
      const run = work
        .then(
          () => undefined,
          (error: unknown) => {
            const code = error instanceof Fault ? error.code : 'bug';
            log.error({ what, code, error: error instanceof Error ? error.name : 'unknown' }, 'background work failed');
          },
        )
        .finally(() => running.delete(run));
      running.add(run);
    },
    async whenIdle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
