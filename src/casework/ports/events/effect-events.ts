/**
 * Codes of what the bot does for a case: an intent before it, an outcome after it. They follow from the effects of the procedure; an
 * effect without its two descriptions does not compile.
 */
import type { EffectCode, Phase } from '../ledger-codes.ts';
import { number, optional, text, texts, yesNo, type EventDescription } from './described.ts';

/** Written by a later run when the process ended in between: then it says that no answer was written down. */
const OUTCOME = { outcome: text('what came of it') };
const AGAIN = {
  tries: optional(number('which try this is, from the second one on')),
  raisedAt: optional(number('when the first try began')),
};

/** The codes, with their descriptions. */
export const EFFECT_EVENTS = {
  'link.push.intent': {
    when: 'The caller is about to be sent the link to the self-service page.',
    by: ['bot', 'technician'],
    fields: {},
  },
  'link.push.outcome': { when: 'The link was sent, or not.', by: ['bot', 'technician'], fields: OUTCOME },
  'notice.caller.intent': {
    when: 'The caller is about to be told what is being done with their account.',
    by: ['bot'],
    fields: { notice: text('which notice') },
  },
  'notice.caller.outcome': { when: 'The caller was told, or not.', by: ['bot'], fields: OUTCOME },
  'notice.manager.intent': {
    when: 'The manager of the caller is about to be told of the pass.',
    by: ['bot'],
    fields: { notice: text('which notice') },
  },
  'notice.manager.outcome': { when: 'The manager was told, or not.', by: ['bot'], fields: OUTCOME },
  'manager.ask.intent': { when: 'The manager is about to be asked about the caller.', by: ['bot'], fields: {} },
  'manager.ask.outcome': { when: 'The manager was asked, or not.', by: ['bot'], fields: OUTCOME },
  'approval.ask.intent': {
    when: 'Second persons are about to be asked.',
    by: ['bot'],
    fields: {
      reasons: texts('why a second person is needed'),
      needs: text('who has to agree'),
      ...AGAIN,
    },
  },
  'approval.ask.outcome': {
    when: 'How many of how many second persons the question reached.',
    by: ['bot'],
    fields: OUTCOME,
  },
  'pass.create.intent': {
    when: 'A pass is about to be ordered, with a single request.',
    by: ['bot'],
    fields: { lifetimeMinutes: number('how long it is valid'), oneTime: yesNo('whether it works once only') },
  },
  'pass.create.outcome': {
    when: 'Microsoft Entra created the pass, refused it, or did not answer.',
    by: ['bot'],
    fields: OUTCOME,
  },
  'pass.look.intent': { when: 'A pass is about to be looked for that nobody answered about.', by: ['bot'], fields: {} },
  'pass.look.outcome': { when: 'A pass was found, or none.', by: ['bot'], fields: OUTCOME },
  'pass.delete.intent': { when: 'A pass is about to be deleted.', by: ['bot'], fields: {} },
  'pass.delete.outcome': {
    when: 'A look after the deletion found the pass gone, or not.',
    by: ['bot'],
    fields: OUTCOME,
  },
  'sessions.end.intent': { when: 'The sessions of the caller are about to be ended.', by: ['bot'], fields: {} },
  'sessions.end.outcome': { when: 'The sessions were ended, or not.', by: ['bot'], fields: OUTCOME },
  'alarm.leads.intent': {
    when: 'The leads are about to be alarmed.',
    by: ['bot'],
    fields: { alarm: text('which alarm'), ...AGAIN },
  },
  'alarm.leads.outcome': { when: 'How many of how many leads the alarm reached.', by: ['bot'], fields: OUTCOME },
  'methods.read.intent': {
    when: 'The methods registered since the pass are about to be read, after "This was not me".',
    by: ['bot'],
    fields: {},
  },
  'methods.read.outcome': { when: 'They were read, or not.', by: ['bot'], fields: OUTCOME },
  'snapshot.read.intent': {
    when: 'The account of a caller is about to be read.',
    by: ['technician', 'bot'],
    fields: {},
  },
  'snapshot.read.outcome': {
    when: 'The account of a caller was read.',
    by: ['technician', 'bot'],
    fields: {
      unread: optional(texts('facts that could not be read')),
      outcome: optional(text('only when a crash came in between: that no answer was written down')),
    },
  },
} as const satisfies Readonly<Record<`${EffectCode | 'snapshot.read'}.${Phase}`, EventDescription>>;
