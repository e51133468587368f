/** For tests that are not about time. */
import type { Deadline } from '../src/casework/ports/runtime.ts';

/** A deadline that never comes, on a connection that nobody closes. */
export const UNHURRIED: Deadline = { left: () => Infinity, signal: new AbortController().signal };
