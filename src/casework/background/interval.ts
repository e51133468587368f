/**
 * Runs something again and again until it is stopped.
 * A run that fails is logged and tried again at the next interval; two runs never overlap.
 */
import { Fault } from '../ports/fault.ts';
import type { Log } from '../ports/log.ts';

/** Starts it. The first run comes after one pause. The result stops it and resolves when the last run ended. */
export function startInterval(
  pauseMs: number,
  run: () => Promise<unknown>,
  log: Log,
  name: string,
): () => Promise<void> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const beat = (): void => {
    running = run()
      .then(() => undefined)
      .catch((error: unknown) => {
        const code = error instanceof Fault ? error.code : 'bug';
        log.error({ name, code, error: error instanceof Error ? error.name : 'unknown' }, 'a regular run failed');
      })
      .finally(() => {
        if (!stopped) timer = setTimeout(beat, pauseMs);
      });
  };
  timer = setTimeout(beat, pauseMs);
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
