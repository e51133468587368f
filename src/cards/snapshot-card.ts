/**
 * The caller picture: what is known, what is recommended, and the question which methods are at hand.
 * The one rule kept here: a part that could not be read says so; it never looks like "none".
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
import { age } from './time-format.ts';
import { readinessRows } from './readiness-rows.ts';
import { failureSentence } from './self-service-card.ts';
import type { CardData, CardFields } from './templates.ts';
import type { CaseView, MethodView, ViewIn } from '../casework/ports/card-views.ts';
import type { Strings } from './strings.ts';

/** The fields of `asking-methods`. */
export function snapshotFields(view: ViewIn<'asking-methods'>, words: Strings): CardFields {
  const say = words.cards['asking-methods'];
  const { facts } = view.stored.case;
  const stopped = view.stops.some((stop) => stop.reach === 'case');
  const failure = view.state.selfServiceFailure;
  const counting = view.methods.filter((method) => method.countsForSelfService);
  const listed = view.methods.filter((method) => method.kind !== 'password'); // everybody has one, and it is what is lost
  return {
    ...caseCardFields(view, words, say, headOf(view, stopped, say)),
    diagnosis: [diagnosisLine(view, words)],
    stopped,
    showRoute: !stopped && facts.methods.kind === 'read',
    stops: stopLines(stopsBelowBanner(view), words),
    route: words.recommendations.routes[view.recommendation.route],
    because: words.recommendations.because[view.recommendation.because],
    hasFailure: failure !== null,
    ...failureSentence(failure, words),
    canTick: !stopped && facts.methods.kind === 'read' && counting.length > 0,
    noneToTick: !stopped && facts.methods.kind === 'read' && counting.length === 0,
    unreadMethods: !stopped && facts.methods.kind !== 'read',
    choices: counting.map((method) => ({ title: choiceTitle(method, view.methods, words), value: method.ref })),
    risks: view.stops.length > 0 ? [] : riskLinesBelowBanner(view, words), // no pass, so nobody to ask
    hasMethodsNote: facts.methods.kind !== 'read' || listed.length === 0,
    methodsNote: facts.methods.kind === 'read' ? words.values.none : unreadText(facts.methods, words),
    methods: listed.map((method) => methodLine(method, view, words)),
    verdict: words.readiness.verdicts[view.readiness.verdict],
    readiness: readinessRows(view, words),
    account: account(view, words),
  };
}

/** The banner says already that lockdown is on. */
function stopsBelowBanner({ stops, threatMode }: CaseView): CaseView['stops'] {
  return threatMode === 'lockdown' ? stops.filter((stop) => stop.code !== 'lockdown') : stops;
}

function headOf(
  { state, stored }: ViewIn<'asking-methods'>,
  stopped: boolean,
  say: Strings['cards']['asking-methods'],
): { readonly headline: string; readonly tone: Tone } {
  if (stopped) return { headline: say.headlineStopped, tone: 'attention' };
  if (stored.case.facts.methods.kind !== 'read') return { headline: say.headlineUnread, tone: 'warning' };
  if (state.selfServiceFailure !== null) return { headline: say.headlineFailed, tone: 'warning' };
  return { headline: say.headline, tone: 'accent' };
}

/**
 * The title of a tick. Clients read titles as markdown, so it is made of our own words and two digits,
 * never of a device name.
 */
function choiceTitle(method: MethodView, all: readonly MethodView[], words: Strings): string {
  const kind = words.names.methodKinds[method.kind];
  const digits = /(\d{2})\D*$/.exec(method.masked)?.[1];
  if (method.kind.endsWith('phone') && digits !== undefined) return words.phrases.endsIn(kind, digits);
  const alike = all.filter((other) => other.kind === method.kind);
  return alike.length === 1 ? kind : words.phrases.numbered(kind, alike.indexOf(method) + 1);
}

function methodLine(method: MethodView, view: CaseView, words: Strings): CardData {
  const { counts, countsNot, weak, ageUnknown } = words.values;
  const alike = view.methods.filter((other) => other.kind === method.kind);
  const kind = words.names.methodKinds[method.kind];
  const worth = method.countsForSelfService ? counts : countsNot;
  const ends = method.retires === null ? '' : ` · ${words.phrases.ends(method.retires)}`;
  return {
    kind: alike.length === 1 ? kind : words.phrases.numbered(kind, alike.indexOf(method) + 1),
    masked: clean(method.masked, ''),
    age: method.registeredAt === null ? ageUnknown : age(method.registeredAt, view.now),
    ageColor: method.registeredLately ? 'warning' : 'default',
    ageWeight: method.registeredLately ? 'bolder' : 'default',
    worth: method.strength === 'weak' ? `${worth}, ${weak}${ends}` : `${worth}${ends}`,
    color: method.countsForSelfService ? 'good' : 'default',
  };
}

function account(view: CaseView, words: Strings): readonly Row[] {
  const { labels, values, names } = words;
  const { facts, caller } = view.stored.case;
  const person = view.profile?.person ?? null;
  const missing = view.profile === null ? values.notRead : values.notOnRecord;
  return [
    row(labels.department, clean([person?.department, person?.jobTitle].filter(Boolean).join(', '), missing)),
    row(labels.manager, clean(view.profile?.managerName ?? null, missing)),
    row(labels.objectId, idTail(caller)),
    facts.account.kind === 'read'
      ? row(
          labels.account,
          `${facts.account.value.enabled ? values.enabled : values.disabled} · ${names.accountKinds[facts.account.value.kind]}`,
          facts.account.value.enabled ? 'default' : 'attention',
        )
      : row(labels.account, unreadText(facts.account, words), 'attention'),
    riskRow(facts, words),
    facts.history.kind === 'read'
      ? contactsRow(facts.history.value, words)
      : row(labels.contacts, unreadText(facts.history, words), 'attention'),
  ];
}

function contactsRow({ contactsLastDay, contactsLastMonth }: ContactHistory, words: Strings): Row {
  const counted = words.phrases.contacts(contactsLastDay, contactsLastMonth);
  return row(words.labels.contacts, counted, contactsLastDay > 0 ? 'warning' : 'default');
}

/** How many of the methods count together: two that open the same gate at the reset page count once. */
export function slotsOpen({ stored }: CaseView): number {
  const { facts } = stored.case;
  return facts.methods.kind === 'read' ? slotsOpenedBy(facts.methods.value, facts) : 0;
}

function riskRow(facts: CallerFacts, words: Strings): Row {
  if (facts.risk.kind !== 'read') return row(words.labels.risk, unreadText(facts.risk, words), 'warning');
  if (facts.risk.value.confirmedCompromised) return row(words.labels.risk, words.values.compromised, 'attention');
  const { level } = facts.risk.value;
  const color = level === 'high' ? 'attention' : level === 'medium' ? 'warning' : 'default';
  return row(words.labels.risk, words.names.riskLevels[level], color);
}

function unreadText(reading: Extract<Reading<unknown>, { kind: 'unread' }>, words: Strings): string {
  return `${words.values.notRead}: ${words.names.unread[reading.why]}`;
}
