/**
 * Case → card. Whoever holds `Cards` can draw every card of the product and nothing else.
 * The one rule kept here: a card is a pure function of its view; the template bears the name of the state.
 */
import type { CaseState, StateName } from '../procedure/case.ts';
import type { CardMessage } from '../casework/ports/messenger.ts';
import { refusalFields, refusedFields } from './answer-cards.ts';
import { closedFields } from './closed-card.ts';
import * as desk from './helpdesk-cards.ts';
import { guidanceFields, linkFields } from './guidance-cards.ts';
import * as message from './message-cards.ts';
import { modeFields } from './mode-card.ts';
import { passCard } from './pass-card.ts';
import {
  backupMethodFields,
  issuingFields,
  readyFields,
  uncertainFields,
  withdrawingFields,
} from './pass-state-cards.ts';
import { snapshotFields } from './snapshot-card.ts';
import { portalErrorFields } from './portal-error-card.ts';
import { approvalFields, callbackFields, choosingProofFields, managerFields } from './proof-cards.ts';
import { selfServiceFields } from './self-service-card.ts';
import { loadTemplates, type CardFields, type TemplateName } from './templates.ts';
import type { CaseView, ViewIn } from '../casework/ports/card-views.ts';
import type { Cards } from '../casework/ports/cards.ts';
import { english, type Strings } from './strings.ts';

type Fields = { readonly [Name in StateName]: (view: ViewIn<Name>, words: Strings) => CardFields };

const CASE_FIELDS: Fields = {
  'asking-methods': snapshotFields,
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
export function loadCards(folder: string, words: Strings = english): Cards {
  const templates = loadTemplates(folder);
  const cardMessage = (name: TemplateName, fields: CardFields): CardMessage => ({
    card: templates.expand(name, fields),
    summary: typeof fields['summary'] === 'string' ? fields['summary'] : '',
  });
  return {
    caseCard: (view) => {
      const { state } = view.stored.case;
      return cardMessage(state.kind, fieldsOf(state, view, words));
    },
    pass: (view, secret) => passCard(templates, view, words, secret),
    refused: (view) => cardMessage('refused', refusedFields(view, words)),
    refusal: (view) => cardMessage('refusal', refusalFields(view, words)),
    confirmation: (view) => cardMessage('told', desk.confirmationFields(view, words)),
    pickCaller: (view) => cardMessage('pick-caller', desk.pickCallerFields(view, words)),
    callerNotFound: (query) => cardMessage('caller-not-found', desk.callerNotFoundFields(query, words)),
    help: (roles) => cardMessage('help', desk.helpFields(roles, words)),
    welcome: () => cardMessage('welcome', desk.welcomeFields(words)),
    cases: (view) => cardMessage('cases', desk.casesFields(view, words)),
    log: (view) => cardMessage('log', desk.logFields(view, words)),
    fault: (view) => cardMessage('fault', desk.faultFields(view, words)),
    guidance: (view) => cardMessage('guidance', guidanceFields(view, words)),
    selfServiceLink: (at, methods = []) => cardMessage('self-service-link', linkFields(at, methods, words)),
    notice: (kind, view) =>
      kind === 'recovery-started'
        ? cardMessage('notice-recovery-started', message.recoveryStartedFields(view, words))
        : cardMessage('notice-pass-issued', message.passIssuedFields(view, words)),
    managerQuestion: (view) => cardMessage('manager-question', message.managerQuestionFields(view, words)),
    approvalRequest: (view) => cardMessage('approval-request', message.approvalRequestFields(view, words)),
    requestClosed: (view) => cardMessage('request-closed', message.requestClosedFields(view, words)),
    portalError: (view) => cardMessage('portal-error', portalErrorFields(view, words)),
    mode: (view) => cardMessage('mode', modeFields(view, words)),
    alarm: (view) => cardMessage('alarm', message.alarmFields(view, words)),
  };
}

/** The table ties each state to its builder; the lookup cannot, so this is the one place that says so. */
function fieldsOf(state: CaseState, view: CaseView, words: Strings): CardFields {
  const build = CASE_FIELDS[state.kind] as (view: CaseView & { state: CaseState }, words: Strings) => CardFields;
  return build({ ...view, state }, words);
}
