/**
 * THE procedure. One table: where a case stands, what can happen there, and where it leads.
 * Start reading here; each row names a small decision in the files beside this one.
 * The one rule kept here: what is not in the table is refused. `step()` is total and pure.
 */
import { isOnlyAReport, refusalOfActor } from './actors.ts';
import type { Case, StateName } from './case.ts';
import { abandoned, callerObjected, escalated, passDeleted } from './decide-ending.ts';
import { objectedAfterwards, objectedWhileIssuing, objectedWhileSettling } from './decide-ending.ts';
import { donePressed, issuePressed, noPassFound, passCreated, passFound } from './decide-pass.ts';
import { passRefused, passUnanswered, withdrawPressed } from './decide-pass.ts';
import { approvalDecided, backToProof, callbackChosen, callbackRecorded } from './decide-proof.ts';
import { managerAnswered, managerAsked, seenInPerson } from './decide-proof.ts';
import {
  backFromSelfService,
  backToMethods,
  draftCase,
  methodsSeen,
  methodsTicked,
  snapshotRead,
} from './decide-route.ts';
import { snapshotReadAgain, selfServiceProgressed } from './decide-route.ts';
import { onTimeout } from './decide-timeouts.ts';
import type { CaseEvent, EventName, SnapshotRead } from './events.ts';
import type { Instant, PersonId } from './facts.ts';
import type { Policy } from './policy.ts';
import { refuse, unchanged, type CaseAt, type EventOf, type Row, type Step } from './step.ts';

type Table = { readonly [S in StateName]: { readonly [E in EventName]?: Row<S, E> } };

/** The whole procedure. `to` lists every state a row can lead to; staying where one is, is always possible. */
export const PROCEDURE: Table = {
  // Which of the registered methods does the caller really have at hand?
  'asking-methods': {
    'methods-ticked': { to: ['awaiting-self-service', 'choosing-proof', 'closed'], decide: methodsTicked },
    'snapshot-read-again': { to: ['asking-methods', 'closed'], decide: snapshotReadAgain },
    escalated: { to: ['closed'], decide: escalated },
    abandoned: { to: ['closed'], decide: abandoned },
    'caller-objected': { to: ['closed'], decide: callerObjected },
    'time-passed': { to: ['closed'], decide: onTimeout('asking-methods') },
  },
  // The caller is at Microsoft's reset page; the tenant's audit log tells how far.
  'awaiting-self-service': {
    'self-service-progressed': {
      to: ['awaiting-self-service', 'asking-methods', 'withdrawing-pass', 'closed'],
      decide: selfServiceProgressed,
    },
    'went-back': { to: ['asking-methods'], decide: backFromSelfService },
    'done-pressed': { to: ['withdrawing-pass', 'closed'], decide: donePressed },
    'withdraw-pressed': { to: ['withdrawing-pass', 'choosing-proof'], decide: withdrawPressed },
    escalated: { to: ['withdrawing-pass', 'closed'], decide: escalated },
    abandoned: { to: ['withdrawing-pass', 'closed'], decide: abandoned },
    'caller-objected': { to: ['withdrawing-pass', 'closed'], decide: callerObjected },
    'time-passed': {
      to: ['awaiting-self-service', 'withdrawing-pass', 'closed'],
      decide: onTimeout('awaiting-self-service'),
    },
  },
  // Too few methods at hand: who is really on the phone?
  'choosing-proof': {
    'callback-chosen': { to: ['awaiting-callback'], decide: callbackChosen },
    'seen-in-person': { to: ['ready-to-issue', 'awaiting-approval', 'closed'], decide: seenInPerson },
    'manager-asked': { to: ['awaiting-manager'], decide: managerAsked },
    'went-back': { to: ['asking-methods'], decide: backToMethods },
    'snapshot-read-again': { to: ['choosing-proof', 'closed'], decide: snapshotReadAgain },
    escalated: { to: ['closed'], decide: escalated },
    abandoned: { to: ['closed'], decide: abandoned },
    'caller-objected': { to: ['closed'], decide: callerObjected },
    'time-passed': { to: ['closed'], decide: onTimeout('choosing-proof') },
  },
  // The technician hung up and dials the number on record.
  'awaiting-callback': {
    'callback-recorded': {
      to: ['ready-to-issue', 'awaiting-approval', 'choosing-proof', 'closed'],
      decide: callbackRecorded,
    },
    'went-back': { to: ['choosing-proof'], decide: backToProof },
    escalated: { to: ['closed'], decide: escalated },
    abandoned: { to: ['closed'], decide: abandoned },
    'caller-objected': { to: ['closed'], decide: callerObjected },
    'time-passed': { to: ['closed'], decide: onTimeout('awaiting-callback') },
  },
  // The manager on record was asked whether they are speaking with the caller now.
  'awaiting-manager': {
    'manager-answered': {
      to: ['ready-to-issue', 'awaiting-approval', 'choosing-proof', 'closed'],
      decide: managerAnswered,
    },
    'went-back': { to: ['choosing-proof'], decide: backToProof },
    escalated: { to: ['closed'], decide: escalated },
    abandoned: { to: ['closed'], decide: abandoned },
    'caller-objected': { to: ['closed'], decide: callerObjected },
    'time-passed': { to: ['choosing-proof'], decide: onTimeout('awaiting-manager') },
  },
  // A risk reason stands: a second person decides.
  'awaiting-approval': {
    'approval-decided': { to: ['ready-to-issue', 'choosing-proof', 'closed'], decide: approvalDecided },
    'went-back': { to: ['choosing-proof'], decide: backToProof },
    escalated: { to: ['closed'], decide: escalated },
    abandoned: { to: ['closed'], decide: abandoned },
    'caller-objected': { to: ['closed'], decide: callerObjected },
    'time-passed': { to: ['choosing-proof'], decide: onTimeout('awaiting-approval') },
  },
  // Proven and, where needed, approved. Everything is looked at again when *Issue* is pressed.
  'ready-to-issue': {
    'issue-pressed': { to: ['issuing', 'awaiting-approval', 'choosing-proof', 'closed'], decide: issuePressed },
    'went-back': { to: ['choosing-proof'], decide: backToProof },
    escalated: { to: ['closed'], decide: escalated },
    abandoned: { to: ['closed'], decide: abandoned },
    'caller-objected': { to: ['closed'], decide: callerObjected },
    'time-passed': { to: ['choosing-proof'], decide: onTimeout('ready-to-issue') },
  },
  // Graph is being asked, once. Nobody can leave here but by Graph's answer, or by its absence.
  issuing: {
    'pass-created': { to: ['awaiting-backup-method', 'withdrawing-pass', 'closed'], decide: passCreated },
    'pass-refused': { to: ['ready-to-issue', 'closed'], decide: passRefused },
    'pass-unanswered': { to: ['uncertain-pass'], decide: passUnanswered },
    'caller-objected': { to: ['issuing'], decide: objectedWhileIssuing },
    'time-passed': { to: ['uncertain-pass'], decide: onTimeout('issuing') },
  },
  // Graph did not answer: a pass nobody has seen may be alive. It is looked for until we know.
  'uncertain-pass': {
    'pass-found': { to: ['withdrawing-pass', 'choosing-proof', 'closed'], decide: passFound },
    'no-pass-found': { to: ['uncertain-pass', 'choosing-proof', 'closed'], decide: noPassFound },
    'caller-objected': { to: ['uncertain-pass'], decide: objectedWhileSettling },
    'time-passed': { to: [], decide: onTimeout('uncertain-pass') },
  },
  // The pass was shown once. The caller signs in with it and registers a backup method.
  'awaiting-backup-method': {
    'methods-seen': { to: ['awaiting-backup-method', 'awaiting-self-service'], decide: methodsSeen },
    'done-pressed': { to: ['withdrawing-pass', 'closed'], decide: donePressed },
    'withdraw-pressed': { to: ['withdrawing-pass', 'choosing-proof'], decide: withdrawPressed },
    escalated: { to: ['withdrawing-pass', 'closed'], decide: escalated },
    abandoned: { to: ['withdrawing-pass', 'closed'], decide: abandoned },
    'caller-objected': { to: ['withdrawing-pass', 'closed'], decide: callerObjected },
    'time-passed': { to: ['closed'], decide: onTimeout('awaiting-backup-method') },
  },
  // The pass is being deleted; nothing else happens until it is gone or has run out.
  'withdrawing-pass': {
    'pass-deleted': { to: ['choosing-proof', 'closed'], decide: passDeleted },
    'caller-objected': { to: ['withdrawing-pass'], decide: objectedWhileSettling },
    'time-passed': { to: ['choosing-proof', 'closed'], decide: onTimeout('withdrawing-pass') },
  },
  // Over. Only the owner of the account can still say that it was not them.
  closed: {
    'caller-objected': { to: ['closed'], decide: objectedAfterwards },
  },
};

/** What happens to a case. Total: every state with every event has an answer. Pure: the same arguments, the same answer. */
export function step(at: Case, event: CaseEvent, policy: Policy, now: Instant): Step {
  if (event.kind === 'manual-reset-asked') return refuse('manual-reset-never');
  const notTheirs = refusalOfActor(at, event);
  if (notTheirs !== null) return refuse(notTheirs);
  const row = rowFor(at.state.kind, event.kind);
  if (row === undefined) return isOnlyAReport(event.kind) ? unchanged() : refuse('not-in-this-state');
  return row.decide(at, event, policy, now);
}

/** The row of a state and an event. The table's type ties the two; the lookup cannot, so this is the one place that says so. */
function rowFor(state: StateName, event: EventName): Row<StateName, EventName> | undefined {
  return PROCEDURE[state][event] as Row<StateName, EventName> | undefined;
}

/** Opens a case from the caller picture: the draft for the ledger, already decided. */
export function openCase(caller: PersonId, event: SnapshotRead, policy: Policy, now: Instant): Omit<Case, 'id'> {
  const draft = draftCase(event.by, caller, event, now);
  const opened = snapshotRead({ ...draft, id: 0 as Case['id'] }, event, policy, now);
  return opened.kind === 'moved' ? { ...draft, state: opened.case.state } : draft;
}

/** The case narrowed to a state, for callers that need to look inside. */
export function isAt<S extends StateName>(lockout: Case, name: S): lockout is CaseAt<S> {
  return lockout.state.kind === name;
}

export type { EventOf };
