/**
 * The readiness checklist: can the caller reset the password themselves?
 * Checks that passed take one line together; what did not pass, or was not read, gets a row of its own.
 */
import type { ReadinessCode, ReadinessRow, RowState } from '../procedure/readiness.ts';
import { clean, row, type Color, type Row } from './card-fields.ts';
import type { CaseView } from '../casework/ports/card-views.ts';
import type { Strings } from './strings.ts';

const COLORS = {
  yes: 'good',
  no: 'attention',
  unknown: 'warning',
  caution: 'warning',
} satisfies Record<RowState, Color>;

/** The checklist: what passed in one line, and a row for everything else. */
export function readinessRows(view: CaseView, strings: Strings): readonly Row[] {
  // The license is among the slow parts; until it is there, the line above says that we are still reading.
  const rows = view.readiness.rows.filter(
    (one) => (one.code !== 'licensed' || view.slowFacts !== null) && !repeatsAnotherRow(one, view),
  );
  const short: Readonly<Partial<Record<ReadinessCode, string>>> = strings.readiness.passed;
  const fine = rows.filter((one) => one.state === 'yes').map((one) => short[one.code]);
  const names = fine.filter((name) => name !== undefined);
  const rest = rows.filter((one) => one.state !== 'yes' || short[one.code] === undefined);
  const first = names.length === 0 ? [] : [row(strings.rowLabels.checksPassed, `✓ ${names.join(', ')}`, 'good')];
  return [
    ...first,
    ...rest.map((one) => row(strings.readiness.labels[one.code], valueOf(one, view, strings), colorOf(one))),
  ];
}

/** Another row or the heading says it already: nobody is ready who is not registered, nor registered where it is unknown whether they may. */
function repeatsAnotherRow(one: ReadinessRow, { readiness }: CaseView): boolean {
  const stateOf = (code: ReadinessCode): RowState | null =>
    readiness.rows.find((other) => other.code === code)?.state ?? null;
  switch (one.code) {
    case 'capable':
      return one.state !== 'yes' && (stateOf('registered') !== 'yes' || stateOf('enabled') !== 'yes');
    case 'registered':
      return one.state === 'unknown' && stateOf('enabled') === 'unknown';
    case 'weak-only':
      return readiness.verdict === 'weak-methods-only';
    default:
      return false;
  }
}

function valueOf(one: ReadinessRow, view: CaseView, strings: Strings): string {
  const { phrases, states, writeback } = strings.readiness;
  switch (one.code) {
    case 'licensed':
      return licenseText(one, view, strings);
    case 'methods-counted': {
      if (one.state === 'unknown') return states.unknown;
      const counted = phrases.ofNeeded(one.counted, one.required);
      return one.administrator ? phrases.administrator(counted) : counted;
    }
    case 'weak-only':
      return phrases.weakOnly;
    case 'security-questions':
      return one.state === 'no' ? phrases.questionsEnded(one.retires) : phrases.questions(one.retires);
    case 'sms-and-voice':
      return one.state === 'no' ? phrases.smsEnded(one.retires) : phrases.sms(one.retires);
    case 'writeback':
      return writeback[one.state];
    case 'report-age':
      if (one.hours === null) return phrases.ageUnknown;
      return one.hours === 0 ? phrases.fresh : phrases.hoursOld(one.hours);
    default:
      return states[one.state];
  }
}

function licenseText(
  { state, plans }: Extract<ReadinessRow, { code: 'licensed' }>,
  view: CaseView,
  strings: Strings,
): string {
  const { slowFacts } = view;
  if (slowFacts !== null && slowFacts.license.kind !== 'read') {
    return strings.phrases.plans(strings.values.notRead, strings.labels.unread[slowFacts.license.why]);
  }
  const names = clean(plans.join(', '), '');
  const text = strings.readiness.states[state];
  return names === '' ? text : strings.phrases.plans(text, names);
}

/** The age of a report is no good news by itself. */
function colorOf({ code, state }: ReadinessRow): Color {
  return code === 'report-age' && state === 'yes' ? 'default' : COLORS[state];
}
