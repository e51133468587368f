/**
 * English: how many approvers or leads got a message, and whom to call when nobody did. No sentence here says that somebody was
 * reached unless the figure says so.
 */
import { howMany, type Listed } from './people-listed.ts';

const figure = (reached: number, of: number, listed: Listed, one: string): string =>
  `${reached} of ${howMany(of, listed)} ${of === 1 ? one : one.replace(/\w+/gu, (word) => (word === 'or' ? word : `${word}s`))} ${reached === 1 ? 'was' : 'were'} reached in Teams.`;

const AGAIN = 'Hardline tries again by itself.';

/** About approvers. */
export const approver = {
  sending: 'The approvers are being asked in Teams.',
  reached: (reached: number, of: number, listed: Listed): string => figure(reached, of, listed, 'approver'),
  nobody: 'No approver was reached.',
  unread: `The approvers could not be read, so nobody was asked. ${AGAIN}`,
  'not-known': 'It is not known whether an approver was reached.',
  callOne: 'Call one of them now.',
};

/** About leads. */
export const lead = {
  sending: 'The leads are being alarmed in Teams.',
  reached: (reached: number, of: number, listed: Listed): string => figure(reached, of, listed, 'lead'),
  nobody: 'No lead was reached.',
  unread: `The leads could not be read, so nobody was alarmed. ${AGAIN}`,
  'not-known': 'It is not known whether a lead was reached.',
  callOne: 'Call a lead now.',
};

/** About leads who are asked for their approval. */
export const leadAsked = {
  ...lead,
  sending: 'The leads are being asked in Teams.',
  unread: `The leads could not be read, so nobody was asked. ${AGAIN}`,
};

/** About leads and approvers, of whom two have to approve. */
export const leadOrApprover = {
  sending: 'The leads and the approvers are being asked in Teams.',
  reached: (reached: number, of: number, listed: Listed): string => figure(reached, of, listed, 'lead or approver'),
  nobody: 'No lead and no approver was reached.',
  unread: `The leads or the approvers could not be read, so nobody was asked. ${AGAIN}`,
  'not-known': 'It is not known whether a lead or an approver was reached.',
  callOne: 'Call a lead now.',
};

/** Whom to call: a name and a number, or the configured contact as it stands. */
export const call = (who: string): string => `Call ${who} now.`;

/** The second one to call. */
export const orCall = (who: string): string => `If they do not answer, call ${who}.`;
