/**
 * Codes about the ledger itself and its keys. A code that belongs to no case, no person's request and no mode is added here, with a
 * label in cards/locales/en/ledger.ts; nothing else has to be changed, except for `npm run events`.
 */
import { nullable, number, optional, personal, text, type EventDescription } from './described.ts';

/** The codes, with their descriptions. */
export const LEDGER_EVENTS = {
  'ledger.erased': {
    when: 'Personal data about somebody was erased; one entry for the person, and one for each of their closed cases.',
    by: ['operator', 'bot'],
    fields: {
      details: optional(number('entries whose details were erased')),
      cases: optional(number('closed cases that were erased')),
      openCasesKept: optional(number('open cases that were kept')),
    },
  },
  'ledger.verification-failed': {
    when: 'The ledger was verified while the bot was running, and did not verify.',
    by: ['bot'],
    fields: { problem: text('what is wrong'), at: optional(number('the number of the entry or case')) },
  },
  'ledger.exported': {
    when: 'Somebody copied entries out of the ledger with ledger:export; written by the bot within a minute.',
    by: ['bot'],
    fields: {
      by: personal(text('the account of the operating system that ran it')),
      madeAt: text('when it was made'),
      format: text('jsonl, csv, cef or ecs'),
      since: nullable(text('from where')),
      until: nullable(text('up to where')),
      onlyCase: nullable(number('of which case alone')),
      to: text('where it went'),
    },
  },
  'ledger.gap': {
    when: 'The ledger can be written again after a while in which it could not be.',
    by: ['bot'],
    fields: {
      since: number('since when it could not be written'),
      seconds: number('for how long'),
      unrecorded: number('what was answered meanwhile without an entry'),
    },
  },
  'clock.jumped': {
    when: 'The clock of the machine was set while the bot ran.',
    by: ['bot'],
    fields: { seconds: number('by how much; negative when it was set back') },
  },
  'clock.accepted': {
    when: 'An operator confirmed that the newest entry was written with a wrong clock.',
    by: ['bot'],
    fields: {
      entry: number('the number of that entry'),
      aheadMs: number('how far ahead it is, in milliseconds'),
      setting: text('the setting that confirmed it'),
    },
  },
  'key.index-changed': {
    when: 'The bot started with another key of the tenant index: how long numbers are unchanged is learned again.',
    by: ['bot'],
    fields: { forgotten: number('facts that were forgotten') },
  },
} as const satisfies Readonly<Record<string, EventDescription>>;
