/**
 * The states around a pass: ready, being created, uncertain, in use, being deleted.
 * No field of these cards could hold a pass; it has its own card in pass-card.ts.
 */
import type { IssuedPass } from '../procedure/case.ts';
import { clean, caseCardFields, row, type Row } from './card-fields.ts';
import { missingFields } from './missing-lines.ts';
import { age, clock } from './time-format.ts';
import { slotsOpen } from './snapshot-card.ts';
import { approvedRow, proofRow } from './proof-cards.ts';
import { numbered } from './self-service-card.ts';
import type { CardFields } from './templates.ts';
import type { CaseView, ViewIn } from '../casework/ports/card-views.ts';
import type { Strings } from './strings.ts';

/** The fields of `ready-to-issue`. */
export function readyFields(view: ViewIn<'ready-to-issue'>, strings: Strings): CardFields {
  const cardStrings = strings.cards['ready-to-issue'];
  const { proof, approvals, lastAttempt } = view.state;
  const rows = [proofRow(proof, view, strings)];
  rows.push(...approvals.map(({ at }) => approvedRow(at, view, strings)));
  if (view.plannedPass !== null) rows.push(lifetimeRow(view.plannedPass, strings));
  return {
    ...caseCardFields(view, strings, cardStrings, {
      headline: cardStrings.headline,
      tone: lastAttempt === null ? 'good' : 'warning',
    }),
    ...missingFields(view, strings),
    hasLast: lastAttempt !== null,
    last: lastAttempt === null ? '' : strings.labels.issueAttempts[lastAttempt],
    facts: rows,
  };
}

/** The fields of `issuing`. */
export function issuingFields(view: ViewIn<'issuing'>, strings: Strings): CardFields {
  const cardStrings = strings.cards.issuing;
  const { order } = view.state;
  return {
    ...caseCardFields(view, strings, cardStrings, { headline: cardStrings.headline, tone: 'emphasis' }),
    facts: [row(strings.rowLabels.ordered, clock(order.orderedAt, view, strings)), lifetimeRow(order, strings)],
  };
}

/** The fields of `uncertain-pass`. */
export function uncertainFields(view: ViewIn<'uncertain-pass'>, strings: Strings): CardFields {
  const cardStrings = strings.cards['uncertain-pass'];
  const ordered = clock(view.state.order.orderedAt, view, strings);
  return {
    ...caseCardFields(view, strings, cardStrings, { headline: cardStrings.headline, tone: 'warning' }),
    facts: [row(strings.rowLabels.ordered, ordered)],
  };
}

/** The fields of `awaiting-backup-method`. */
export function backupMethodFields(view: ViewIn<'awaiting-backup-method'>, strings: Strings): CardFields {
  const cardStrings = strings.cards['awaiting-backup-method'];
  const { pass, newMethods } = view.state;
  const hasNew = newMethods.length > 0;
  return {
    ...caseCardFields(view, strings, cardStrings, { headline: cardStrings.headline, tone: hasNew ? 'good' : 'accent' }),
    hasNew,
    status: hasNew ? strings.phrases.newMethods(newMethods.length) : cardStrings.waiting,
    counted: strings.phrases.counted(slotsOpen(view), view.requiredMethods),
    statusTone: hasNew ? 'good' : 'emphasis',
    newMethods: newMethods.map((method) =>
      row(strings.labels.methodKinds[method.kind], clean(method.masked, strings.values.noDetails)),
    ),
    steps: numbered(strings.selfService.stepsWithPass),
    use: pass.oneTime ? cardStrings.oneTime : cardStrings.manyTimes,
    facts: [validRow(pass, view, strings)],
  };
}

/** The fields of `withdrawing-pass`. */
export function withdrawingFields(view: ViewIn<'withdrawing-pass'>, strings: Strings): CardFields {
  const cardStrings = strings.cards['withdrawing-pass'];
  return {
    ...caseCardFields(view, strings, cardStrings, { headline: cardStrings.headline, tone: 'warning' }),
    facts: [
      row(strings.rowLabels.start, age(view.state.since, view.now, strings)),
      validRow(view.state.pass, view, strings),
    ],
  };
}

/** The row that says until when a pass works. */
export function validRow(pass: IssuedPass, view: CaseView, strings: Strings): Row {
  return row(strings.rowLabels.validUntil, clock(pass.usableUntil, view, strings));
}

function lifetimeRow(order: { readonly lifetimeMinutes: number; readonly oneTime: boolean }, strings: Strings): Row {
  const use = order.oneTime ? strings.values.oneTime : strings.values.manyTimes;
  return row(strings.rowLabels.lifetime, strings.phrases.howWhen(strings.phrases.minutes(order.lifetimeMinutes), use));
}
