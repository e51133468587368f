/**
 * Shows that the bot is at work when an answer takes its time.
 * The one rule kept here: the sign never delays, changes or fails the answer it announces. (The framework's own typing
 * timer is one per process: a quick turn in one chat switches off the sign of a slow turn in another.)
 */

/** Runs something later; the result cancels it. */
export type After = (milliseconds: number, run: () => void) => () => void;

/** Milliseconds of silence before the first sign; then one every few seconds, as long as Teams shows one. */
export const FIRST_SIGN_MILLISECONDS = 700;
const NEXT_SIGN_MILLISECONDS = 4_000;
const MAX_SIGNS = 8;

/** Runs `work`, and calls `sign` while it is slow. Answers as `work` does. `sign` must not throw. */
export async function whileTyping<T>(after: After, sign: () => void, work: () => Promise<T>): Promise<T> {
  let left = MAX_SIGNS;
  const next = (): void => {
    left -= 1;
    sign();
    cancel = left > 0 ? after(NEXT_SIGN_MILLISECONDS, next) : () => undefined;
  };
  let cancel = after(FIRST_SIGN_MILLISECONDS, next);
  try {
    return await work();
  } finally {
    cancel();
  }
}
