/** What the load run measures of one case. Times are the clock's milliseconds. */

/** How a call ends for the technician. */
export type CallEnd = 'pass-read-out' | 'link-pushed' | 'hung-up' | 'stuck';

/** One case. */
export interface MeasuredCase {
  readonly caller: string;
  readonly technician: string;
  /** From the message to the first card. `null`: there was no card. */
  firstCardMs: number | null;
  /** From the message until the card lacked nothing any more. `null`: it never got there. */
  completeMs: number | null;
  /** Presses on *Issue* until the pass was shown. */
  issuePresses: number;
  /** Clicks that got an error instead of an answer, or none at all. */
  readonly unanswered: string[];
  /** The longest a click waited for its answer. */
  slowestClickMs: number;
  end: CallEnd;
  /** Where the technician got stuck: the headline they saw. */
  stuckAt: string | null;
}
