/**
 * English: cards that reach people outside their own turn: caller, manager, approver, lead.
 * The one rule kept here: no card asks anybody for a password or a code, and says so.
 */
import type { RequestCardPurpose } from '../../../casework/ports/ledger.ts';
import type { Alarm, RequestOutcome } from '../../../casework/ports/message-views.ts';

const WORDS_MATCH =
  'The helpdesk can read the same two words to you. Other words, or none? Then it is not the helpdesk.';
const NEVER_ASKED = 'The helpdesk never asks for your password or for a code from your phone.';

/** Words of the template with the same name. */
export const messageCards = {
  'self-service-link': {
    headline: 'Reset your password yourself',
    lead: 'The helpdesk sends you this because you could not sign in.',
    open: 'Open aka.ms/sspr',
    never: NEVER_ASKED,
    notMeAsk: 'You did not call the helpdesk?',
    notMe: 'This was not me',
  },
  'notice-recovery-started': {
    headline: 'Did you just call the helpdesk?',
    lead: 'Somebody says they are you and cannot sign in. The helpdesk is checking that now.',
    words: WORDS_MATCH,
    itWasMe: 'If that is you, you need not do anything.',
    never: NEVER_ASKED,
    notMe: 'This was not me',
  },
  'notice-pass-issued': {
    headline: 'A Temporary Access Pass was given out for your account',
    headlineManager: 'A Temporary Access Pass was given out in your team',
    lead: 'With it, one can sign in without the password and register a new method.',
    words: WORDS_MATCH,
    itWasMe: 'If you called the helpdesk, all is well.',
    itWasThem: 'If they told you that they were locked out, all is well.',
    never: NEVER_ASKED,
    notMe: 'This was not me',
    notThem: 'This was not them',
  },
  'manager-question': {
    headline: 'Are you speaking with them right now?',
    lead: 'They called the helpdesk because they cannot sign in. You are their manager on record.',
    yesOnly: 'Answer yes only if you hear or see them now and are sure that it is them.',
    yes: 'Yes, I am speaking with them',
    no: 'No',
  },
  'approval-request': {
    headline: 'Should this person get a pass?',
    reasons: 'Why you are asked',
    reasonLabel: 'Your reason, in one short sentence',
    reasonError: 'Write a reason.',
    approve: 'Approve',
    deny: 'Deny',
    ask: 'Not sure? Call the technician, or deny. A denied caller is handed over, not left alone.',
  },
  alarm: {
    next: 'Call the person on record now. Treat the account as under attack until you know better.',
    showCase: 'Open the case',
  },
  told: {
    showCase: 'Open the case',
  },
  'request-closed': {},
  mode: {
    change: 'To change it, write',
    askLead: 'A helpdesk lead can change it.',
  },
  guidance: {
    headline: 'Locked out? You can reset your password yourself',
    headlineRegister: 'Register methods, so that you can help yourself',
    lead: 'This bot works for the helpdesk. About you, it can tell you this:',
    open: 'Open aka.ms/sspr',
    ownEnough: 'You have enough methods. You can reset your password yourself now.',
    ownNone: 'You have no method registered that can reset your password.',
    registerNow: 'Register them at aka.ms/mysecurityinfo while you can sign in.',
    lockedOut: 'Locked out already? Call the helpdesk.',
    ownUnread: 'Your sign-in methods could not be read just now.',
    register: 'Not locked out? Check that you have two methods registered, at aka.ms/mysecurityinfo.',
    openRegister: 'Open aka.ms/mysecurityinfo',
    still: 'It does not work? Call the helpdesk.',
    never: NEVER_ASKED,
  },
};

/** What became of a request, for those who were asked. */
export const requests = {
  approved: { headline: 'Approved', lead: 'A second person said yes. You need not do anything.' },
  denied: { headline: 'Denied', lead: 'A second person said no. The case was handed over.' },
  confirmed: { headline: 'Confirmed', lead: 'The manager is speaking with them. You need not do anything.' },
  declined: { headline: 'Not confirmed', lead: 'The manager is not speaking with them. No pass came of it.' },
  expired: { headline: 'Too late to answer', lead: 'Nobody answered in time. You need not do anything.' },
  withdrawn: {
    headline: 'Not needed any more',
    lead: 'The case went another way before anybody answered. You need not do anything.',
  },
} satisfies Record<RequestOutcome, { headline: string; lead: string }>;

/** What was asked. */
export const requestPurposes = {
  approval: 'May they get a pass?',
  'manager-question': 'Are you speaking with them?',
} satisfies Record<RequestCardPurpose, string>;

/** Labels of aligned facts on these cards. */
export const messageLabels = {
  caller: 'Caller',
  department: 'Department',
  objectId: 'Id ends in',
  technician: 'Technician',
  proof: 'Proof',
  validUntil: 'Valid until',
  asked: 'Asked',
  answerBy: 'Answer by',
  at: 'Time',
  matchingWords: 'Words',
  question: 'Question',
  decidedBy: 'Answered by',
  since: 'Since',
  by: 'By',
  reason: 'Reason',
};

/** What happened, for the leads. */
export const alarms = {
  'someone-else-answered': {
    headline: 'Alarm: somebody else answered the callback',
    lead: 'The number on record was answered by somebody who is not the caller. The case was closed.',
  },
  'manager-declined': {
    headline: 'Alarm: the manager is not speaking with the caller',
    lead: 'Somebody on the phone asked for help, and the manager on record says they are not speaking with them.',
  },
  'caller-objected': {
    headline: 'Alarm: "This was not me" was pressed',
    lead: 'The caller or their manager says they never called. The case is frozen, and any pass is being deleted.',
  },
} satisfies Record<Alarm, { readonly headline: string; readonly lead: string }>;
