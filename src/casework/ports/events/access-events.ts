/**
 * Codes about who asked for what, looked at what, and was refused, outside of the steps of a case.
 */
import { nullable, number, optional, text, texts, yesNo, type EventDescription } from './described.ts';

/** The fields of a refusal. */
export const REFUSAL = {
  asked: text('the button, command or event that was asked for'),
  because: text('the code of the refusal'),
  in: optional(text('where the case was')),
  chat: optional(text('the kind of chat, when it was not a personal one')),
  unread: optional(texts('facts that could not be read')),
  seconds: optional(number('how long ago the number was chosen, when it was too short a call')),
  furtherOnesAreCounted: optional(
    yesNo('further refusals of this person within the minute have no entry of their own'),
  ),
};
const OUTCOME = { outcome: text('what came of it') };

/** The codes, with their descriptions. */
export const ACCESS_EVENTS = {
  'access.refused': {
    when: 'Somebody asked for what they may not do, or pressed what none of our cards sends.',
    by: ['anybody'],
    fields: REFUSAL,
  },
  'request.refused': {
    when: 'Somebody asked for a password to be set by hand. It is always refused.',
    by: ['anybody'],
    fields: REFUSAL,
  },
  'refusals.counted': {
    when: 'A minute is over in which one person was refused more often than is written down one by one.',
    by: ['anybody'],
    fields: { count: number('refusals without an entry of their own'), seconds: number('within how many seconds') },
  },
  'log.read': { when: 'Somebody is about to be shown the log, of one case or of all.', by: ['helpdesk'], fields: {} },
  'mode.read': {
    when: 'Somebody is about to be shown the mode; in lockdown, a lead also sees which passes live.',
    by: ['helpdesk'],
    fields: { mode: text('the mode then') },
  },
  'people.searched': {
    when: 'A technician looked for somebody. What they typed is not kept.',
    by: ['technician'],
    fields: {
      asked: text('what the search was for'),
      hits: nullable(number('how many people match, at most so many as were asked for')),
    },
  },
  'people.search-limit': {
    when: 'A technician searched more often within the hour than the limit allows; once in that hour.',
    by: ['technician'],
    fields: {},
  },
  'people.search-notice.intent': {
    when: 'The leads are about to be told of many searches.',
    by: ['bot'],
    fields: {},
  },
  'people.search-notice.outcome': {
    when: 'The leads were told of many searches, or not.',
    by: ['bot'],
    fields: OUTCOME,
  },
  'app.install.intent': {
    when: 'The app is about to be installed for somebody, so that the bot can write to them.',
    by: ['bot'],
    fields: {},
  },
  'app.install.outcome': { when: 'The app was installed for somebody, or not.', by: ['bot'], fields: OUTCOME },
  'chat.continue.intent': {
    when: 'Somebody who wrote in a group is about to be asked to continue in their personal chat.',
    by: ['bot'],
    fields: {},
  },
  'chat.continue.outcome': {
    when: 'Somebody who wrote in a group was asked to continue in their personal chat, or not.',
    by: ['bot'],
    fields: OUTCOME,
  },
} as const satisfies Readonly<Record<string, EventDescription>>;
