/**
 * English: the codes of the ledger, for the log card. Codes of older versions stay here: the ledger keeps their entries.
 * A code of today without a label does not compile.
 */
import type { LedgerCode, RetiredCode } from '../../../casework/ports/ledger-codes.ts';
import { stepLabels } from './case-cards.ts';
import { howMany, type Listed } from './people-listed.ts';

/** What each code is called. A code without a label does not compile; one of a newer version is shown as it is. */
export const codes = {
  ...stepLabels,
  'case.self-service-progressed': 'Progress of the reset',
  'case.self-service-succeeded': 'Password reset by the caller',
  'case.password-set': 'New password seen',
  'case.pass-created': 'Pass created',
  'case.pass-unseen': 'Pass created, but nobody saw it',
  'case.pass-refused': 'Pass refused by Microsoft Entra',
  'case.pass-unanswered': 'No answer about the pass',
  'case.pass-found': 'Pass found that nobody saw',
  'case.no-pass-found': 'No pass found',
  'case.methods-seen': 'New methods seen',
  'case.pass-deleted': 'Pass not found any more',
  'case.pass-still-there': 'Pass still there',
  'case.pass-taken-back': 'Pass taken back by a lead',
  'case.new-methods-read': 'Methods read after "This was not me"',
  'case.time-passed': 'Time ran out',
  'case.refused': 'Step refused',
  'case.asked-about': 'Another technician asked about the open case',
  'no.approval-denied': 'No: a second person denied the pass',
  'no.manager-declined': 'No: the manager is not speaking with them',
  'no.someone-else-answered': 'No: somebody else answered the callback',
  'request.refused': 'Manual reset refused',
  'access.refused': 'Access refused',
  'snapshot.read.intent': 'Account: reading',
  'snapshot.read.outcome': 'Account read',
  'log.read': 'Log opened to read',
  'people.searched': 'Search for a person',
  'people.search-limit': 'Too many searches within an hour',
  'refusals.counted': 'More refusals within a minute',
  'ledger.erased': 'Personal data erased',
  'mode.normal': 'Normal mode',
  'mode.elevated': 'Elevated mode',
  'mode.lockdown': 'Lockdown',
  'mode.notice.intent': 'Notice of the mode to the leads: sending',
  'mode.notice.outcome': 'Notice of the mode to the leads',
  'link.push.intent': 'Self-service link: sending',
  'link.push.outcome': 'Self-service link',
  'notice.caller.intent': 'Notice to the caller: sending',
  'notice.caller.outcome': 'Notice to the caller',
  'notice.manager.intent': 'Notice to the manager: sending',
  'notice.manager.outcome': 'Notice to the manager',
  'manager.ask.intent': 'Question to the manager: sending',
  'manager.ask.outcome': 'Question to the manager',
  'approval.ask.intent': 'Question to the approvers: sending',
  'approval.ask.outcome': 'Question to the approvers',
  'pass.create.intent': 'Pass: requesting',
  'pass.create.outcome': 'Pass',
  'pass.look.intent': 'Search for the pass: starting',
  'pass.look.outcome': 'Search for the pass',
  'pass.delete.intent': 'Deletion of the pass: starting',
  'pass.delete.outcome': 'Deletion of the pass',
  'methods.read.intent': 'Methods since the pass: reading',
  'methods.read.outcome': 'Methods since the pass',
  'sessions.end.intent': 'End of open sessions: starting',
  'sessions.end.outcome': 'End of open sessions',
  'alarm.leads.intent': 'Alarm to the leads: sending',
  'alarm.leads.outcome': 'Alarm to the leads',
  // Written by 0.1.0.
  'case.picture-read-again': 'Account read again',
  'picture.read.intent': 'Account: reading',
  'picture.read.outcome': 'Account read',
} satisfies Readonly<Record<LedgerCode | RetiredCode, string>>;

/** What the detail of an entry says, in words; anything else is shown as it is. */
export const details: Readonly<Record<string, string>> = {
  'answered-by-caller': 'the caller answered',
  'answered-by-someone-else': 'somebody else answered',
  voicemail: 'voicemail',
  nobody: 'nobody answered',
  'wrong-number': 'wrong number',
  created: 'created',
  gone: 'deleted',
  ended: 'done',
  found: 'found',
  'none found': 'none found',
  'still-there': 'still there',
  'not-known': 'no answer',
  'not-permitted': 'not permitted',
  delivered: 'delivered',
  resolved: 'resolved',
  escalated: 'handed over',
  abandoned: 'closed early',
  expired: 'time ran out',
  'manual-reset-never': 'never possible',
  'not-helpdesk': 'not at the helpdesk',
  'not-a-technician': 'not a technician',
  'not-an-approver': 'not an approver',
  'not-an-auditor': 'not an auditor',
  'not-a-lead': 'not a lead',
  'not-your-case': "somebody else's case",
  'no-such-case': 'no such case for them',
  'no-such-person': 'not in the directory',
  'only-in-personal-chat': 'not in a personal chat',
  'too-fast': 'too many within a minute',
  'too-many-searches': 'too many searches',
  'no other lead': 'there is no other lead',
};

/** Outcomes with a number or a reason in them. */
export const outcomes = {
  reached: (count: number, of: number, listed: Listed): string => `${count} of ${howMany(of, listed)} reached`,
  notDelivered: (why: string): string => `not delivered, ${why}`,
  hits: (count: number): string => (count === 1 ? '1 person matches' : `${count} people match`),
  counted: (count: number): string => `${count} more`,
  notRead: (why: string): string => `could not be read, ${why}`,
};

/** Why a message was not delivered. */
export const undelivered: Readonly<Record<string, string>> = {
  'not-installed': 'Hardline is not installed for them',
  blocked: 'they blocked the bot',
  throttled: 'Teams is busy',
  unreachable: 'no connection',
};
