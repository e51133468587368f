/**
 * English, all of it in one object.
 */
import { answerCards, pressure, refusalScript, summaries } from './answer-cards.ts';
import { caseCards, proofs } from './case-cards.ts';
import * as diagnosis from './diagnosis.ts';
import { phrases, rowLabels, values } from './facts.ts';
import * as faults from './faults.ts';
import { commands, helpdeskCards } from './helpdesk-cards.ts';
import * as labels from './labels.ts';
import * as ledger from './ledger.ts';
import { alarms, messageCards, requestPurposes, requests } from './message-cards.ts';
import * as modes from './modes.ts';
import * as outage from './outage.ts';
import { passCards, spelling } from './pass-card.ts';
import * as portalErrors from './portal-errors.ts';
import { portalErrorCards } from './portal-errors.ts';
import * as reach from './reach.ts';
import * as readiness from './readiness.ts';
import * as recommendations from './recommendations.ts';
import * as refusals from './refusals.ts';
import * as risks from './risks.ts';
import * as selfService from './self-service.ts';
import { stops } from './stops.ts';
import * as time from './time.ts';

/** Every text of the cards in English. Its type is what any other language has to have. */
export const english = {
  cards: {
    ...caseCards,
    ...answerCards,
    ...messageCards,
    ...portalErrorCards,
    ...helpdeskCards,
    ...passCards,
  },
  rowLabels,
  values,
  proofs,
  phrases,
  labels,
  time,
  stops,
  risks,
  recommendations,
  reach,
  readiness,
  diagnosis,
  selfService,
  portalErrors,
  refusals,
  refusalScript,
  pressure,
  faults,
  spelling,
  summaries,
  alarms,
  requests,
  requestPurposes,
  modes,
  commands,
  ledger,
  outage,
};
