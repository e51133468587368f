/** Random days by number, seed and driver: what they reached, or which day broke a rule. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { meetEverybody, openHarness } from '../casework/harness.ts';
import { randomRun } from './commands.ts';
import { byCards, byEvents } from './drivers.ts';
import { play } from './play.ts';

/** Which days are played. */
export interface RunRequest {
  readonly driver: 'cards' | 'events';
  readonly days: number;
  readonly seed: number;
  readonly folder: string;
}

/** How often each step was taken, or how a day went wrong. */
export type RunResult =
  | { readonly kind: 'passed'; readonly reached: ReadonlyMap<string, number> }
  | { readonly kind: 'failed'; readonly report: string };

/** Plays random days, one after another. A day that breaks a rule is no error here: it is the result. */
export async function playDays({ driver, days, seed, folder }: RunRequest): Promise<RunResult> {
  const reached = new Map<string, number>();
  const count = (what: string): void => void reached.set(what, (reached.get(what) ?? 0) + 1);
  let files = 0;
  const property = fc.asyncProperty(randomRun, async (commands) => {
    let ids = 0;
    files += 1;
    const file = join(folder, `${driver}-${seed}-${files}.sqlite`);
    const harness = await openHarness({
      file,
      newId: () => `id-${(ids += 1)}`,
      cards: driver === 'cards' ? 'real' : 'plain',
    });
    try {
      await meetEverybody(harness);
      await play(harness, driver === 'cards' ? byCards : byEvents, commands);
      harness.auditLog.kept.forEach(({ code, detail }) => {
        count(code);
        if (code === 'case.approval-decided') count(detail['approved'] === true ? 'approved' : 'denied');
      });
      harness.shown.forEach(() => count('pass shown'));
    } finally {
      await harness.close();
      for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true }); // thousands of them fill a memory
    }
  });
  try {
    await fc.assert(property, { numRuns: days, seed });
    return { kind: 'passed', reached };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : '';
    return { kind: 'failed', report: `${driver}: ${error instanceof Error ? error.message : 'unknown'}\n${cause}` };
  }
}
