/**
 * Who is on the phone: the choice of a proof, the callback, the manager's word, the second person.
 * The one rule kept here: only numbers on record are shown, with source and age, and only usable ones can be chosen.
 */
import type { Proof } from '../procedure/case.ts';
import type { Instant } from '../procedure/facts.ts';
import { clean, caseCardFields, riskLines, riskLinesBelowBanner, row, type Row } from './card-fields.ts';
import { age, clock, span } from './time-format.ts';
import { choiceText } from './plain-text.ts';
import type { CardData, CardFields } from './templates.ts';
import type { CaseView, NumberView, ViewIn } from '../casework/ports/card-views.ts';
import type { Strings } from './strings.ts';

/** The fields of `choosing-proof`. */
export function choosingProofFields(view: ViewIn<'choosing-proof'>, words: Strings): CardFields {
  const say = words.cards['choosing-proof'];
  const usable = view.numbers.filter((number) => number.usable);
  const last = view.state.lastAttempt;
  const { numbers } = view.stored.case.facts;
  return {
    ...caseCardFields(view, words, say, {
      headline: usable.length > 0 ? say.headline : say.headlineNoNumber,
      tone: last === null ? 'accent' : 'warning',
    }),
    hasLast: last !== null,
    last: last === null ? '' : words.names.attempts[last],
    oneUsable: usable.length === 1,
    severalUsable: usable.length > 1,
    choices: usable.map((number) => ({ title: choiceTitle(number, words), value: number.number.ref })),
    preselected: usable[0]?.number.ref ?? '',
    hasNumbersNote: view.numbers.length === 0,
    numbersNote: numbers.kind === 'read' ? words.values.none : words.values.notRead,
    numbers: view.numbers.map((number) => numberLine(number, view, words)),
    canBeSeen: view.places.length > 0,
    places: view.places.map((place) => ({ title: choiceText(place), value: place })),
    canAskManager: view.managerCanVouch,
    styleSeen: usable.length > 0 ? 'default' : 'positive',
    risks: riskLinesBelowBanner(view, words),
  };
}

/** The fields of `awaiting-callback`. */
export function callbackFields(view: ViewIn<'awaiting-callback'>, words: Strings): CardFields {
  const say = words.cards['awaiting-callback'];
  const chosen = view.numbers.find((number) => number.number.ref === view.state.numberRef);
  const display = clean(chosen?.display ?? null, '');
  const rows = chosen === undefined ? [] : [row(words.labels.source, words.names.numberSources[chosen.number.source])];
  if (chosen !== undefined) rows.push(row(words.labels.age, changeText(chosen, view, words)));
  return {
    ...caseCardFields(view, words, say, {
      headline: display === '' ? say.gone : say.headline,
      tone: display === '' ? 'attention' : 'accent',
    }),
    number: display === '' ? words.values.numberGone : display,
    canRecord: display !== '',
    facts: [...rows, row(words.labels.chosen, clock(view.state.since, view.now, view.timeZone))],
  };
}

/** The fields of `awaiting-manager`. */
export function managerFields(view: ViewIn<'awaiting-manager'>, words: Strings): CardFields {
  const say = words.cards['awaiting-manager'];
  return {
    ...caseCardFields(view, words, say, { headline: say.headline, tone: 'emphasis' }),
    facts: [
      row(words.labels.manager, managerName(view, words)),
      ...managerNumber(view, words),
      askedRow(view, view.state.since, words),
    ],
  };
}

/** The fields of `awaiting-approval`. */
export function approvalFields(view: ViewIn<'awaiting-approval'>, words: Strings): CardFields {
  const say = words.cards['awaiting-approval'];
  return {
    ...caseCardFields(view, words, say, { headline: say.headline, tone: 'emphasis' }),
    reasons: riskLines(view.state.reasons, words),
    facts: [proofRow(view.state.proof, view, words), askedRow(view, view.state.since, words)],
  };
}

/** The row that says how and when the caller proved who they are. */
export function proofRow(proof: Proof, view: CaseView, words: Strings): Row {
  const how = words.proofs[proof.kind];
  const when = age(proof.at, view.now);
  const text =
    proof.kind === 'in-person'
      ? words.phrases.atPlace(how, clean(proof.place, words.values.notOnRecord), when)
      : words.phrases.howWhen(how, when);
  return row(words.labels.proof, text, 'good');
}

/** Clients read titles as markdown: our own words and two digits, never the directory's text. */
function choiceTitle(view: NumberView, words: Strings): string {
  const source = words.names.numberSources[view.number.source];
  return words.phrases.endsIn(source, view.number.lastDigits.replace(/\D/g, '').slice(-2));
}

function numberLine(view: NumberView, runtime: CaseView, words: Strings): CardData {
  const { values, names } = words;
  const { source, lastDigits } = view.number;
  return {
    number: clean(view.display, `••${lastDigits.replace(/\D/g, '')}`),
    source: names.numberSources[source],
    trouble: view.usable || view.whyNot === null ? values.usable : names.numberTrouble[view.whyNot],
    age: changeText(view, runtime, words),
    color: view.usable ? 'good' : 'attention',
  };
}

/** A change the log has seen has a date; otherwise the log only tells how long nothing happened. */
function changeText({ number }: NumberView, { now }: CaseView, words: Strings): string {
  if (number.changedAt === null) return words.values.ageUnknown;
  return number.exact
    ? words.phrases.changed(age(number.changedAt, now))
    : words.phrases.unchangedFor(span(number.changedAt, now));
}

/** To ask the manager to look at their card. What they say on the telephone moves nothing. */
function managerNumber(view: CaseView, words: Strings): readonly Row[] {
  const number = view.profile?.managerNumber ?? null;
  return number === null ? [] : [row(words.labels.managerNumber, clean(number, ''))];
}

function managerName(view: CaseView, words: Strings): string {
  const { manager } = view.stored.case.facts;
  if (manager.kind !== 'read') return words.values.notRead;
  if (manager.value === null) return words.values.notOnRecord;
  return clean(view.profile?.managerName ?? null, words.values.notRead);
}

function askedRow(view: CaseView, since: Instant, words: Strings): Row {
  return row(words.labels.asked, words.phrases.howWhen(clock(since, view.now, view.timeZone), age(since, view.now)));
}
