/**
 * Case → card. Whoever holds `Cards` can draw every card of the product and nothing else.
 * The one rule kept here: a card is a pure function of its view; the template bears the name of the state.
 */
import type { CaseState, StateName } from '../procedure/case.ts';
import type { MethodKind } from '../procedure/facts.ts';
import type { Letter, StoredCase } from '../casework/ports.ts';
import type { Secret } from '../casework/secret.ts';
import type { PassLetter } from '../casework/turn.ts';
import { refusalFields, refusedFields } from './answer-cards.ts';
import { closedFields } from './closed-card.ts';
import * as desk from './desk-cards.ts';
import { guidanceFields, linkFields } from './guidance-cards.ts';
import * as message from './message-cards.ts';
import type { AlarmView, ApprovalView, ManagerQuestionView, ModeView, NoticeView } from './message-view.ts';
import type { OwnReadiness, PortalErrorView, RequestClosedView } from './message-view.ts';
import { modeFields } from './mode-card.ts';
import { passLetter } from './pass-card.ts';
import {
  backupMethodFields,
  issuingFields,
  readyFields,
  uncertainFields,
  withdrawingFields,
} from './pass-state-cards.ts';
import { pictureFields } from './picture-card.ts';
import { portalErrorFields } from './portal-error-card.ts';
import { approvalFields, callbackFields, choosingProofFields, managerFields } from './proof-cards.ts';
import { selfServiceFields } from './self-service-card.ts';
import { loadTemplates, type CardFields, type TemplateName } from './templates.ts';
import type { CandidatesView, CaseListView, CaseView, FaultView, LogView, ManualResetView } from './view.ts';
import type { ReaderRole, RefusalView, ToldView, ViewIn } from './view.ts';
import { english, type Words } from './words.ts';

/** Every card of the product. All are pure; all throw only for a bug (a field a template lacks, an address off the list). */
export interface Cards {
  /** Where the case stands now. */
  caseCard(view: CaseView): Letter;
  /** The pass, shown once; takes the code out of `secret`. Throws when it was taken before. */
  pass(view: CaseView, secret: Secret): PassLetter;
  /** A manual reset was asked for: refused, with the words to read out. */
  refused(view: ManualResetView): Letter;
  /** Any other no. */
  refusal(view: RefusalView): Letter;
  /** Something was done, or is to be read out. */
  told(view: ToldView): Letter;
  /** Several people match. */
  pickCaller(view: CandidatesView): Letter;
  callerNotFound(query: string): Letter;
  help(roles: readonly ReaderRole[]): Letter;
  welcome(): Letter;
  cases(view: CaseListView): Letter;
  log(view: LogView): Letter;
  /** The outside failed, or we made a mistake. */
  fault(view: FaultView): Letter;
  /** For anybody outside the helpdesk, about themselves only; `null`: what anybody may know. */
  guidance(view: OwnReadiness | null): Letter;
  /** To the caller. With a case, they can say that it was not them; `methods`: the kinds they can use there, if known. */
  selfServiceLink(at: StoredCase | null, methods?: readonly MethodKind[]): Letter;
  /** To the caller or their manager: a recovery is running, or a pass was issued. */
  notice(kind: 'recovery-started' | 'pass-issued', view: NoticeView): Letter;
  managerQuestion(view: ManagerQuestionView): Letter;
  approvalRequest(view: ApprovalView): Letter;
  /** Takes the place of an approver's or manager's card once the request is over. */
  requestClosed(view: RequestClosedView): Letter;
  /** What Microsoft's page said, decoded: the cause, the allowed fix, the next step. */
  portalError(view: PortalErrorView): Letter;
  /** The mode of the house. */
  mode(view: ModeView): Letter;
  /** To the leads. */
  alarm(view: AlarmView): Letter;
}

type Fields = { readonly [Name in StateName]: (view: ViewIn<Name>, words: Words) => CardFields };

const CASE_FIELDS: Fields = {
  'asking-methods': pictureFields,
  'awaiting-self-service': selfServiceFields,
  'choosing-proof': choosingProofFields,
  'awaiting-callback': callbackFields,
  'awaiting-manager': managerFields,
  'awaiting-approval': approvalFields,
  'ready-to-issue': readyFields,
  issuing: issuingFields,
  'uncertain-pass': uncertainFields,
  'awaiting-backup-method': backupMethodFields,
  'withdrawing-pass': withdrawingFields,
  closed: closedFields,
};

/** Parses the templates of `folder` once and returns everything that draws cards. Throws when a template is missing or broken. */
export function loadCards(folder: string, words: Words = english): Cards {
  const templates = loadTemplates(folder);
  const letter = (name: TemplateName, fields: CardFields): Letter => ({
    card: templates.expand(name, fields),
    summary: typeof fields['summary'] === 'string' ? fields['summary'] : '',
  });
  return {
    caseCard: (view) => {
      const { state } = view.stored.case;
      return letter(state.kind, fieldsOf(state, view, words));
    },
    pass: (view, secret) => passLetter(templates, view, words, secret),
    refused: (view) => letter('refused', refusedFields(view, words)),
    refusal: (view) => letter('refusal', refusalFields(view, words)),
    told: (view) => letter('told', desk.toldFields(view, words)),
    pickCaller: (view) => letter('pick-caller', desk.pickCallerFields(view, words)),
    callerNotFound: (query) => letter('caller-not-found', desk.callerNotFoundFields(query, words)),
    help: (roles) => letter('help', desk.helpFields(roles, words)),
    welcome: () => letter('welcome', desk.welcomeFields(words)),
    cases: (view) => letter('cases', desk.casesFields(view, words)),
    log: (view) => letter('log', desk.logFields(view, words)),
    fault: (view) => letter('fault', desk.faultFields(view, words)),
    guidance: (view) => letter('guidance', guidanceFields(view, words)),
    selfServiceLink: (at, methods = []) => letter('self-service-link', linkFields(at, methods, words)),
    notice: (kind, view) =>
      kind === 'recovery-started'
        ? letter('notice-recovery-started', message.recoveryStartedFields(view, words))
        : letter('notice-pass-issued', message.passIssuedFields(view, words)),
    managerQuestion: (view) => letter('manager-question', message.managerQuestionFields(view, words)),
    approvalRequest: (view) => letter('approval-request', message.approvalRequestFields(view, words)),
    requestClosed: (view) => letter('request-closed', message.requestClosedFields(view, words)),
    portalError: (view) => letter('portal-error', portalErrorFields(view, words)),
    mode: (view) => letter('mode', modeFields(view, words)),
    alarm: (view) => letter('alarm', message.alarmFields(view, words)),
  };
}

/** The table ties each state to its builder; the lookup cannot, so this is the one place that says so. */
function fieldsOf(state: CaseState, view: CaseView, words: Words): CardFields {
  const build = CASE_FIELDS[state.kind] as (view: CaseView & { state: CaseState }, words: Words) => CardFields;
  return build({ ...view, state }, words);
}
