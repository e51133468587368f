/**
 * What has to be done because a case moved. Effects are data. casework/steps/run-effects.ts carries them out and writes a ledger
 * entry before each (the intent) and after it (the outcome). No effect sets, resets or reads a password.
 */
import type { PassOrder } from './case.ts';
import type { PersonId } from './facts.ts';
import type { RiskReason, SecondPersons } from './risk-reasons.ts';

/** Closed list of effects. */
export type Effect =
  | { readonly kind: 'push-self-service-link' }
  | { readonly kind: 'notify-caller'; readonly notice: 'recovery-started' | 'pass-issued' }
  | { readonly kind: 'notify-manager'; readonly manager: PersonId; readonly notice: 'pass-issued' }
  | { readonly kind: 'ask-manager'; readonly manager: PersonId }
  /** Those who may still agree are asked: approvers, leads, or both. */
  | {
      readonly kind: 'ask-approvers';
      readonly subject: string;
      readonly reasons: readonly RiskReason[];
      readonly needs: SecondPersons;
    }
  /** A single POST to Graph, never repeated. */
  | { readonly kind: 'create-pass'; readonly order: PassOrder }
  | { readonly kind: 'look-for-pass'; readonly order: PassOrder }
  | { readonly kind: 'delete-pass'; readonly passId: string }
  | { readonly kind: 'end-sessions' }
  | {
      readonly kind: 'alarm-leads';
      readonly alarm: 'someone-else-answered' | 'manager-declined' | 'caller-objected' | 'helpdesk-account';
    };

/** The name of an effect. */
export type EffectName = Effect['kind'];
