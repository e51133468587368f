/**
 * Who is on the phone: the choice of a proof, the callback, the manager's answer, the second person.
 * Only numbers on record are shown, with source and age, and only usable ones can be chosen.
 */
import type { Proof } from '../procedure/case.ts';
import type { Instant } from '../procedure/facts.ts';
import { comesByItself } from '../procedure/missing.ts';
import {
  clean,
  caseCardFields,
  riskLines,
  riskLinesBelowBanner,
  row,
  stillNeededRow,
  type Row,
} from './card-fields.ts';
import { stillNeeded } from '../procedure/second-persons.ts';
import { missingFields } from './missing-lines.ts';
import { age, clock, clockWithSeconds, dayOf } from './time-format.ts';
import { choiceText } from './plain-text.ts';
import type { CardData, CardFields } from './templates.ts';
import type { CaseView, NumberView, ViewIn } from '../casework/ports/card-views.ts';
import type { Strings } from './strings.ts';

/** The fields of `choosing-proof`. */
export function choosingProofFields(view: ViewIn<'choosing-proof'>, strings: Strings): CardFields {
  const cardStrings = strings.cards['choosing-proof'];
  const usable = view.numbers.filter((number) => number.usable);
  const last = view.state.lastAttempt;
  const { numbers } = view.stored.case.facts;
  return {
    ...caseCardFields(view, strings, cardStrings, {
      headline: headlineOf(view, cardStrings),
      tone: last === null ? 'accent' : 'warning',
    }),
    ...missingFields(view, strings),
    hasLast: last !== null,
    last: last === null ? '' : strings.labels.attempts[last],
    oneUsable: usable.length === 1,
    severalUsable: usable.length > 1,
    shown: view.numbersShown,
    choices: usable.map((number) => ({ title: choiceTitle(number, strings), value: number.number.ref })),
    preselected: usable[0]?.number.ref ?? '',
    hasNumbersNote: view.numbers.length === 0,
    numbersNote: numbers.kind === 'read' ? strings.values.none : strings.values.notRead,
    numbers: view.numbers.map((number) => numberLine(number, view, strings)),
    ...seenUpTo(view, strings),
    canBeSeen: view.places.length > 0,
    places: view.places.map((place) => ({ title: choiceText(place), value: place })),
    canAskManager: view.managerCanVouch,
    canGoBack: buttonsBesideGoBack(view, usable.length > 0) < MOST_BUTTONS,
    styleSeen: usable.length > 0 ? 'default' : 'positive',
    risks: riskLinesBelowBanner(view, strings),
  };
}

/** A number that is still being checked may be called in a moment. */
function headlineOf(view: CaseView, cardStrings: Strings['cards']['choosing-proof']): string {
  if (view.numbers.some((number) => number.usable)) return cardStrings.headline;
  const ofNumbers = view.missing.filter(({ part }) => part === 'numbers' || part.startsWith('number-age:'));
  return ofNumbers.some(comesByItself) ? cardStrings.headlineChecking : cardStrings.headlineNoNumber;
}

/** The fields of `awaiting-callback`. */
export function callbackFields(view: ViewIn<'awaiting-callback'>, strings: Strings): CardFields {
  const cardStrings = strings.cards['awaiting-callback'];
  const { numberRef, numberDigest } = view.state;
  // When another number has taken its place since, nobody may dial that one for the one that was chosen.
  const chosen = view.numbers.find(
    ({ number: { ref, digest } }) => ref === numberRef && (numberDigest === '' || digest === numberDigest),
  );
  const display = clean(chosen?.display ?? null, '');
  const rows =
    chosen === undefined ? [] : [row(strings.rowLabels.source, strings.labels.numberSources[chosen.number.source])];
  if (chosen !== undefined) rows.push(row(strings.rowLabels.lastChange, changeText(chosen, view, strings)));
  if (chosen !== undefined && othersOf(chosen) > 0) {
    rows.push(row(strings.rowLabels.sharing, strings.phrases.sharedBy(othersOf(chosen))));
  }
  if (view.changesSeenUpTo !== null) {
    rows.push(row(strings.rowLabels.changesSeen, clock(view.changesSeenUpTo, view, strings)));
  }
  return {
    ...caseCardFields(view, strings, cardStrings, {
      headline: display === '' ? cardStrings.headlineGone : cardStrings.headline,
      tone: display === '' ? 'attention' : 'accent',
    }),
    ...missingFields(view, strings),
    number: display === '' ? strings.values.numberGone : display,
    canRecord: display !== '',
    // Recording an outcome leads back as well, so *Read again* takes the place of *Go back*.
    canGoBack: display === '' || view.missing.length === 0,
    facts: [...rows, row(strings.rowLabels.chosen, clock(view.state.since, view, strings))],
  };
}

/** The fields of `awaiting-manager`. */
export function managerFields(view: ViewIn<'awaiting-manager'>, strings: Strings): CardFields {
  const cardStrings = strings.cards['awaiting-manager'];
  return {
    ...caseCardFields(view, strings, cardStrings, { headline: cardStrings.headline, tone: 'emphasis' }),
    ...missingFields(view, strings),
    facts: [
      row(strings.rowLabels.manager, managerName(view, strings)),
      ...managerNumber(view, strings),
      askedRow(view, view.state.since, strings),
    ],
  };
}

/** The row that says that a second person approved, and when. */
export function approvedRow(at: Instant, view: CaseView, strings: Strings): Row {
  const when = age(at, view.now, strings);
  return row(strings.rowLabels.secondPerson, strings.phrases.howWhen(strings.values.approved, when), 'good');
}

/** The fields of `awaiting-approval`. */
export function approvalFields(view: ViewIn<'awaiting-approval'>, strings: Strings): CardFields {
  const cardStrings = strings.cards['awaiting-approval'];
  const { needs, approvals, reasons, proof, since, lastAttempt } = view.state;
  return {
    ...caseCardFields(view, strings, cardStrings, { headline: cardStrings.headline, tone: 'emphasis' }),
    hasLast: lastAttempt !== null,
    last: lastAttempt === null ? '' : strings.labels.approvalAttempts[lastAttempt],
    ...missingFields(view, strings),
    lead: strings.risks.asked[needs],
    reasons: riskLines(reasons, strings),
    facts: [
      proofRow(proof, view, strings),
      ...approvals.map(({ at }) => approvedRow(at, view, strings)),
      stillNeededRow(stillNeeded(needs, approvals), strings),
      askedRow(view, since, strings),
      ...(view.approvalEndsAt === null
        ? []
        : [row(strings.rowLabels.deadline, clock(view.approvalEndsAt, view, strings))]),
    ],
  };
}

/** The row that says how and when the caller proved who they are. */
export function proofRow(proof: Proof, view: CaseView, strings: Strings): Row {
  const how = strings.proofs[proof.kind];
  const when = age(proof.at, view.now, strings);
  const text =
    proof.kind === 'in-person'
      ? strings.phrases.atPlace(how, clean(proof.place, strings.values.notOnRecord), when)
      : strings.phrases.howWhen(how, when);
  return row(strings.rowLabels.proof, text, 'good');
}

/** Clients read titles as markdown: our own text and two digits, never the directory's text. */
function choiceTitle(view: NumberView, strings: Strings): string {
  const source = strings.labels.numberSources[view.number.source];
  const title = strings.phrases.endsIn(source, view.number.lastDigits.replace(/\D/g, '').slice(-2));
  const others = othersOf(view);
  return others === 0 ? title : `${title}, ${strings.phrases.sharedBy(others)}`;
}

/** How many others have the number, as far as that was read. */
function othersOf({ number: { others } }: NumberView): number {
  return others.kind === 'read' ? others.value : 0;
}

function numberLine(view: NumberView, caseView: CaseView, strings: Strings): CardData {
  const { values, labels } = strings;
  const { source, lastDigits } = view.number;
  const { whyNot } = view;
  const others = othersOf(view);
  const usable = others === 0 ? values.usable : `${values.usable}, ${strings.phrases.sharedBy(others)}`;
  return {
    number: clean(view.display, `••${lastDigits.replace(/\D/g, '')}`),
    source: labels.numberSources[source],
    trouble: whyNot === null ? usable : labels.numberTrouble[whyNot],
    age: changeText(view, caseView, strings),
    color: view.usable ? 'good' : 'attention',
  };
}

/** A change that was seen has a date; otherwise it is only known since when nothing was seen to change. */
function changeText({ number }: NumberView, view: CaseView, strings: Strings): string {
  const { phrases, values, labels } = strings;
  if (number.age.kind === 'read') {
    const { since, changed } = number.age.value;
    return changed
      ? phrases.changed(age(since, view.now, strings))
      : phrases.notChangedSince(dayOf(since, view, strings));
  }
  if (number.age.why !== 'not-confirmed') return phrases.ageUnread(labels.unread[number.age.why]);
  return view.nextReadAt === null
    ? values.beingConfirmed
    : phrases.confirmedAt(clockWithSeconds(view.nextReadAt, view, strings));
}

/** A card shows no more buttons than this at once (adaptive-cards/README.md). */
const MOST_BUTTONS = 6;

/** Handing over and closing early are always there; the others depend on what can be done. */
function buttonsBesideGoBack(view: CaseView, canCall: boolean): number {
  const others = [canCall, view.places.length > 0, view.managerCanVouch, view.missing.length > 0];
  return 2 + others.filter(Boolean).length;
}

/** How fresh the ages of numbers are. */
function seenUpTo(view: CaseView, strings: Strings): CardFields {
  const { changesSeenUpTo } = view;
  return {
    hasSeenUpTo: changesSeenUpTo !== null,
    seenUpTo: changesSeenUpTo === null ? '' : strings.phrases.seenUpTo(clock(changesSeenUpTo, view, strings)),
  };
}

/** To ask the manager to look at their card. What they say on the phone proves nothing. */
function managerNumber(view: CaseView, strings: Strings): readonly Row[] {
  const number = view.profile?.managerNumber ?? null;
  return number === null ? [] : [row(strings.rowLabels.managerNumber, clean(number, ''))];
}

function managerName(view: CaseView, strings: Strings): string {
  const { manager } = view.stored.case.facts;
  if (manager.kind !== 'read') return strings.values.notRead;
  if (manager.value === null) return strings.values.notOnRecord;
  return clean(view.profile?.managerName ?? null, strings.values.notRead);
}

function askedRow(view: CaseView, since: Instant, strings: Strings): Row {
  return row(
    strings.rowLabels.request,
    strings.phrases.howWhen(clock(since, view, strings), age(since, view.now, strings)),
  );
}
