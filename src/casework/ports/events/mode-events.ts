/**
 * Codes about the mode: who set it, whom the bot told, and passes that were taken back because of it.
 */
import { nullable, number, personal, text, type EventDescription } from './described.ts';

const SET = { reason: personal(text('as whoever set it wrote it; empty when they gave none')) };
const SINCE = { since: nullable(number('since when this mode is set')) };
const OUTCOME = { outcome: text('what came of it: how many were reached, or why nobody was') };

/** The codes, with their descriptions. */
export const MODE_EVENTS = {
  'mode.normal': { when: 'Normal mode was set.', by: ['lead'], fields: SET },
  'mode.elevated': {
    when: 'Elevated mode was set: by a lead, or by the bot after unusually many recoveries.',
    by: ['lead', 'bot'],
    fields: SET,
  },
  'mode.lockdown': { when: 'Lockdown was set.', by: ['lead'], fields: SET },
  'mode.notice.intent': {
    when: 'The leads are about to be told of a mode.',
    by: ['bot'],
    fields: {
      ...SINCE,
      mode: text('the mode'),
      tries: number('which try this is'),
      raisedAt: number('when the first try began'),
    },
  },
  'mode.notice.outcome': {
    when: 'The leads were told of a mode, or not.',
    by: ['bot'],
    fields: { ...SINCE, ...OUTCOME },
  },
  'mode.unreached.intent': {
    when: 'Whoever set the mode is about to be told that no other lead was reached.',
    by: ['bot'],
    fields: SINCE,
  },
  'mode.unreached.outcome': {
    when: 'Whoever set the mode was told that no other lead was reached, or not.',
    by: ['bot'],
    fields: { ...SINCE, outcome: text('what came of it') },
  },
  'mode.passes-taken-back': {
    when: 'A lead took back every pass that lived. Each case has its own entries.',
    by: ['lead'],
    fields: { done: number('passes that are being deleted'), of: number('passes that lived') },
  },
} as const satisfies Readonly<Record<string, EventDescription>>;
