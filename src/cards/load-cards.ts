/**
 * From a view to a card. Whoever holds `Cards` can draw every card of the product and nothing else.
 * A card is a pure function of its view and the language; the template of a case card has the name of the state.
 */
import type { CaseState, StateName } from '../procedure/case.ts';
import type { CardMessage } from '../casework/ports/messenger.ts';
import { refusalFields, refusedFields } from './answer-cards.ts';
import { closedFields } from './closed-card.ts';
import * as helpdesk from './helpdesk-cards.ts';
import { guidanceFields, linkFields } from './guidance-cards.ts';
import * as message from './message-cards.ts';
import { modeFields } from './mode-card.ts';
import { outageFields } from './outage-card.ts';
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
import { loadTemplates, type CardFields, type TemplateName, type Templates } from './templates.ts';
import type { CaseView, ViewIn } from '../casework/ports/card-views.ts';
import type { Cards, CardsByLanguage } from '../casework/ports/cards.ts';
import { LOCALES, stringsIn, type Locales } from './locales.ts';
import { logFields } from './log-card.ts';
import type { Strings } from './strings.ts';

type Fields = { readonly [Name in StateName]: (view: ViewIn<Name>, strings: Strings) => CardFields };

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

/**
 * Prepares the templates of `folder` once and returns everything that draws cards, in every language of `locales`.
 * A language without texts gets English. Throws when a template is missing or broken.
 */
export function loadCards(folder: string, locales: Locales = LOCALES): CardsByLanguage {
  const templates = loadTemplates(folder);
  const made = new Map<Strings, Cards>();
  return {
    in(language) {
      const strings = stringsIn(language, locales);
      const cards = made.get(strings) ?? cardsIn(strings, templates);
      made.set(strings, cards);
      return cards;
    },
  };
}

function cardsIn(strings: Strings, templates: Templates): Cards {
  const cardMessage = (name: TemplateName, fields: CardFields): CardMessage => ({
    card: templates.expand(name, fields),
    summary: typeof fields['summary'] === 'string' ? fields['summary'] : '',
  });
  return {
    caseCard: (view) => {
      const { state } = view.stored.case;
      return cardMessage(state.kind, fieldsOf(state, view, strings));
    },
    pass: (view, secret) => passCard(templates, view, strings, secret),
    refused: (view) => cardMessage('refused', refusedFields(view, strings)),
    refusal: (view) => cardMessage('refusal', refusalFields(view, strings)),
    confirmation: (view) => cardMessage('confirmation', helpdesk.confirmationFields(view, strings)),
    ledgerOutage: (view) => cardMessage('confirmation', outageFields(view, strings)),
    pickCaller: (view) => cardMessage('pick-caller', helpdesk.pickCallerFields(view, strings)),
    callerNotFound: (query) => cardMessage('caller-not-found', helpdesk.callerNotFoundFields(query, strings)),
    help: (roles) => cardMessage('help', helpdesk.helpFields(roles, strings)),
    welcome: () => cardMessage('welcome', helpdesk.welcomeFields(strings)),
    cases: (view) => cardMessage('cases', helpdesk.casesFields(view, strings)),
    log: (view) => cardMessage('log', logFields(view, strings)),
    fault: (view) => cardMessage('fault', helpdesk.faultFields(view, strings)),
    guidance: (view) => cardMessage('guidance', guidanceFields(view, strings)),
    selfServiceLink: (at, methods = []) => cardMessage('self-service-link', linkFields(at, methods, strings)),
    notice: (kind, view) =>
      kind === 'recovery-started'
        ? cardMessage('notice-recovery-started', message.recoveryStartedFields(view, strings))
        : cardMessage('notice-pass-issued', message.passIssuedFields(view, strings)),
    managerQuestion: (view) => cardMessage('manager-question', message.managerQuestionFields(view, strings)),
    approvalRequest: (view) => cardMessage('approval-request', message.approvalRequestFields(view, strings)),
    requestClosed: (view) => cardMessage('request-closed', message.requestClosedFields(view, strings)),
    portalError: (view) => cardMessage('portal-error', portalErrorFields(view, strings)),
    mode: (view) => cardMessage('mode', modeFields(view, strings)),
    alarm: (view) => cardMessage('alarm', message.alarmFields(view, strings)),
  };
}

/** The table ties each state to its builder; the lookup cannot, so this is the one place that says so. */
function fieldsOf(state: CaseState, view: CaseView, strings: Strings): CardFields {
  const build = CASE_FIELDS[state.kind] as (view: CaseView & { state: CaseState }, strings: Strings) => CardFields;
  return build({ ...view, state }, strings);
}
