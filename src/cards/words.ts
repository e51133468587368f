/**
 * All words of one language in one object, so that a second language is a second object.
 * The one rule kept here: the builders take their sentences from here and hold none themselves.
 */
import * as caseCards from './wording/en/case-cards.ts';
import * as desk from './wording/en/desk-cards.ts';
import * as diagnosis from './wording/en/diagnosis.ts';
import * as messages from './wording/en/message-cards.ts';
import * as modes from './wording/en/modes.ts';
import * as names from './wording/en/names-of-things.ts';
import * as otherCards from './wording/en/other-cards.ts';
import * as portalErrors from './wording/en/portal-errors.ts';
import * as readiness from './wording/en/readiness.ts';
import * as recommendations from './wording/en/recommendations.ts';
import * as refusals from './wording/en/refusals.ts';
import * as refusalScript from './wording/en/refusal-script.ts';
import * as risks from './wording/en/risks.ts';
import * as selfService from './wording/en/self-service.ts';
import { stops } from './wording/en/stops.ts';

/** Every sentence of the cards in one language. */
export interface Words {
  readonly cards: typeof caseCards.caseCards &
    typeof otherCards.otherCards &
    typeof messages.messageCards &
    typeof portalErrors.portalErrorCards &
    typeof desk.deskCards;
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
export const english: Words = {
  cards: {
    ...caseCards.caseCards,
    ...otherCards.otherCards,
    ...messages.messageCards,
    ...portalErrors.portalErrorCards,
    ...desk.deskCards,
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
