/**
 * The clock of this machine. The age of a proof, the end of a pass and the order of what happened are told by it, so minutes of
 * difference from Microsoft's clock stop the start, and keep every pass back when they come up later.
 */
import type { Log } from '../casework/ports/log.ts';
import type { OnClock } from '../graph/clock.ts';
import type { ClockFacts, Reading } from '../procedure/facts.ts';
import { MOST_SECONDS_OFF } from '../procedure/missing.ts';
import { ConfigError } from './config.ts';

/**
 * Throws ConfigError when the clocks differ. When Microsoft has not answered yet, nothing is known: the start goes on, and the press
 * on *Issue* waits for the comparison.
 */
export function checkClock(clock: Reading<ClockFacts>): void {
  if (clock.kind !== 'read' || Math.abs(clock.value.secondsAhead) <= MOST_SECONDS_OFF) return;
  const { secondsAhead } = clock.value;
  const minutes = Math.round(Math.abs(secondsAhead) / 6) / 10;
  const where = secondsAhead > 0 ? 'ahead of' : 'behind';
  throw new ConfigError([
    `the clock of this machine is ${minutes} minutes ${where} Microsoft's: set it and start again`,
  ]);
}

/** While the bot runs: an error when the clocks begin to differ, and a line when they agree again. */
export function reportClock(log: Log, { kind, secondsAhead }: Parameters<OnClock>[0]): void {
  if (kind === 'agrees') log.info({ secondsAhead }, "the clock of this machine agrees with Microsoft's again");
  else
    log.error(
      { secondsAhead },
      "the clock of this machine differs from Microsoft's: no pass is issued until it is set",
    );
}
