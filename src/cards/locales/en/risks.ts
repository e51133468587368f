/**
 * English: why a second person is needed, and what the mode and the notices mean.
 * A code without a sentence does not compile.
 */
import type { NoKind } from '../../../procedure/facts.ts';
import type { RiskReason, SecondPersons } from '../../../procedure/risk-reasons.ts';
import type { StillNeeded } from '../../../procedure/second-persons.ts';
import type { NoticeCode, ThreatMode } from '../../../casework/ports/card-views.ts';

/** One sentence for each risk reason. */
export const risks = {
  'earlier-no': 'Somebody has said no to a pass for this person lately.',
  'helpdesk-account': 'This person works at the helpdesk, or owns one of its groups.',
  'asked-before': 'A second person was asked earlier in this case, and still has to decide.',
  'risk-unknown': 'The risk of this account is not known: the tenant has no license or permission for it.',
  'eligibility-unknown':
    'Whether this person can activate administrator roles is not known: the tenant has no license or permission for it.',
  'proof-not-by-callback': 'They were not called back on a number on record.',
  'shared-number': 'Other people have the number that was called, too.',
  'third-contact-in-a-day': 'This is at least the third contact about this person in 24 hours.',
  'medium-risk': 'Microsoft rates the risk of this account as medium.',
  'close-to-technician': 'Of the caller and the technician, one manages the other.',
  vip: 'This person is on the VIP list.',
  'elevated-mode': 'Elevated mode is on: every pass needs a second person.',
  'spike-mode': 'There were far more resets than usual within an hour.',
  'out-of-hours': 'It is outside working hours.',
} satisfies Record<RiskReason, string>;

/** What somebody said no to, without when. */
export const noes = {
  'approval-denied': 'A second person denied a pass for this person',
  'manager-declined': 'The manager said that they were not speaking with this person',
  'someone-else-answered': 'Somebody else answered when this person was called back',
} satisfies Record<NoKind, string>;

/** Who is asked, for the technician. */
export const asked = {
  approver: 'This card changes when a second person decides.',
  lead: 'A lead has to approve. This card changes when one decides.',
  'lead-and-another': 'A lead and one more person have to approve. This card changes when somebody decides.',
} satisfies Record<SecondPersons, string>;

/** Who still has to approve. */
export const stillNeeded = {
  approver: 'an approver',
  lead: 'a lead',
  anybody: 'one more lead or approver',
  both: 'a lead, and one more lead or approver',
} satisfies Record<StillNeeded | 'both', string>;

/** What a mode means for this case; empty when there is nothing to say. */
export const modes = {
  normal: '',
  elevated: 'Elevated mode is on. Every pass needs a second person.',
  lockdown: 'Lockdown is on. No passes are issued. Ask the helpdesk lead.',
} satisfies Record<ThreatMode, string>;

/** Elevated mode, switched on by Hardline itself. */
export const spikeMode: string =
  'Elevated mode is on after far more recoveries than usual in an hour. Every pass needs a second person.';

/** What went differently than planned, in one line. */
export const notices = {
  'caller-not-reachable-in-teams':
    'The caller could not be reached in Teams, so they got no message. Read everything out to them.',
  'caller-notified-in-teams': 'The caller was sent a message in Teams, with a button "This was not me".',
  'manager-not-reachable-in-teams': 'The manager could not be reached in Teams, so they got no message.',
  'names-not-read': 'The name could not be read. Check the sign-in name in the directory before you go on.',
  'pass-refused-by-directory': 'Microsoft Entra refused to create the pass. No pass exists.',
  'sessions-not-ended': 'Their open sessions could not be ended. Ask the security team to do it.',
} satisfies Record<NoticeCode, string>;
