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

type EffectCode = (typeof EFFECT_CODES)[EffectName];
type Phase = 'intent' | 'outcome';
/** The codes of steps that a button causes. */
export type ActionCode = NonNullable<(typeof ACTIONS)[Verb]['audit']>;

/** Every code that is written today. */
export type LedgerCode =
  | ActionCode
  | `case.${Exclude<EventWithoutButton, 'manual-reset-asked'>}`
  /** A reset that succeeded and a new password have codes of their own: recoveries are counted by code, also after the details were erased. */
  | 'case.self-service-succeeded'
  | 'case.password-set'
  | 'case.refused'
  /** A technician asked about somebody whose case is open with another one. */
  | 'case.asked-about'
  | (typeof NO_CODES)[NoKind]
  | 'request.refused'
  | 'access.refused'
  | `snapshot.read.${Phase}`
  | `${EffectCode}.${Phase}`
  | (typeof MODE_CODES)[Policy['mode']]
  | (typeof MODE_NOTICE)[number]
  | 'log.read'
  | 'people.searched'
  | 'people.search-limit'
  /** Refusals of one person within a minute that have no entry of their own. */
  | 'refusals.counted'
  | 'ledger.erased'
  /** The ledger could not be written for a while. */
  | 'ledger.gap'
  /** The clock of the machine was set while the bot ran. */
  | 'clock.jumped'
  /** An operator confirmed that the newest entry was written with a wrong clock. */
  | 'clock.accepted';

/** Codes of version 0.1.0, which nothing writes any more. */
export type RetiredCode = 'case.picture-read-again' | `picture.read.${Phase}`;

/** The code of an effect, before it (`intent`) or after it (`outcome`). */
export function effectCode(effect: EffectName, phase: Phase): `${EffectCode}.${Phase}` {
  return `${EFFECT_CODES[effect]}.${phase}`;
}

/** The outcome's code for an intent's, also for one that an older version left without its outcome. */
export function outcomeCodeOf(intentCode: string): LedgerCode {
  return intentCode.replace('picture.read.', 'snapshot.read.').replace(/\.intent$/, '.outcome') as LedgerCode;
}

/** The code of a step that an event led to: the ledger code of its button's row, or the event's own name. */
export function stepCode(event: CaseEvent): LedgerCode {
  if (event.kind === 'manual-reset-asked') return 'request.refused';
  if (event.kind === 'self-service-progressed') {
    const { step } = event.progress;
    if (step === 'succeeded') return 'case.self-service-succeeded';
    if (step === 'password-set') return 'case.password-set';
  }
  const button = Object.values(ACTIONS).find((row) => row.event === event.kind);
  return button?.audit ?? `case.${event.kind as Exclude<EventWithoutButton, 'manual-reset-asked'>}`;
}
