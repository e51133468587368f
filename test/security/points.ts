/**
 * The ways around the procedure that were found, and the tests that show each of them closed (points.json). Most of these tests
 * failed when the way was open; a few guard what was found while it was being closed. A fence sees to it that each title is a
 * test of its file; the security run, that each of them passed.
 */
import points from './points.json' with { type: 'json' };

/** One way, or several of a kind. */
export interface Point {
  readonly number: number;
  /** What used to be possible. */
  readonly was: string;
  readonly tests: readonly { readonly file: string; readonly titles: readonly string[] }[];
}

/** In the order of the report. */
export const POINTS: readonly Point[] = points;
