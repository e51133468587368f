/**
 * Codes about the running process: start, stop, its configuration, and requests that the guard refused.
 */
import { number, optional, text, texts, type EventDescription } from './described.ts';

const SETTINGS = {
  salt: text('mixed into each digest, so that nobody can look up what a setting was'),
  digests: texts('every setting by name, with a digest of its value'),
};

/** The codes, with their descriptions. */
export const PROCESS_EVENTS = {
  'process.started': {
    when: 'The bot has started and is about to answer.',
    by: ['bot'],
    fields: {
      version: text('the version of Hardline'),
      node: text('the version of Node'),
      channel: text('how requests of Teams are authenticated'),
      graph: text('the directory: a real tenant or the emulated one'),
      before: text('how the run before ended: stopped, not-stopped, or first when there was none'),
      orders: number('orders for a pass that were left without an answer'),
      others: number('other intents that were left without an outcome'),
    },
  },
  'process.stopped': {
    when: 'The bot was told to stop, and has finished what was under way.',
    by: ['bot'],
    fields: {},
  },
  'config.recorded': {
    when: 'At a start with which no earlier one can be compared.',
    by: ['bot'],
    fields: SETTINGS,
  },
  'config.changed': {
    when: 'At a start with other settings than at the last one.',
    by: ['bot'],
    fields: {
      ...SETTINGS,
      changed: texts('the settings that changed; values only of numbers, choices and ids of groups'),
    },
  },
  'channel.refused': {
    when: 'Requests were refused before anything was done for them: one entry for each kind and minute.',
    by: ['bot'],
    fields: {
      refusal: text('the code with which they were refused'),
      count: number('how many there were'),
      seconds: number('within how many seconds, at least'),
      status: optional(number('the HTTP status that was answered')),
    },
  },
} as const satisfies Readonly<Record<string, EventDescription>>;
