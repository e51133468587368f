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
export const POINTS: readonly Point[] = [
  {
    number: 10,
    was: 'a setting weakened the bot without a word, or stopped it with a stack',
    tests: [
      {
        file: 'test/security/bad-configurations.test.ts',
        titles: ['is one of at least forty', 'never starts, whichever it is'],
      },
      {
        file: 'test/config/start.test.ts',
        titles: ['are those of the list, and no other built-in role that the emulated tenant knows'],
      },
    ],
  },
  {
    number: 12,
    was: 'a pass stayed in the memory of the bot, and a signal opened the inspector that reads it',
    tests: [
      {
        file: 'test/graph/let-go.test.ts',
        titles: ['is let go of when the call is over, while the turn still has time'],
      },
      {
        file: 'test/cards/templates.test.ts',
        titles: ['hold nothing of a pass once its card is gone, nor of any other card, nor of one that failed'],
      },
      {
        file: 'test/security/bot-memory.test.ts',
        titles: [
          'holds no pass once its card was shown, and what it does hold is found in it',
          'belongs to a process that can issue a pass, and neither write files nor start programs, threads or the inspector',
          'would be found open if the signal still opened it',
        ],
      },
    ],
  },
];
