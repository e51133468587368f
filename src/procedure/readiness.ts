/**
 * May this caller reset the password themselves? The checklist of the picture, and the verdict it comes to.
 * The one rule kept here: what was not read is `unknown` on the list, and never a yes.
 */
import type { Recommendation } from './policy.ts';

/** How a row stands. `caution`: good today, and not for long or not alone. */
export type RowState = 'yes' | 'no' | 'unknown' | 'caution';

/** One row of the checklist. A row that does not concern the caller is left out. */
export type ReadinessRow =
  /** Names of the plans found, at most five. */
  | { readonly code: 'licensed'; readonly state: RowState; readonly plans: readonly string[] }
  | { readonly code: 'enabled'; readonly state: RowState }
  | { readonly code: 'registered'; readonly state: RowState }
  | { readonly code: 'capable'; readonly state: RowState }
  /** `administrator`: two methods whatever the tenant's setting, and no security questions. */
  | {
      readonly code: 'methods-counted';
      readonly state: RowState;
      readonly counted: number;
      readonly required: 1 | 2;
      readonly administrator: boolean;
    }
  /** Only weak methods count, such as e-mail alone. */
  | { readonly code: 'weak-only'; readonly state: 'caution' }
  /** The caller has security questions; `retires` is an ISO date. */
  | { readonly code: 'security-questions'; readonly state: 'caution'; readonly retires: string }
  /** Without Microsoft's own SMS and voice the methods would not be enough; `retires` is an ISO date. */
  | { readonly code: 'sms-and-voice'; readonly state: 'caution'; readonly retires: string }
  /** Synced accounts only. */
  | { readonly code: 'writeback'; readonly state: RowState }
  /** Age of the registration report in whole hours; `null` when the report does not say. */
  | { readonly code: 'report-age'; readonly state: RowState; readonly hours: number | null };

/** The name of a row. */
export type ReadinessCode = ReadinessRow['code'];

/** Closed list: what the checklist comes to. */
export type ReadinessVerdict =
  | 'can-reset-now'
  /** Enough is registered, and all of it weak: the reset page would let them in, a stronger method should follow. */
  | 'weak-methods-only'
  | 'registered-not-at-hand'
  | 'not-registered'
  | 'not-enabled'
  | 'not-licensed'
  | 'no-writeback'
  | 'unknown';

/** The caller's readiness, as data for the card. */
export interface Readiness {
  readonly rows: readonly ReadinessRow[];
  readonly verdict: ReadinessVerdict;
  /** Where it leads, stops left aside: the recommendation looks at those too. */
  readonly route: Exclude<Recommendation['route'], 'escalate'>;
}
