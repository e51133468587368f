/**
 * Every code of an entry in the ledger. Codes never change: the ledger of today has to be readable in ten years.
 * The list is computed from the table of actions and the effects, so that a new button or effect cannot go without its
 * code, and a code cannot go without its label on the cards.
 */
import { ACTIONS, type Verb } from '../../procedure/actions.ts';
import type { EventWithoutButton } from '../../procedure/actors.ts';
import type { EffectName } from '../../procedure/effects.ts';
import type { CaseEvent } from '../../procedure/events.ts';
import type { NoKind } from '../../procedure/facts.ts';
import type { Policy } from '../../procedure/policy.ts';
import type { ACCESS_EVENTS } from './events/access-events.ts';
import type { LEDGER_EVENTS } from './events/ledger-events.ts';
import type { MODE_EVENTS } from './events/mode-events.ts';
import type { PROCESS_EVENTS } from './events/process-events.ts';

/** The first part of the code of an effect: `<this>.intent` before, `<this>.outcome` after. */
const EFFECT_CODES = {
  'push-self-service-link': 'link.push',
  'notify-caller': 'notice.caller',
  'notify-manager': 'notice.manager',
  'ask-manager': 'manager.ask',
  'ask-approvers': 'approval.ask',
  'create-pass': 'pass.create',
  'look-for-pass': 'pass.look',
  'delete-pass': 'pass.delete',
  'end-sessions': 'sessions.end',
  'alarm-leads': 'alarm.leads',
  'read-new-methods': 'methods.read',
} as const satisfies Readonly<Record<EffectName, string>>;

/** Codes of the mode, by the mode that was set. */
export const MODE_CODES = {
  normal: 'mode.normal',
  elevated: 'mode.elevated',
  lockdown: 'mode.lockdown',
} as const satisfies Readonly<Record<Policy['mode'], string>>;

/** Codes of the notice that tells the leads of a mode, before it and after it. */
export const MODE_NOTICE = ['mode.notice.intent', 'mode.notice.outcome'] as const;

/** Codes of a "no" to a pass. They say which one it was by themselves, because the detail of an entry can be erased. */
export const NO_CODES = {
  'approval-denied': 'no.approval-denied',
  'manager-declined': 'no.manager-declined',
  'someone-else-answered': 'no.someone-else-answered',
} as const satisfies Readonly<Record<NoKind, string>>;

/** The first part of the two codes of every effect. */
export type EffectCode = (typeof EFFECT_CODES)[EffectName];
/** Before it, and after it. */
export type Phase = 'intent' | 'outcome';
/** The codes of steps that a button causes. */
export type ActionCode = NonNullable<(typeof ACTIONS)[Verb]['audit']>;

/** The codes of steps of a case. */
export type StepCode =
  | ActionCode
  | `case.${Exclude<EventWithoutButton, 'manual-reset-asked'>}`
  /** A reset that succeeded and a new password have codes of their own: recoveries are counted by code, also after the details were erased. */
  | 'case.self-service-succeeded'
  | 'case.password-set'
  | 'request.refused';

/** The codes of an effect, or of reading an account. */
type EffectEntryCode = `${EffectCode | 'snapshot.read'}.${Phase}`;

/** Every code that is written today. What each holds, and when it is written, is listed in events/. */
export type LedgerCode =
  | StepCode
  | EffectEntryCode
  | (typeof NO_CODES)[NoKind]
  | 'case.refused'
  | 'case.asked-about'
  | 'case.press-lost'
  | keyof typeof ACCESS_EVENTS
  | keyof typeof MODE_EVENTS
  | keyof typeof PROCESS_EVENTS
  | keyof typeof LEDGER_EVENTS;

/** Codes of version 0.1.0, which nothing writes any more. */
export type RetiredCode = 'case.picture-read-again' | `picture.read.${Phase}`;

/** The code of an effect, before it (`intent`) or after it (`outcome`). */
export function effectCode<P extends Phase>(effect: EffectName, phase: P): `${EffectCode}.${P}` {
  return `${EFFECT_CODES[effect]}.${phase}`;
}

/** The codes of what came of something. */
export type OutcomeCode = Extract<LedgerCode, `${string}.outcome`>;

/** The outcome's code for an intent's, also for one that an older version left without its outcome. */
export function outcomeCodeOf(intentCode: string): OutcomeCode {
  return intentCode.replace('picture.read.', 'snapshot.read.').replace(/\.intent$/, '.outcome') as OutcomeCode;
}

/** The code of a step that an event led to: the ledger code of its button's row, or the event's own name. */
export function stepCode(event: CaseEvent): StepCode {
  if (event.kind === 'manual-reset-asked') return 'request.refused';
  if (event.kind === 'self-service-progressed') {
    const { step } = event.progress;
    if (step === 'succeeded') return 'case.self-service-succeeded';
    if (step === 'password-set') return 'case.password-set';
  }
  const button = Object.values(ACTIONS).find((row) => row.event === event.kind);
  return button?.audit ?? `case.${event.kind as Exclude<EventWithoutButton, 'manual-reset-asked'>}`;
}
