/**
 * English: why one person is not enough, and what the mode and the notices mean.
 * The one rule kept here: every code of the closed lists has a sentence; a missing one does not compile.
 */
import type { RiskReason } from '../../../procedure/risk-reasons.ts';
import type { NoticeCode, ThreatMode } from '../../../casework/ports/card-views.ts';

/** One sentence for each risk reason. */
export const risks = {
  'proof-not-by-callback': 'They were not called back on a number on record.',
  'third-contact-in-a-day': 'This is the third contact about this person in 24 hours, or more.',
  'medium-risk': 'Microsoft rates the risk of this account as medium.',
  'close-to-technician': 'Caller and technician: one manages the other, or that could not be read.',
  vip: 'This person is on the VIP list.',
  'elevated-mode': 'Elevated mode is on: every pass needs a second person.',
  'spike-mode': 'Far more resets than usual in the last hour.',
  'out-of-hours': 'It is outside working hours.',
} satisfies Record<RiskReason, string>;

/** What a mode means for this case; empty when there is nothing to say. */
export const modes = {
  normal: '',
  elevated: 'Elevated mode is on. A second person decides on every pass.',
  lockdown: 'Lockdown is on. No passes are issued. Questions go to the helpdesk lead.',
} satisfies Record<ThreatMode, string>;

/** Elevated mode, raised by the bot itself. */
export const spikeMode =
  'Elevated mode is on: far more recoveries than usual in an hour. A second person decides on every pass.';

/** What went differently than planned, in one line. */
export const notices = {
  'caller-not-reachable-in-teams':
    'The caller could not be reached in Teams, so they got no message. Read everything out to them.',
  'caller-told-in-teams': 'The caller got a message in Teams, with a button "This was not me".',
  'manager-not-reachable-in-teams': 'The manager could not be reached in Teams, so they got no message.',
  'approvers-not-reachable-in-teams': 'No approver could be reached in Teams. Call one of them.',
  'names-not-read': 'The name could not be read. Check the sign-in name in the directory before you go on.',
  'pass-refused-by-directory': 'Microsoft Entra refused to create the pass. No pass exists.',
  'sessions-not-ended': 'Open sessions could not be ended. Ask the security team to do it.',
} satisfies Record<NoticeCode, string>;
