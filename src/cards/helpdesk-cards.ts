/**
 * The cards of the desk: welcome, help, lists of cases and entries, the search for a caller, good news, and faults.
 * The one rule kept here: a list is cut to what a card and a person can hold, and says so.
 */
import type { RecordedEntry } from '../casework/ports/ledger.ts';
import { plainHead } from './answer-cards.ts';
import { clean, idTail, row } from './card-fields.ts';
import { SELF_SERVICE_LINK, spokenLink } from './links.ts';
import { age, clock } from './time-format.ts';
import { numbered } from './self-service-card.ts';
import type { CardData, CardFields } from './templates.ts';
import type {
  CandidatesView,
  CaseListView,
  FaultView,
  LogView,
  ReaderRole,
  ConfirmationView,
} from '../casework/ports/card-views.ts';
import type { Strings } from './strings.ts';

/** A card holds at most six buttons; one is kept free. */
const CANDIDATES_MAX = 5;
const CASES_MAX = 6;
/** More entries do not fit into the size a message may have. */
const ENTRIES_MAX = 20;

/** The fields of `welcome`. */
export function welcomeFields(strings: Strings): CardFields {
  const cardStrings = strings.cards.welcome;
  return plainHead(null, cardStrings, { headline: cardStrings.headline, tone: 'accent' }, strings);
}

/** The fields of `help`: only what the reader's roles can do. */
export function helpFields(roles: readonly ReaderRole[], strings: Strings): CardFields {
  const cardStrings = strings.cards.help;
  const all = roles.flatMap((role) => strings.desk.commands[role]);
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
      state: strings.names.states[stored.case.state.kind],
      age: age(stored.case.movedAt, view.now),
    })),
  };
}

/** The fields of `log`. */
export function logFields(view: LogView, strings: Strings): CardFields {
  const cardStrings = strings.cards.log;
  const shown = view.entries.slice(0, ENTRIES_MAX);
  return {
    ...plainHead(null, cardStrings, { headline: cardStrings.headline, tone: 'emphasis' }, strings),
    empty: shown.length === 0,
    entries: shown.map((entry) => entryLine(entry, view, strings)),
  };
}

/** The fields of `pick-caller`. */
export function pickCallerFields(view: CandidatesView, strings: Strings): CardFields {
  const cardStrings = strings.cards['pick-caller'];
  return {
    ...plainHead(null, cardStrings, { headline: cardStrings.headline, tone: 'accent' }, strings),
    facts: [row(cardStrings.searched, clean(view.query, strings.values.none))],
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
    facts: [row(cardStrings.searched, clean(query, strings.values.none))],
  };
}

/** The fields of `told`. With a link to read out where the news is about it. */
export function confirmationFields(view: ConfirmationView, strings: Strings): CardFields {
  const { what, next } = strings.refusals.confirmations[view.code];
  const aboutLink = view.code === 'link-pushed' || view.code === 'link-to-read-out';
  return {
    ...plainHead(view.at, strings.cards.told, { headline: what, tone: 'good' }, strings),
    next,
    hasLink: aboutLink,
    link: aboutLink ? spokenLink(SELF_SERVICE_LINK) : '',
    steps: aboutLink ? numbered(strings.selfService.steps) : [],
  };
}

/** The fields of `fault`. */
export function faultFields(view: FaultView, strings: Strings): CardFields {
  const cardStrings = strings.cards.fault;
  return {
    ...plainHead(
      view.at,
      cardStrings,
      { headline: view.said === null ? cardStrings.headlineBug : cardStrings.headline, tone: 'warning' },
      strings,
    ),
    said: view.said ?? cardStrings.bug,
    next: view.at === null ? cardStrings.nextNoCase : cardStrings.next,
    facts: [row(cardStrings.reference, clean(view.reference, strings.values.none))],
  };
}

function entryLine(entry: RecordedEntry, view: LogView, strings: Strings): CardData {
  const { desk, values, phrases } = strings;
  const name = entry.actor === 'hardline' ? desk.botName : clean(view.nameOf(entry.actor), idTail(entry.actor));
  const about = entry.caseId === null ? '' : ` · ${phrases.caseNumber(entry.caseId)}`;
  return {
    when: `${clock(entry.at, view.now, view.timeZone)} `,
    what: clean(desk.ledgerCodes[entry.code] ?? entry.code, values.none),
    who: ` · ${name}${about}${detailOf(entry)}`,
  };
}

/** The parts of the detail that say most, cleaned; the export holds all of it. */
function detailOf(entry: RecordedEntry): string {
  const parts = ['outcome', 'because', 'to', 'step']
    .map((field) => entry.detail[field])
    .filter((value) => typeof value === 'string');
  const text = clean(parts[0] ?? null, '');
  return text === '' ? '' : ` · ${text}`;
}
