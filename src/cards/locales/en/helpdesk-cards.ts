/**
 * English: the cards of the desk: welcome, help, lists, looking for a caller, and what failed.
 * The one rule kept here: examples use the words people really write.
 */
import type { ReaderRole } from '../../../casework/ports/card-views.ts';

/** Words of the template with the same name. */
export const helpdeskCards = {
  welcome: {
    headline: 'Hello. Somebody is locked out?',
    lead: 'Write who it is, and I walk you through the lockout procedure.',
    example: 'Lena Hartmann is locked out',
    never: 'I cannot set a password, and neither can you. That is the point.',
  },
  help: {
    headline: 'What you can write',
    lead: 'In your own words. These always work:',
    never: 'Hardline never sets a password and never takes a phone number from a caller.',
  },
  cases: {
    headline: 'Your cases',
    none: 'You have no cases yet. Write who is locked out.',
    open: 'Open a case to go on:',
  },
  log: {
    headline: 'What was written down',
    none: 'Nothing was written down yet.',
  },
  'pick-caller': {
    headline: 'Who is it?',
    lead: 'Several people match. Ask the caller for their sign-in name, then choose.',
    pick: 'This one',
    more: 'More people match than fit here. None of these? Write the sign-in name, email or employee number.',
    searched: 'Searched for',
  },
  'caller-not-found': {
    headline: 'Nobody found',
    lead: 'Ask the caller to spell their sign-in name. Then write it, or their email or employee number.',
    searched: 'Searched for',
    careful: 'Still nobody? Do not guess. It may be a guest, or not one of us.',
  },
  fault: {
    headline: 'Something outside did not work',
    headlineBug: 'That was our mistake, not yours',
    bug: 'Something went wrong inside Hardline. Nothing was done that is not written down.',
    next: 'Open the case and see where it stands before you press again.',
    nextNoCase: 'Try again in a minute. If it stays, call the helpdesk lead.',
    reference: 'Reference, if you report it',
    showCase: 'Open the case',
  },
};

/** Commands by role: what to write, and what it does. */
export const commands = {
  technician: [
    { write: 'Lena Hartmann is locked out', does: 'starts the lockout procedure' },
    { write: 'send the link to Lena Hartmann', does: 'gives out the self-service link' },
    { write: 'Lena Hartmann sees "contact your administrator"', does: "explains what Microsoft's page says" },
    { write: 'cases', does: 'lists your cases' },
    { write: 'case 12', does: 'shows where case 12 stands' },
  ],
  approver: [{ write: 'case 12', does: 'shows where case 12 stands' }],
  auditor: [
    { write: 'log', does: 'shows what was written down' },
    { write: 'log 12', does: 'shows what was written down about case 12' },
  ],
  lead: [
    { write: 'mode', does: 'shows the mode' },
    { write: 'lockdown on REASON', does: 'no passes at all, until a lead ends it' },
    { write: 'elevated on REASON', does: 'two people for every pass' },
    { write: 'log', does: 'shows what was written down' },
    { write: 'case 12', does: 'shows where case 12 stands' },
  ],
} satisfies Record<ReaderRole, readonly { write: string; does: string }[]>;

/** The ledger's codes in words; a code that is not here is shown as it is. */
export const ledgerCodes: Readonly<Record<string, string>> = {
  'case.opened': 'Case opened',
  'case.picture-read': 'Case opened',
  'case.snapshot-read-again': 'Picture read again',
  'case.methods-ticked': 'Methods ticked',
  'case.self-service-progressed': 'Progress at the reset page',
  'case.self-service-succeeded': 'Password reset by themselves',
  'case.went-back': 'Went back',
  'case.callback-chosen': 'Callback chosen',
  'case.callback-recorded': 'Callback recorded',
  'case.seen-in-person': 'Seen in person',
  'case.manager-asked': 'Manager asked',
  'case.manager-answered': 'Manager answered',
  'case.approval-decided': 'Second person decided',
  'case.issue-pressed': 'Issue pressed',
  'case.pass-created': 'Pass created',
  'case.pass-refused': 'Pass refused by Microsoft Entra',
  'case.pass-unanswered': 'No answer about the pass',
  'case.pass-found': 'Unseen pass found',
  'case.no-pass-found': 'No pass found',
  'case.methods-seen': 'New methods seen',
  'case.withdraw-pressed': 'Pass withdrawn',
  'case.pass-deleted': 'Pass deleted',
  'case.caller-objected': '"This was not me"',
  'case.escalated': 'Handed over',
  'case.abandoned': 'Closed without help',
  'case.done-pressed': 'Technician says: done',
  'case.time-passed': 'Time ran out',
  'case.refused': 'Step refused',
  'request.refused': 'Manual reset refused',
  'access.refused': 'Access refused',
  'picture.read.intent': 'Will read the picture',
  'picture.read.outcome': 'Picture read',
  'log.read': 'Log read',
  'mode.normal': 'Normal mode',
  'mode.elevated': 'Elevated mode',
  'mode.lockdown': 'Lockdown',
  'link.push.intent': 'Will send the link',
  'link.push.outcome': 'Link sent?',
  'notice.caller.intent': 'Will tell the caller',
  'notice.caller.outcome': 'Caller told?',
  'notice.manager.intent': 'Will tell the manager',
  'notice.manager.outcome': 'Manager told?',
  'manager.ask.intent': 'Will ask the manager',
  'manager.ask.outcome': 'Manager asked?',
  'approval.ask.intent': 'Will ask the approvers',
  'approval.ask.outcome': 'Approvers asked?',
  'pass.create.intent': 'Will create a pass',
  'pass.create.outcome': 'Answer about the pass',
  'pass.look.intent': 'Will look for a pass',
  'pass.look.outcome': 'Looked for a pass',
  'pass.delete.intent': 'Will delete the pass',
  'pass.delete.outcome': 'Deleting the pass',
  'sessions.end.intent': 'Will end sessions',
  'sessions.end.outcome': 'Ending sessions',
  'alarm.leads.intent': 'Will alarm the leads',
  'alarm.leads.outcome': 'Leads alarmed?',
};

/** The bot's own name as an actor. */
export const botName = 'Hardline';
