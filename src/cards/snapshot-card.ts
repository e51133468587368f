/**
 * The caller snapshot: what is known, what is recommended, and the question which methods the caller has with them.
 * A part that could not be read says so; it never looks like "none".
 */
import type { CallerFacts, ContactHistory, Reading } from '../procedure/facts.ts';
import { slotsOpenedBy } from '../procedure/methods.ts';
import { diagnosisLine } from './diagnosis-line.ts';
import {
  clean,
  caseCardFields,
  idTail,
  riskLinesBelowBanner,
  row,
  stopLines,
  type Row,
  type Tone,
} from './card-fields.ts';
import { missingFields } from './missing-lines.ts';
import { otherPassRows } from './other-pass.ts';
import { age } from './time-format.ts';
import { readinessRows } from './readiness-rows.ts';
import { failureSentence } from './self-service-card.ts';
import type { CardData, CardFields } from './templates.ts';
import type { CaseView, MethodView, ViewIn } from '../casework/ports/card-views.ts';
import type { Strings } from './strings.ts';

/** The fields of `asking-methods`. */
export function snapshotFields(view: ViewIn<'asking-methods'>, strings: Strings): CardFields {
  const cardStrings = strings.cards['asking-methods'];
  const { facts } = view.stored.case;
  const stopped = view.stops.some((stop) => stop.reach === 'case');
  const failure = view.state.selfServiceFailure;
  const counting = view.methods.filter((method) => method.countsForSelfService);
  const listed = view.methods.filter((method) => method.kind !== 'password'); // everybody has one, and it is what is lost
  return {
    ...caseCardFields(view, strings, cardStrings, headOf(view, stopped, cardStrings)),
    diagnosis: [diagnosisLine(view, strings)],
    stopped,
    ...missingFields(view, strings),
    showRoute: !stopped && facts.methods.kind === 'read',
    stops: stopLines(stopsBelowBanner(view), strings),
    route: strings.recommendations.routes[view.recommendation.route],
    because: strings.recommendations.because[view.recommendation.because],
    hasFailure: failure !== null,
    ...failureSentence(failure, strings),
    canTick: !stopped && facts.methods.kind === 'read' && counting.length > 0,
    noneToTick: !stopped && facts.methods.kind === 'read' && counting.length === 0,
    unreadMethods: !stopped && facts.methods.kind !== 'read',
    choices: counting.map((method) => ({ title: choiceTitle(method, view.methods, strings), value: method.ref })),
    risks: view.stops.length > 0 ? [] : riskLinesBelowBanner(view, strings), // no pass, so nobody to ask
    hasMethodsNote: facts.methods.kind !== 'read' || listed.length === 0,
    methodsNote: facts.methods.kind === 'read' ? strings.values.none : unreadText(facts.methods, strings),
    methods: listed.map((method) => methodLine(method, view, strings)),
    verdict: strings.readiness.verdicts[view.readiness.verdict],
    readiness: readinessRows(view, strings),
    account: account(view, strings),
  };
}

/** The banner says already that lockdown is on. */
function stopsBelowBanner({ stops, threatMode }: CaseView): CaseView['stops'] {
  return threatMode === 'lockdown' ? stops.filter((stop) => stop.code !== 'lockdown') : stops;
}

function headOf(
  { state, stored }: ViewIn<'asking-methods'>,
  stopped: boolean,
  cardStrings: Strings['cards']['asking-methods'],
): { readonly headline: string; readonly tone: Tone } {
  if (stopped) return { headline: cardStrings.headlineStopped, tone: 'attention' };
  if (stored.case.facts.methods.kind !== 'read') return { headline: cardStrings.headlineUnread, tone: 'warning' };
  if (state.selfServiceFailure !== null) return { headline: cardStrings.headlineFailed, tone: 'warning' };
  return { headline: cardStrings.headline, tone: 'accent' };
}

/**
 * The title of a tick. Clients read titles as markdown, so it is made of our own text and two digits,
 * never of a device name.
 */
function choiceTitle(method: MethodView, all: readonly MethodView[], strings: Strings): string {
  const kind = strings.labels.methodKinds[method.kind];
  const digits = /(\d{2})\D*$/.exec(method.masked)?.[1];
  if (method.kind.endsWith('phone') && digits !== undefined) return strings.phrases.endsIn(kind, digits);
  const alike = all.filter((other) => other.kind === method.kind);
  return alike.length === 1 ? kind : strings.phrases.numbered(kind, alike.indexOf(method) + 1);
}

function methodLine(method: MethodView, view: CaseView, strings: Strings): CardData {
  const { counts, countsNot, weak, dateUnknown } = strings.values;
  const alike = view.methods.filter((other) => other.kind === method.kind);
  const kind = strings.labels.methodKinds[method.kind];
  const worth = method.countsForSelfService ? counts : countsNot;
  const ends = method.retires === null ? '' : ` · ${strings.phrases.ends(method.retires)}`;
  return {
    kind: alike.length === 1 ? kind : strings.phrases.numbered(kind, alike.indexOf(method) + 1),
    masked: clean(method.masked, ''),
    age: method.registeredAt === null ? dateUnknown : age(method.registeredAt, view.now, strings),
    ageColor: method.registeredLately ? 'warning' : 'default',
    ageWeight: method.registeredLately ? 'bolder' : 'default',
    worth: method.strength === 'weak' ? `${worth}, ${weak}${ends}` : `${worth}${ends}`,
    color: method.countsForSelfService ? 'good' : 'default',
  };
}

function account(view: CaseView, strings: Strings): readonly Row[] {
  const { rowLabels, values, labels } = strings;
  const { facts, caller } = view.stored.case;
  const person = view.profile?.person ?? null;
  const missing = view.profile === null ? values.notRead : values.notOnRecord;
  return [
    row(rowLabels.department, clean([person?.department, person?.jobTitle].filter(Boolean).join(', '), missing)),
    row(rowLabels.manager, clean(view.profile?.managerName ?? null, missing)),
    row(rowLabels.objectId, idTail(caller)),
    facts.account.kind === 'read'
      ? row(
          rowLabels.account,
          `${facts.account.value.enabled ? values.enabled : values.disabled} · ${labels.accountKinds[facts.account.value.kind]}`,
          facts.account.value.enabled ? 'default' : 'attention',
        )
      : row(rowLabels.account, unreadText(facts.account, strings), 'attention'),
    ...otherPassRows(view.stored.case, view, strings),
    riskRow(facts, strings),
    facts.history.kind === 'read'
      ? contactsRow(facts.history.value, strings)
      : row(rowLabels.contacts, unreadText(facts.history, strings), 'attention'),
  ];
}

function contactsRow({ contactsLastDay, contactsLastMonth }: ContactHistory, strings: Strings): Row {
  const counted = strings.phrases.contacts(contactsLastDay, contactsLastMonth);
  return row(strings.rowLabels.contacts, counted, contactsLastDay > 0 ? 'warning' : 'default');
}

/** How many of the methods count together: two that fill the same slot of the reset page count once. */
export function slotsOpen({ stored }: CaseView): number {
  const { facts } = stored.case;
  return facts.methods.kind === 'read' ? slotsOpenedBy(facts.methods.value, facts) : 0;
}

function riskRow(facts: CallerFacts, strings: Strings): Row {
  if (facts.risk.kind !== 'read') return row(strings.rowLabels.risk, unreadText(facts.risk, strings), 'warning');
  if (facts.risk.value.confirmedCompromised)
    return row(strings.rowLabels.risk, strings.values.compromised, 'attention');
  const { level } = facts.risk.value;
  const color = level === 'high' ? 'attention' : level === 'medium' ? 'warning' : 'default';
  return row(strings.rowLabels.risk, strings.labels.riskLevels[level], color);
}

function unreadText(reading: Extract<Reading<unknown>, { kind: 'unread' }>, strings: Strings): string {
  return `${strings.values.notRead}: ${strings.labels.unread[reading.why]}`;
}
