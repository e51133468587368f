/**
 * Cards outside a case: welcome, help, the list of cases, the search for a caller, confirmations and faults.
 * A list is cut to what a card and a person can hold.
 */
import { plainHead } from './answer-cards.ts';
import { clean, idTail, row } from './card-fields.ts';
import { SELF_SERVICE_LINK, spokenLink } from './links.ts';
import { leftBehindFields } from './left-behind-lines.ts';
import { age } from './time-format.ts';
import { numbered } from './self-service-card.ts';
import type { CardFields } from './templates.ts';
import type {
  CandidatesView,
  CaseListView,
  FaultView,
  ReaderRole,
  ConfirmationView,
} from '../casework/ports/card-views.ts';
import type { Strings } from './strings.ts';

/** A card holds at most six buttons; one is kept free. */
const CANDIDATES_MAX = 5;
const CASES_MAX = 6;

/** The fields of `welcome`. */
export function welcomeFields(strings: Strings): CardFields {
  const cardStrings = strings.cards.welcome;
  return plainHead(null, cardStrings, { headline: cardStrings.headline, tone: 'accent' }, strings);
}

/** The fields of `help`: only what the reader's roles can do. */
export function helpFields(roles: readonly ReaderRole[], strings: Strings): CardFields {
  const cardStrings = strings.cards.help;
  const all = roles.flatMap((role) => strings.commands[role]);
  const once = all.filter((one, index) => all.findIndex((other) => other.write === one.write) === index);
  return {
    ...plainHead(null, cardStrings, { headline: cardStrings.headline, tone: 'accent' }, strings),
    commands: once.map((one) => ({ ...one })),
  };
}

/** The fields of `cases`. */
export function casesFields(view: CaseListView, strings: Strings): CardFields {
  const cardStrings = strings.cards.cases;
  const shown = view.cases.slice(0, CASES_MAX);
  return {
    ...plainHead(null, cardStrings, { headline: cardStrings.headline, tone: 'accent' }, strings),
    empty: shown.length === 0,
    cases: shown.map(({ stored, callerName }) => ({
      id: stored.case.id,
      number: strings.phrases.caseNumber(stored.case.id),
      name: clean(callerName, `${strings.values.unknownName} ${idTail(stored.case.caller)}`),
      state: strings.labels.states[stored.case.state.kind],
      age: age(stored.case.movedAt, view.now, strings),
    })),
  };
}

/** The fields of `pick-caller`. */
export function pickCallerFields(view: CandidatesView, strings: Strings): CardFields {
  const cardStrings = strings.cards['pick-caller'];
  const isSimilar = view.people.every(({ match }) => match === 'similar');
  const own = isSimilar ? { ...cardStrings, lead: cardStrings.similar } : cardStrings;
  return {
    ...plainHead(null, own, { headline: own.headline, tone: 'accent' }, strings),
    facts: [row(strings.rowLabels.searchText, clean(view.query, strings.values.none))],
    more: view.more || view.people.length > CANDIDATES_MAX,
    people: view.people.slice(0, CANDIDATES_MAX).map((person) => ({
      id: person.id,
      name: clean(person.displayName, strings.values.unknownName),
      signIn: clean(person.userPrincipalName, strings.values.notOnRecord),
      department: clean(person.department, strings.values.notOnRecord),
      tail: idTail(person.id),
    })),
  };
}

/** The fields of `caller-not-found`. */
export function callerNotFoundFields(query: string, strings: Strings): CardFields {
  const cardStrings = strings.cards['caller-not-found'];
  return {
    ...plainHead(null, cardStrings, { headline: cardStrings.headline, tone: 'warning' }, strings),
    facts: [row(strings.rowLabels.searchText, clean(query, strings.values.none))],
  };
}

const ABOUT_LINK: ReadonlySet<string> = new Set(['link-pushed', 'link-to-read-out', 'link-not-sent']);

/** The fields of `confirmation`; with the link and the steps to read out where it is about the link. */
export function confirmationFields(view: ConfirmationView, strings: Strings): CardFields {
  const { what, next } = strings.refusals.confirmations[view.code];
  const aboutLink = ABOUT_LINK.has(view.code);
  const waiting = view.code === 'still-working';
  return {
    ...plainHead(view.at, strings.cards.confirmation, { headline: what, tone: waiting ? 'accent' : 'good' }, strings),
    ...(waiting && { summary: `${what}. ${next}` }), // also shown alone, as a line above another card
    next,
    hasLink: aboutLink,
    link: aboutLink ? spokenLink(SELF_SERVICE_LINK) : '',
    steps: aboutLink ? numbered(strings.selfService.steps) : [],
    ...leftBehindFields(view.leftBehind ?? null, strings),
  };
}

/** The fields of `fault`: what failed, what to do next, and the reference to quote. */
export function faultFields(view: FaultView, strings: Strings): CardFields {
  const { what, next } = view.code === null ? strings.faults.bug : strings.faults.faults[view.code];
  return {
    ...plainHead(view.at, strings.cards.fault, { headline: what, tone: 'warning' }, strings),
    summary: `${what} ${next}`,
    next,
    facts: [row(strings.rowLabels.reference, clean(view.reference, strings.values.none))],
  };
}
