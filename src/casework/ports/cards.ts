/**
 * The cards as casework needs them: one function per card, from a view to a message in one language.
 * A card is a pure function of its view and the language. Whoever reads the card decides the language, not whoever sends it.
 */
import type { MethodKind } from '../../procedure/facts.ts';
import type { CandidatesView, CaseListView, CaseView, FaultView, LogView, ManualResetView } from './card-views.ts';
import type { ConfirmationView, ReaderRole, RefusalView } from './card-views.ts';
import type { StoredCase } from './ledger.ts';
import type { AlarmView, ApprovalView, ManagerQuestionView, ModeView, NoticeView } from './message-views.ts';
import type { LedgerOutageView, OwnReadiness, PortalErrorView, RequestClosedView } from './message-views.ts';
import type { CardMessage } from './messenger.ts';
import type { Secret } from './secret.ts';
import type { PassCard } from './turn.ts';

/** The cards in every language there is. */
export interface CardsByLanguage {
  /** `language`: two letters, lower case. English where there are no strings for a language. */
  in(language: string): Cards;
}

/** Draws a message once it is known in which language: that of the person it is sent to. */
export type DrawMessage = (cards: Cards) => CardMessage | Promise<CardMessage>;

/** Every card of the product, in one language. All are pure; all throw only for a bug (a field a template lacks, an address off the list). */
export interface Cards {
  /** Where the case is now. */
  caseCard(view: CaseView): CardMessage;
  /** The pass, shown once; takes the code out of `secret`. Throws when it was taken before. */
  pass(view: CaseView, secret: Secret): PassCard;
  /** A manual reset was asked for: refused, with the words to read out. */
  refused(view: ManualResetView): CardMessage;
  /** Any other no. */
  refusal(view: RefusalView): CardMessage;
  /** Something was done, or is to be read out. */
  confirmation(view: ConfirmationView): CardMessage;
  /** Several people match. */
  pickCaller(view: CandidatesView): CardMessage;
  callerNotFound(query: string): CardMessage;
  help(roles: readonly ReaderRole[]): CardMessage;
  welcome(): CardMessage;
  cases(view: CaseListView): CardMessage;
  log(view: LogView): CardMessage;
  /** The outside failed, or we made a mistake. */
  fault(view: FaultView): CardMessage;
  /** For anybody outside the helpdesk, about themselves only; `null`: what anybody may know. */
  guidance(view: OwnReadiness | null): CardMessage;
  /** To the caller. With a case, they can say that it was not them; `methods`: the kinds they can use there, if known. */
  selfServiceLink(at: StoredCase | null, methods?: readonly MethodKind[]): CardMessage;
  /** To the caller or their manager: a recovery is running, or a pass was issued. */
  notice(kind: 'recovery-started' | 'pass-issued', view: NoticeView): CardMessage;
  managerQuestion(view: ManagerQuestionView): CardMessage;
  approvalRequest(view: ApprovalView): CardMessage;
  /** Takes the place of an approver's or manager's card once the request is over. */
  requestClosed(view: RequestClosedView): CardMessage;
  /** What Microsoft's page said, decoded: the cause, the allowed fix, the next step. */
  portalError(view: PortalErrorView): CardMessage;
  /** How careful everybody has to be now, and how a lead changes it. */
  mode(view: ModeView): CardMessage;
  /** To the leads. */
  alarm(view: AlarmView): CardMessage;
  /** To the leads: the ledger cannot be written, or can again. */
  ledgerOutage(view: LedgerOutageView): CardMessage;
}
