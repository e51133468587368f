/**
 * The two lanes of the tests: `npm test` is quick, `npm run test:full` leaves nothing out. README.md in this folder says
 * what each of them runs. A sample is the same in every run, so that a red test is about the change at hand.
 */

/** True when everything runs, as in CI. test/lanes/full.cjs sets it; single files run by hand are quick. */
export const IN_FULL = process.env['HARDLINE_TEST_LANE'] === 'full';

/** A test that waits or starts too much to run all day: only the full lane has it. */
export function itInFull(title: string, test: (this: Mocha.Context) => Promise<void> | void): void {
  if (IN_FULL) it(title, test);
}

/** How often something is tried: `full` in the full lane, `quick` otherwise. */
export function rounds({ quick, full }: { readonly quick: number; readonly full: number }): number {
  return IN_FULL ? full : quick;
}

/** All rows of a sweep in the full lane, and otherwise those that `quick` picks. */
export function rowsOf<Row>(rows: readonly Row[], quick: (row: Row, index: number) => boolean): readonly Row[] {
  return IN_FULL ? rows : rows.filter(quick);
}

/** The seed of what is drawn at random but has to be the same in every run. */
export const SAMPLE_SEED = 20_261_120;
