/**
 * English: cards sent to people who are not helpdesk technicians: callers, managers, approvers, leads.
 * No card asks anybody for a password or a code, and the cards say so.
 */
import type { RequestCardPurpose } from '../../../casework/ports/ledger.ts';
import type { Alarm, RequestOutcome } from '../../../casework/ports/message-views.ts';

const WORDS_MATCH =
  'The helpdesk can read these two words to you. If somebody cannot, or reads other words, it is not the helpdesk.';
const NEVER_ASKED = 'The helpdesk never asks for your password or for a code from your phone.';
const NOT_ME = 'This was not me';

/** The texts of the template with the same name. */
export const messageCards = {
  'self-service-link': {
    headline: 'Reset your password yourself',
    lead: 'The helpdesk was told that you cannot sign in. This is how to reset your password:',
    open: 'Open aka.ms/sspr',
    never: NEVER_ASKED,
    notMeAsk: 'You did not call the helpdesk? Then press "This was not me".',
    notMe: NOT_ME,
  },
  'notice-recovery-started': {
    headline: 'Did you just call the helpdesk?',
    lead: 'Somebody called who says they are you and cannot sign in. The helpdesk is checking that now.',
    matchingWords: WORDS_MATCH,
    itWasMe: 'If that was you, you do not have to do anything.',
    never: NEVER_ASKED,
    notMe: NOT_ME,
  },
  'notice-pass-issued': {
    headline: 'A Temporary Access Pass was issued for your account',
    headlineManager: 'A Temporary Access Pass was issued for somebody in your team',
    lead: 'Whoever has it can sign in without your password and register a new method.',
    leadManager: 'Whoever has it can sign in without their password and register a new method.',
    matchingWords: WORDS_MATCH,
    itWasMe: 'If you called the helpdesk, everything is fine.',
    itWasThem: 'If they told you that they were locked out, everything is fine.',
    never: NEVER_ASKED,
    notMe: NOT_ME,
    notThem: 'This was not them',
  },
  'manager-question': {
    headline: 'Are you speaking with this person right now?',
    lead: 'Somebody called the helpdesk in their name and cannot sign in. You are their manager on record.',
    yesOnly: 'Answer yes only if you hear or see them right now and are sure that it is them.',
    yes: 'Yes, I am speaking with them',
    no: 'No, I am not',
  },
  'approval-request': {
    headline: 'Should this person get a pass?',
    reasons: 'Why you are asked',
    reasonLabel: 'Your reason, in one short sentence',
    reasonError: 'Write a reason.',
    approve: 'Approve the pass',
    deny: 'Deny the pass',
    ask: 'Not sure? Call the technician, or deny. If you deny, the technician hands the case over.',
  },
  alarm: {
    next: 'Call the person on a number on record now. Treat the account as under attack until you know more.',
    showCase: 'Open the case',
  },
  mode: {
    change: 'To change the mode, write:',
    askLead: 'A helpdesk lead can change the mode.',
  },
  guidance: {
    headline: 'Locked out? You can reset your password yourself',
    headlineRegister: 'Register sign-in methods, so that you can reset your password yourself',
    lead: 'This bot is for the helpdesk. This is what you can do yourself:',
    open: 'Open aka.ms/sspr',
    ownEnough: 'You have enough methods. You can reset your password yourself now.',
    ownNone: 'You have no method registered that can reset your password.',
    registerNow: 'Register them at aka.ms/mysecurityinfo while you can sign in.',
    lockedOut: 'Locked out already? Call the helpdesk.',
    ownUnread: 'Your sign-in methods could not be read just now.',
    register: 'Not locked out? Check at aka.ms/mysecurityinfo that you have two methods registered.',
    openRegister: 'Open aka.ms/mysecurityinfo',
    still: 'If it does not work, call the helpdesk.',
    never: NEVER_ASKED,
  },
};

const NOTHING_TO_DO = 'You do not have to do anything.';

/** What became of a request, for those who were asked. */
export const requests = {
  approved: { headline: 'Approved', lead: `A second person approved the pass. ${NOTHING_TO_DO}` },
  'approved-once': {
    headline: 'Approved. Somebody else has to approve as well',
    lead: 'Your approval counts. The pass can be issued when the second one is there.',
  },
  denied: { headline: 'Denied', lead: `A second person denied the pass. ${NOTHING_TO_DO}` },
  confirmed: { headline: 'Confirmed', lead: `The manager says they are speaking with the caller. ${NOTHING_TO_DO}` },
  declined: {
    headline: 'Not confirmed',
    lead: 'The manager says they are not speaking with the caller. No pass was issued.',
  },
  expired: { headline: 'Too late to answer', lead: `Nobody answered in time. ${NOTHING_TO_DO}` },
  withdrawn: { headline: 'No longer needed', lead: `The case went on before anybody answered. ${NOTHING_TO_DO}` },
  moved: {
    headline: 'Decide on the newer card',
    lead: 'You opened the case, so the request is further down in this chat.',
  },
} satisfies Record<RequestOutcome, { headline: string; lead: string }>;

/** What was asked. */
export const requestPurposes = {
  approval: 'Should they get a pass?',
  'manager-question': 'Are you speaking with them?',
} satisfies Record<RequestCardPurpose, string>;

/** What happened, for the leads. */
export const alarms = {
  'someone-else-answered': {
    headline: 'Alarm: somebody else answered the callback',
    lead: 'The technician says that somebody else answered the number on record. The case was closed.',
  },
  'manager-declined': {
    headline: 'Alarm: the manager is not speaking with the caller',
    lead: 'Somebody asked for help on the phone. The manager on record says they are not speaking with them.',
  },
  'helpdesk-account': {
    headline: 'Alarm: somebody who works at the helpdesk needs a pass',
    lead: 'The caller belongs to a helpdesk group, or owns one. Attackers choose these accounts. No pass without a lead.',
  },
  'caller-objected': {
    headline: 'Alarm: "This was not me" was pressed',
    lead: 'The caller or their manager says the caller never called. The case stops, and any pass is being deleted.',
  },
} satisfies Record<Alarm, { readonly headline: string; readonly lead: string }>;
