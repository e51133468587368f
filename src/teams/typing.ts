/**
 * Shows the typing indicator while an answer takes long. It never delays or changes the answer, and never makes it fail.
 * The framework's own typing timer is not used. There is one for the whole process, so a quick turn in one chat would switch off
 * the indicator of a slow turn in another.
 */
import type { After } from '../casework/ports/runtime.ts';

/** Milliseconds before the first indicator. Teams shows one for a few seconds, so it is repeated at that interval. */
const FIRST_SIGN_MILLISECONDS = 700;
const NEXT_SIGN_MILLISECONDS = 4_000;
const MAX_SIGNS = 8;

/** Runs `work` and calls `sign` while it is slow. Returns or throws what `work` does. `sign` must not throw. */
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
