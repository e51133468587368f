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
    number: 11,
    was: 'Looking at cases, logs and people, or being refused, left no entry; 500 forged presses left 500',
    tests: [
      {
        file: 'test/casework/every-no.test.ts',
        titles: [
          'leaves exactly one entry and an answer in words, whoever asked, by whatever button or command, in whatever chat',
        ],
      },
      {
        file: 'test/casework/looking.test.ts',
        titles: [
          'at the card again, by a button of an outdated card, leaves an entry before the account is read',
          'at an open case by asking for the same caller once more leaves the search and the look',
          'for a person leaves who searched and how many matched, before an account is read, and not the words',
          'at somebody whom no search of the last minutes found names them before the directory is asked',
          'for somebody who is in no directory opens no case, and is refused in words',
        ],
      },
      {
        file: 'test/casework/group-chats.test.ts',
        titles: ['whoever asked for something is asked in their personal chat to continue there'],
      },
      {
        file: 'test/casework/sender-limits.test.ts',
        titles: [
          'is refused 500 times a minute with 30 entries and one that counts the other 470',
          'are 60 looks a minute: further cases are not shown, and that is written down',
          'are 200 searches an hour: whoever looks up the whole company is seen in the ledger and in the log',
        ],
      },
      {
        file: 'test/graph/requests.test.ts',
        titles: ['sends a query with half a character in it, without the half'],
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
