/**
 * What each code of the ledger means to a SIEM: what kind of event it is, how much it matters, and how it ended. A code
 * without a row does not compile; one of a newer version is passed on as an event of unknown kind.
 */
import type { LedgerCode, RetiredCode } from '../casework/ports/ledger-codes.ts';
import type { ChainedEntry } from '../casework/ports/ledger-stream.ts';

/** How much an entry matters. `alarm`: somebody should look at it now. */
export type Severity = 'info' | 'notice' | 'warning' | 'alarm';

/** How something ended. ECS knows exactly these three. */
export type Outcome = 'success' | 'failure' | 'unknown';

/** The kinds of events. The formats turn them into the categories of ECS and CEF. */
export type Kind =
  | 'step' // a case moved, or somebody was told or asked
  | 'read' // somebody looked something up
  | 'denied' // something was refused
  | 'no' // somebody refused a pass
  | 'pass-made'
  | 'pass-ended'
  | 'account-changed'
  | 'sessions-ended'
  | 'threat' // a person says that it was not them, or the leads are alarmed
  | 'mode'
  | 'ledger' // the ledger itself was changed
  | 'process' // the bot started or stopped, or its settings or its clock changed
  | 'other'; // a code of a newer version

/** A row: kind, severity, and how it ended; `by-detail` where the detail of the entry says it. */
type Row = readonly [Kind, Severity, Outcome | 'by-detail'];

const MEANINGS: Readonly<Record<LedgerCode | RetiredCode, Row>> = {
  'case.opened': ['step', 'info', 'success'],
  'case.snapshot-read-again': ['step', 'info', 'success'],
  'case.methods-ticked': ['step', 'info', 'success'],
  'case.went-back': ['step', 'info', 'success'],
  'case.callback-chosen': ['step', 'info', 'success'],
  'case.callback-recorded': ['step', 'info', 'success'],
  'case.seen-in-person': ['step', 'info', 'success'],
  'case.manager-asked': ['step', 'info', 'success'],
  'case.manager-answered': ['step', 'info', 'success'],
  'case.approval-decided': ['step', 'notice', 'success'],
  'case.issue-pressed': ['step', 'notice', 'success'],
  'case.withdraw-pressed': ['step', 'notice', 'success'],
  'case.caller-objected': ['threat', 'alarm', 'success'],
  'case.escalated': ['step', 'notice', 'success'],
  'case.abandoned': ['step', 'info', 'success'],
  'case.done-pressed': ['step', 'info', 'success'],
  'case.pass-read-out': ['step', 'notice', 'success'],
  'case.read': ['read', 'info', 'success'],
  'case.self-service-progressed': ['step', 'info', 'unknown'],
  'case.self-service-succeeded': ['account-changed', 'notice', 'success'],
  'case.password-set': ['account-changed', 'notice', 'success'],
  'case.pass-created': ['pass-made', 'notice', 'success'],
  'case.pass-unseen': ['pass-made', 'warning', 'success'],
  'case.pass-refused': ['step', 'notice', 'failure'],
  'case.pass-unanswered': ['step', 'warning', 'unknown'],
  'case.pass-found': ['pass-made', 'warning', 'success'],
  'case.no-pass-found': ['step', 'notice', 'success'],
  'case.methods-seen': ['account-changed', 'notice', 'success'],
  'case.pass-deleted': ['pass-ended', 'notice', 'success'],
  'case.pass-still-there': ['step', 'warning', 'failure'],
  'case.pass-taken-back': ['pass-ended', 'warning', 'success'],
  'case.new-methods-read': ['read', 'notice', 'success'],
  'case.time-passed': ['step', 'info', 'success'],
  'case.refused': ['denied', 'notice', 'failure'],
  'case.asked-about': ['step', 'notice', 'success'],
  'no.approval-denied': ['no', 'warning', 'failure'],
  'no.manager-declined': ['no', 'alarm', 'failure'],
  'no.someone-else-answered': ['no', 'alarm', 'failure'],
  'request.refused': ['denied', 'warning', 'failure'],
  'access.refused': ['denied', 'warning', 'failure'],
  'snapshot.read.intent': ['read', 'info', 'unknown'],
  'snapshot.read.outcome': ['read', 'info', 'by-detail'],
  'log.read': ['read', 'notice', 'success'],
  'people.searched': ['read', 'info', 'success'],
  'people.search-limit': ['denied', 'warning', 'failure'],
  'refusals.counted': ['denied', 'warning', 'failure'],
  'ledger.erased': ['ledger', 'warning', 'success'],
  'ledger.exported': ['read', 'warning', 'success'],
  'ledger.gap': ['ledger', 'alarm', 'failure'],
  'ledger.verification-failed': ['ledger', 'alarm', 'failure'],
  'key.index-changed': ['ledger', 'warning', 'success'],
  'clock.jumped': ['process', 'alarm', 'success'],
  'clock.accepted': ['process', 'warning', 'success'],
  'process.started': ['process', 'notice', 'success'],
  'process.stopped': ['process', 'notice', 'success'],
  'config.recorded': ['process', 'notice', 'success'],
  'config.changed': ['process', 'warning', 'success'],
  'channel.refused': ['denied', 'warning', 'failure'],
  'case.press-lost': ['denied', 'info', 'failure'],
  'mode.read': ['read', 'info', 'success'],
  'mode.passes-taken-back': ['mode', 'warning', 'success'],
  'mode.unreached.intent': ['step', 'info', 'unknown'],
  'mode.unreached.outcome': ['step', 'info', 'by-detail'],
  'people.search-notice.intent': ['step', 'info', 'unknown'],
  'people.search-notice.outcome': ['step', 'info', 'by-detail'],
  'app.install.intent': ['step', 'info', 'unknown'],
  'app.install.outcome': ['step', 'info', 'by-detail'],
  'chat.continue.intent': ['step', 'info', 'unknown'],
  'chat.continue.outcome': ['step', 'info', 'by-detail'],
  'mode.normal': ['mode', 'warning', 'success'],
  'mode.elevated': ['mode', 'warning', 'success'],
  'mode.lockdown': ['mode', 'alarm', 'success'],
  'mode.notice.intent': ['step', 'info', 'unknown'],
  'mode.notice.outcome': ['step', 'info', 'by-detail'],
  'link.push.intent': ['step', 'info', 'unknown'],
  'link.push.outcome': ['step', 'info', 'by-detail'],
  'notice.caller.intent': ['step', 'info', 'unknown'],
  'notice.caller.outcome': ['step', 'info', 'by-detail'],
  'notice.manager.intent': ['step', 'info', 'unknown'],
  'notice.manager.outcome': ['step', 'info', 'by-detail'],
  'manager.ask.intent': ['step', 'info', 'unknown'],
  'manager.ask.outcome': ['step', 'info', 'by-detail'],
  'approval.ask.intent': ['step', 'info', 'unknown'],
  'approval.ask.outcome': ['step', 'info', 'by-detail'],
  'pass.create.intent': ['step', 'notice', 'unknown'],
  'pass.create.outcome': ['pass-made', 'notice', 'by-detail'],
  'pass.look.intent': ['read', 'info', 'unknown'],
  'pass.look.outcome': ['read', 'info', 'by-detail'],
  'pass.delete.intent': ['step', 'notice', 'unknown'],
  'pass.delete.outcome': ['pass-ended', 'notice', 'by-detail'],
  'methods.read.intent': ['read', 'info', 'unknown'],
  'methods.read.outcome': ['read', 'info', 'by-detail'],
  'sessions.end.intent': ['step', 'notice', 'unknown'],
  'sessions.end.outcome': ['sessions-ended', 'notice', 'by-detail'],
  'alarm.leads.intent': ['threat', 'warning', 'unknown'],
  'alarm.leads.outcome': ['threat', 'alarm', 'by-detail'],
  'case.picture-read-again': ['step', 'info', 'success'],
  'picture.read.intent': ['read', 'info', 'unknown'],
  'picture.read.outcome': ['read', 'info', 'by-detail'],
};

/** What an entry means. */
export interface Meaning {
  readonly kind: Kind;
  readonly severity: Severity;
  readonly outcome: Outcome;
}

/** Looks it up. An ending that only the detail tells is `unknown` once the detail was erased. */
export function meaningOf({ code, detail }: Pick<ChainedEntry, 'code' | 'detail'>): Meaning {
  const row = isKnown(code) ? MEANINGS[code] : (['other', 'notice', 'unknown'] as const);
  const [kind, severity, outcome] = row;
  return { kind, severity, outcome: outcome === 'by-detail' ? endingIn(detail) : outcome };
}

function isKnown(code: string): code is keyof typeof MEANINGS {
  return Object.hasOwn(MEANINGS, code);
}

/** How an outcome that casework writes begins (steps/run-effects.ts, steps/outreach.ts, steps/issue-pass.ts). */
const WENT_WELL = /^(?:installed|already-there|created|gone|ended|found|none found|delivered|read|reached [1-9])/;
const WENT_WRONG = /^(?:not delivered|not read|not-permitted|still-there|refused|reached 0|no other lead)/;

function endingIn(detail: ChainedEntry['detail']): Outcome {
  if (detail === null) return 'unknown';
  const { outcome, unread } = detail;
  if (Array.isArray(unread)) return unread.length === 0 ? 'success' : 'failure';
  if (typeof outcome !== 'string') return 'unknown';
  if (WENT_WELL.test(outcome)) return 'success';
  return WENT_WRONG.test(outcome) ? 'failure' : 'unknown';
}
