/**
 * What a card says about a message to approvers or leads: how many of them it reached, and whom to call when it reached nobody.
 */
import type { GroupMembers } from './directory.ts';

/** Whom to call when a message reached nobody: somebody of the group with their number in the directory, and the configured contact. */
export interface ToCall {
  readonly member: { readonly name: string; readonly number: string } | null;
  /** As configured; it is shown as it stands. */
  readonly contact: string | null;
}

/** Who was asked or alarmed. `lead`: the leads, by an alarm. The others were asked for their approval. */
type ReachedRole = 'approver' | 'lead' | 'lead-asked' | 'lead-or-approver';

/** How many approvers or leads the latest message of a case reached, as the ledger has it. */
export type Reach =
  | { readonly kind: 'sending'; readonly role: ReachedRole }
  /** `listed`: whether `of` counts everybody, or there are more than were read. */
  | {
      readonly kind: 'reached';
      readonly role: ReachedRole;
      readonly reached: number;
      readonly of: number;
      readonly listed: GroupMembers['listed'];
    }
  /** `unread`: it could not be read who is in the group. `not-known`: what came of the message was not written down. */
  | {
      readonly kind: 'not-reached';
      readonly role: ReachedRole;
      readonly why: 'nobody' | 'unread' | 'not-known';
      readonly call: ToCall;
    };
