/**
 * All strings of one language in one object, so that a second language is a second object.
 * The one rule kept here: the builders take their sentences from here and hold none themselves.
 */
import * as caseCards from './locales/en/case-cards.ts';
import * as desk from './locales/en/helpdesk-cards.ts';
import * as diagnosis from './locales/en/diagnosis.ts';
import * as messages from './locales/en/message-cards.ts';
import * as modes from './locales/en/modes.ts';
import * as names from './locales/en/labels.ts';
import * as otherCards from './locales/en/other-cards.ts';
import * as portalErrors from './locales/en/portal-errors.ts';
import * as readiness from './locales/en/readiness.ts';
import * as recommendations from './locales/en/recommendations.ts';
import * as refusals from './locales/en/refusals.ts';
import * as refusalScript from './locales/en/refusal-script.ts';
import * as risks from './locales/en/risks.ts';
import * as selfService from './locales/en/self-service.ts';
import { stops } from './locales/en/stops.ts';

/** Every sentence of the cards in one language. */
export interface Strings {
  readonly cards: typeof caseCards.caseCards &
    typeof otherCards.otherCards &
    typeof messages.messageCards &
    typeof portalErrors.portalErrorCards &
    typeof desk.helpdeskCards;
  readonly labels: typeof caseCards.labels;
  readonly values: typeof caseCards.values;
  readonly proofs: typeof caseCards.proofs;
  readonly phrases: typeof caseCards.phrases;
  readonly messageLabels: typeof messages.messageLabels;
  readonly requests: typeof messages.requests;
  readonly alarms: typeof messages.alarms;
  readonly requestPurposes: typeof messages.requestPurposes;
  readonly modes: typeof modes;
  readonly diagnosis: typeof diagnosis;
  readonly readiness: typeof readiness;
  readonly portalErrors: typeof portalErrors;
  readonly desk: Omit<typeof desk, 'deskCards'>;
  readonly names: typeof names;
  readonly spelling: typeof otherCards.spelling;
  readonly summaries: typeof otherCards.summaries;
  readonly recommendations: typeof recommendations;
  readonly refusals: typeof refusals;
  readonly refusalScript: typeof refusalScript;
  readonly risks: typeof risks;
  readonly selfService: typeof selfService;
  readonly stops: typeof stops;
}

/** English, the language of the house. */
export const english: Strings = {
  cards: {
    ...caseCards.caseCards,
    ...otherCards.otherCards,
    ...messages.messageCards,
    ...portalErrors.portalErrorCards,
    ...desk.helpdeskCards,
  },
  labels: caseCards.labels,
  values: caseCards.values,
  proofs: caseCards.proofs,
  phrases: caseCards.phrases,
  messageLabels: messages.messageLabels,
  requests: messages.requests,
  alarms: messages.alarms,
  requestPurposes: messages.requestPurposes,
  modes,
  diagnosis,
  readiness,
  portalErrors,
  desk,
  names,
  spelling: otherCards.spelling,
  summaries: otherCards.summaries,
  recommendations,
  refusals,
  refusalScript,
  risks,
  selfService,
  stops,
};
