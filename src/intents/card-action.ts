/**
 * A click, read and typed. Its shape follows the table of actions in procedure/actions.ts.
 * An action names a case, a version and a choice; never a decision, a role or a lifetime.
 */
import type { ACTIONS, FieldsOfVerb, Verb } from '../procedure/actions.ts';
import type { CaseId } from '../procedure/case.ts';

/** The case a button belongs to, and how the case stood when the card was drawn. The client's word: check both. */
export interface OnCase {
  readonly caseId: CaseId;
  readonly version: number;
}

type Row<V extends Verb> = (typeof ACTIONS)[V];

type Named<V extends Verb> = Row<V>['names'] extends 'a-version'
  ? OnCase
  : Row<V>['names'] extends 'a-case'
    ? Pick<OnCase, 'caseId'>
    : unknown;

/** A button that was pressed. Who pressed it is not in here: that is the channel's word. */
export type CardAction = { readonly [V in Verb]: { readonly kind: V } & Named<V> & FieldsOfVerb<V> }[Verb];

/** Data that no card of ours could have sent. `reason` names our own fields only and may be logged as it is. */
export interface Forged {
  readonly kind: 'forged';
  readonly reason: string;
}
