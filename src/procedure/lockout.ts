/**
 * The lockout procedure, as one table. For every state of a case it lists the events that can happen, the function that decides
 * what follows, and the states the decision can lead to. Start reading here; the decisions are in the decide-*.ts files.
 *
 * What the table does not list cannot happen: an event without a row is refused. The only exceptions are reports that can
 * arrive late (see actors.ts); they change nothing. `step()` is pure: it reads no clock, no network and no database, so the
 * same case, event, policy and time always give the same answer.
 */
import { isOnlyAReport, refusalOfActor } from './actors.ts';
import type { Case, StateName } from './case.ts';
import { abandoned, escalated } from './decide-ending.ts';
import { passDeleted, passStillThere } from './decide-withdrawal.ts';
import { callerObjected, newMethodsRead } from './decide-objection.ts';
import { objectedAfterwards, objectedWhileIssuing, objectedWhileSettling } from './decide-objection.ts';
import { someoneElseAfterwards, someoneElseAnswered, someoneElseWhileSettling } from './decide-someone-else.ts';
import { issuePressed } from './decide-issue.ts';
import { donePressed, noPassFound, passCreated, passFound } from './decide-pass.ts';
import { passRefused, passTakenBack, passUnanswered, withdrawPressed } from './decide-pass.ts';
import { passUnseen } from './decide-unseen.ts';
import { approvalDecided } from './decide-approval.ts';
import { denied, deniedAfterwards, deniedWhileSettling } from './decide-denial.ts';
import { managerDeclined, managerDeclinedAfterwards, managerDeclinedWhileSettling } from './decide-manager-no.ts';
import { backToProof, callbackChosen, callbackRecorded } from './decide-proof.ts';
import { managerAnswered, managerAsked, seenInPerson } from './decide-proof.ts';
import { backFromSelfService, backToMethods, methodsSeen, methodsTicked } from './decide-route.ts';
import { selfServiceProgressed } from './decide-route.ts';
import { snapshotReadAgain } from './decide-read-again.ts';
import { onTimeout } from './decide-timeouts.ts';
import type { CaseEvent, EventName } from './events.ts';
import type { Instant } from './facts.ts';
import { withForeignPassAlarm } from './foreign-pass.ts';
import type { Policy } from './policy.ts';
import { refuse, unchanged, type CaseAt, type Row, type Step } from './step.ts';

type Table = { readonly [S in StateName]: { readonly [E in EventName]?: Row<S, E> } };

/**
 * The whole procedure. `to` lists every state that the decision of a row can lead to, which a test checks. Any decision can also
 * refuse the event or leave the case as it is.
 */
export const PROCEDURE: Table = {
  // The technician asks the caller which of the registered methods they have at hand.
  'asking-methods': {
    'methods-ticked': { to: ['awaiting-self-service', 'choosing-proof', 'closed'], decide: methodsTicked },
    'snapshot-read-again': { to: ['asking-methods', 'closed'], decide: snapshotReadAgain },
    escalated: { to: ['closed'], decide: escalated },
    abandoned: { to: ['closed'], decide: abandoned },
    'callback-recorded': { to: ['closed'], decide: someoneElseAnswered },
    'approval-decided': { to: ['closed'], decide: denied },
    'manager-answered': { to: ['asking-methods'], decide: managerDeclined },
    'caller-objected': { to: ['closed'], decide: callerObjected },
    'time-passed': { to: ['closed'], decide: onTimeout('asking-methods') },
  },
  // The caller resets the password on Microsoft's reset page. The tenant's audit log shows how far they have come.
  'awaiting-self-service': {
    'self-service-progressed': {
      to: ['awaiting-self-service', 'asking-methods', 'withdrawing-pass', 'closed'],
      decide: selfServiceProgressed,
    },
    'pass-unseen': { to: ['withdrawing-pass'], decide: passUnseen },
    'went-back': { to: ['asking-methods'], decide: backFromSelfService },
    'done-pressed': { to: ['withdrawing-pass'], decide: donePressed },
    'withdraw-pressed': { to: ['withdrawing-pass'], decide: withdrawPressed },
    'pass-taken-back': { to: ['withdrawing-pass'], decide: passTakenBack },
    escalated: { to: ['withdrawing-pass', 'closed'], decide: escalated },
    abandoned: { to: ['withdrawing-pass', 'closed'], decide: abandoned },
    'callback-recorded': { to: ['withdrawing-pass', 'closed'], decide: someoneElseAnswered },
    'approval-decided': { to: ['withdrawing-pass', 'closed'], decide: denied },
    'manager-answered': { to: ['awaiting-self-service', 'withdrawing-pass'], decide: managerDeclined },
    'caller-objected': { to: ['withdrawing-pass', 'closed'], decide: callerObjected },
    'time-passed': { to: ['withdrawing-pass', 'closed'], decide: onTimeout('awaiting-self-service') },
  },
  // Self-service is not possible, so the caller needs a pass. The technician chooses how to verify who is calling.
  'choosing-proof': {
    'callback-chosen': { to: ['awaiting-callback'], decide: callbackChosen },
    'seen-in-person': { to: ['ready-to-issue', 'awaiting-approval', 'closed'], decide: seenInPerson },
    'manager-asked': { to: ['awaiting-manager', 'closed'], decide: managerAsked },
    'went-back': { to: ['asking-methods'], decide: backToMethods },
    'snapshot-read-again': { to: ['choosing-proof', 'closed'], decide: snapshotReadAgain },
    escalated: { to: ['closed'], decide: escalated },
    abandoned: { to: ['closed'], decide: abandoned },
    'callback-recorded': { to: ['closed'], decide: someoneElseAnswered },
    'approval-decided': { to: ['closed'], decide: denied },
    'manager-answered': { to: ['choosing-proof'], decide: managerDeclined },
    'caller-objected': { to: ['closed'], decide: callerObjected },
    'time-passed': { to: ['closed'], decide: onTimeout('choosing-proof') },
  },
  // The technician has hung up and calls the caller back on a number on record.
  'awaiting-callback': {
    'callback-recorded': {
      to: ['ready-to-issue', 'awaiting-approval', 'choosing-proof', 'closed'],
      decide: callbackRecorded,
    },
    'snapshot-read-again': { to: ['awaiting-callback', 'closed'], decide: snapshotReadAgain },
    'went-back': { to: ['choosing-proof'], decide: backToProof },
    escalated: { to: ['closed'], decide: escalated },
    abandoned: { to: ['closed'], decide: abandoned },
    'approval-decided': { to: ['closed'], decide: denied },
    'manager-answered': { to: ['awaiting-callback'], decide: managerDeclined },
    'caller-objected': { to: ['closed'], decide: callerObjected },
    'time-passed': { to: ['closed'], decide: onTimeout('awaiting-callback') },
  },
  // The manager on record has been asked whether they are speaking with the caller right now.
  'awaiting-manager': {
    'manager-answered': {
      to: ['ready-to-issue', 'awaiting-approval', 'choosing-proof', 'closed'],
      decide: managerAnswered,
    },
    'snapshot-read-again': { to: ['awaiting-manager', 'closed'], decide: snapshotReadAgain },
    'went-back': { to: ['choosing-proof'], decide: backToProof },
    escalated: { to: ['closed'], decide: escalated },
    abandoned: { to: ['closed'], decide: abandoned },
    'callback-recorded': { to: ['closed'], decide: someoneElseAnswered },
    'approval-decided': { to: ['closed'], decide: denied },
    'caller-objected': { to: ['closed'], decide: callerObjected },
    'time-passed': { to: ['choosing-proof'], decide: onTimeout('awaiting-manager') },
  },
  // The caller is verified, but at least one risk reason applies, so a second person decides.
  'awaiting-approval': {
    'approval-decided': {
      to: ['ready-to-issue', 'awaiting-approval', 'choosing-proof', 'closed'],
      decide: approvalDecided,
    },
    'snapshot-read-again': { to: ['awaiting-approval', 'closed'], decide: snapshotReadAgain },
    'went-back': { to: ['choosing-proof'], decide: backToProof },
    escalated: { to: ['closed'], decide: escalated },
    abandoned: { to: ['closed'], decide: abandoned },
    'callback-recorded': { to: ['closed'], decide: someoneElseAnswered },
    'manager-answered': { to: ['awaiting-approval', 'choosing-proof'], decide: managerDeclined },
    'caller-objected': { to: ['closed'], decide: callerObjected },
    'time-passed': { to: ['choosing-proof'], decide: onTimeout('awaiting-approval') },
  },
  // The caller is verified, and the pass is approved where it has to be. *Issue* reads all facts again and repeats every check.
  'ready-to-issue': {
    'issue-pressed': { to: ['issuing', 'awaiting-approval', 'choosing-proof', 'closed'], decide: issuePressed },
    'snapshot-read-again': { to: ['ready-to-issue', 'closed'], decide: snapshotReadAgain },
    'went-back': { to: ['choosing-proof'], decide: backToProof },
    escalated: { to: ['closed'], decide: escalated },
    abandoned: { to: ['closed'], decide: abandoned },
    'callback-recorded': { to: ['closed'], decide: someoneElseAnswered },
    'approval-decided': { to: ['closed'], decide: denied },
    'manager-answered': { to: ['awaiting-approval', 'choosing-proof'], decide: managerDeclined },
    'caller-objected': { to: ['closed'], decide: callerObjected },
    'time-passed': { to: ['choosing-proof'], decide: onTimeout('ready-to-issue') },
  },
  // Microsoft Graph has been asked, once, to create the pass. Only its answer, or no answer in time, ends this state. Bad news that
  // comes meanwhile is remembered, and the pass is then deleted without being shown.
  issuing: {
    'pass-created': { to: ['awaiting-backup-method', 'withdrawing-pass'], decide: passCreated },
    'pass-unseen': { to: ['withdrawing-pass'], decide: passUnseen },
    'pass-refused': { to: ['ready-to-issue', 'choosing-proof', 'closed'], decide: passRefused },
    'pass-unanswered': { to: ['uncertain-pass'], decide: passUnanswered },
    'callback-recorded': { to: ['issuing'], decide: someoneElseWhileSettling },
    'approval-decided': { to: ['issuing'], decide: deniedWhileSettling },
    'manager-answered': { to: ['issuing'], decide: managerDeclinedWhileSettling },
    'caller-objected': { to: ['issuing'], decide: objectedWhileIssuing },
    'new-methods-read': { to: ['issuing'], decide: newMethodsRead },
    'time-passed': { to: ['uncertain-pass'], decide: onTimeout('issuing') },
  },
  // Graph did not answer, so there may be a usable pass that nobody has seen. The bot keeps looking until it knows.
  'uncertain-pass': {
    'pass-unseen': { to: ['withdrawing-pass'], decide: passUnseen },
    'pass-found': { to: ['withdrawing-pass'], decide: passFound },
    'no-pass-found': { to: ['uncertain-pass', 'choosing-proof', 'closed'], decide: noPassFound },
    'callback-recorded': { to: ['uncertain-pass'], decide: someoneElseWhileSettling },
    'approval-decided': { to: ['uncertain-pass'], decide: deniedWhileSettling },
    'manager-answered': { to: ['uncertain-pass'], decide: managerDeclinedWhileSettling },
    'caller-objected': { to: ['uncertain-pass'], decide: objectedWhileSettling },
    'new-methods-read': { to: ['uncertain-pass'], decide: newMethodsRead },
    'time-passed': { to: [], decide: onTimeout('uncertain-pass') },
  },
  // The pass was shown to the technician once. The caller signs in with it and registers a backup method.
  'awaiting-backup-method': {
    'pass-unseen': { to: ['withdrawing-pass'], decide: passUnseen },
    'methods-seen': { to: ['awaiting-backup-method', 'awaiting-self-service'], decide: methodsSeen },
    'done-pressed': { to: ['withdrawing-pass'], decide: donePressed },
    'withdraw-pressed': { to: ['withdrawing-pass'], decide: withdrawPressed },
    'pass-taken-back': { to: ['withdrawing-pass'], decide: passTakenBack },
    escalated: { to: ['withdrawing-pass'], decide: escalated },
    abandoned: { to: ['withdrawing-pass'], decide: abandoned },
    'callback-recorded': { to: ['withdrawing-pass'], decide: someoneElseAnswered },
    'approval-decided': { to: ['withdrawing-pass'], decide: denied },
    'manager-answered': { to: ['withdrawing-pass'], decide: managerDeclined },
    'caller-objected': { to: ['withdrawing-pass'], decide: callerObjected },
    'time-passed': { to: ['withdrawing-pass'], decide: onTimeout('awaiting-backup-method') },
  },
  // The pass is being deleted. The case goes on only when two looks found the pass gone: to a new proof, to its end, to the reset
  // that the caller has begun, or, when nobody ever saw the pass, back to *Issue* with the same proof.
  'withdrawing-pass': {
    'pass-unseen': { to: [], decide: passUnseen },
    'pass-deleted': {
      to: ['withdrawing-pass', 'ready-to-issue', 'choosing-proof', 'awaiting-self-service', 'closed'],
      decide: passDeleted,
    },
    'pass-still-there': { to: ['withdrawing-pass'], decide: passStillThere },
    'callback-recorded': { to: ['withdrawing-pass'], decide: someoneElseWhileSettling },
    'approval-decided': { to: ['withdrawing-pass'], decide: deniedWhileSettling },
    'manager-answered': { to: ['withdrawing-pass'], decide: managerDeclinedWhileSettling },
    'caller-objected': { to: ['withdrawing-pass'], decide: objectedWhileSettling },
    'new-methods-read': { to: ['withdrawing-pass'], decide: newMethodsRead },
    'time-passed': { to: [], decide: onTimeout('withdrawing-pass') },
  },
  // The case is closed. For some days the account's owner can still report that the call was not theirs, the technician that
  // somebody else had answered it, and for a day whoever was asked in it that they say no.
  closed: {
    'callback-recorded': { to: ['closed'], decide: someoneElseAfterwards },
    'approval-decided': { to: ['closed'], decide: deniedAfterwards },
    'manager-answered': { to: ['closed'], decide: managerDeclinedAfterwards },
    'caller-objected': { to: ['closed'], decide: objectedAfterwards },
    'new-methods-read': { to: ['closed'], decide: newMethodsRead },
  },
};

/**
 * Decides what an event does to a case; every event has an answer in every state. A request to set a password is refused first,
 * whoever asks. Then comes the actor of the event, and only then the row of the table.
 */
export function step(at: Case, event: CaseEvent, policy: Policy, now: Instant): Step {
  if (event.kind === 'manual-reset-asked') return refuse('manual-reset-never');
  const actorRefusal = refusalOfActor(at, event);
  if (actorRefusal !== null) return refuse(actorRefusal);
  const row = rowFor(at.state.kind, event.kind);
  if (row === undefined) return isOnlyAReport(event) ? unchanged() : refuse('not-in-this-state');
  return withForeignPassAlarm(at, row.decide(at, event, policy, now));
}

/** The row for a state and an event. The type of the table guarantees that they match; a lookup loses that, hence the only cast. */
function rowFor(state: StateName, event: EventName): Row<StateName, EventName> | undefined {
  return PROCEDURE[state][event] as Row<StateName, EventName> | undefined;
}

/** Whether a case is in a state. Narrows its type, so that the fields of the state can be read. */
export function isAt<S extends StateName>(lockout: Case, name: S): lockout is CaseAt<S> {
  return lockout.state.kind === name;
}
