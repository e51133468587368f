/**
 * The ways around the procedure that were found, and the tests that show each of them closed. Every test named here failed when
 * the way was open. A fence sees to it that each title is a test of its file; the security run, that each of them passed.
 */

/** One way, or several of a kind. */
export interface Point {
  readonly number: number;
  /** What used to be possible. */
  readonly was: string;
  readonly tests: readonly { readonly file: string; readonly titles: readonly string[] }[];
}

/** In the order of the report. */
export const POINTS: readonly Point[] = [];
