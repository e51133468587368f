/**
 * The states around a pass: ready, being created, uncertain, in use, being deleted. None of them holds the pass.
 * The one rule kept here: no field of these cards could carry a code; the code has its own card in pass-card.ts.
 */
import type { IssuedPass } from '../procedure/case.ts';
import { clean, caseCardFields, row, type Row } from './card-fields.ts';
import { age, clock } from './time-format.ts';
import { slotsOpen } from './snapshot-card.ts';
import { proofRow } from './proof-cards.ts';
import { numbered } from './self-service-card.ts';
import type { CardFields } from './templates.ts';
import type { CaseView, ViewIn } from '../casework/ports/card-views.ts';
import type { Strings } from './strings.ts';

/** The fields of `ready-to-issue`. */
export function readyFields(view: ViewIn<'ready-to-issue'>, words: Strings): CardFields {
  const say = words.cards['ready-to-issue'];
  const { proof, approval } = view.state;
  const rows = [proofRow(proof, view, words)];
  if (approval !== null) rows.push(row(words.labels.secondPerson, agreed(approval.at, view, words), 'good'));
  if (view.plannedPass !== null) rows.push(lifetimeRow(view.plannedPass, words));
  return { ...caseCardFields(view, words, say, { headline: say.headline, tone: 'good' }), facts: rows };
}

/** The fields of `issuing`. */
export function issuingFields(view: ViewIn<'issuing'>, words: Strings): CardFields {
  const say = words.cards.issuing;
  const { order } = view.state;
  return {
    ...caseCardFields(view, words, say, { headline: say.headline, tone: 'emphasis' }),
    facts: [row(words.labels.ordered, clock(order.orderedAt, view.now, view.timeZone)), lifetimeRow(order, words)],
  };
}

/** The fields of `uncertain-pass`. */
export function uncertainFields(view: ViewIn<'uncertain-pass'>, words: Strings): CardFields {
  const say = words.cards['uncertain-pass'];
  const ordered = clock(view.state.order.orderedAt, view.now, view.timeZone);
  return {
    ...caseCardFields(view, words, say, { headline: say.headline, tone: 'warning' }),
    facts: [row(words.labels.ordered, ordered)],
  };
}

/** The fields of `awaiting-backup-method`. */
export function backupMethodFields(view: ViewIn<'awaiting-backup-method'>, words: Strings): CardFields {
  const say = words.cards['awaiting-backup-method'];
  const { pass, newMethods } = view.state;
  const hasNew = newMethods.length > 0;
  return {
    ...caseCardFields(view, words, say, { headline: say.headline, tone: hasNew ? 'good' : 'accent' }),
    hasNew,
    status: hasNew ? words.phrases.newMethods(newMethods.length) : say.waiting,
    counted: words.phrases.counted(slotsOpen(view), view.requiredMethods),
    statusTone: hasNew ? 'good' : 'emphasis',
    newMethods: newMethods.map((method) =>
      row(words.names.methodKinds[method.kind], clean(method.masked, words.values.ageUnknown)),
    ),
    steps: numbered(words.selfService.stepsWithPass),
    use: pass.oneTime ? say.oneTime : say.manyTimes,
    facts: [validRow(pass, view, words)],
  };
}

/** The fields of `withdrawing-pass`. */
export function withdrawingFields(view: ViewIn<'withdrawing-pass'>, words: Strings): CardFields {
  const say = words.cards['withdrawing-pass'];
  return {
    ...caseCardFields(view, words, say, { headline: say.headline, tone: 'warning' }),
    facts: [row(words.labels.since, age(view.state.since, view.now)), validRow(view.state.pass, view, words)],
  };
}

/** The row that says until when a pass works. */
export function validRow(pass: IssuedPass, view: CaseView, words: Strings): Row {
  return row(words.labels.validUntil, clock(pass.usableUntil, view.now, view.timeZone));
}

function lifetimeRow(order: { readonly lifetimeMinutes: number; readonly oneTime: boolean }, words: Strings): Row {
  const use = order.oneTime ? words.values.oneTime : words.values.manyTimes;
  return row(words.labels.lifetime, words.phrases.howWhen(words.phrases.minutes(order.lifetimeMinutes), use));
}

function agreed(at: Parameters<typeof age>[0], view: CaseView, words: Strings): string {
  return words.phrases.howWhen(words.values.agreed, age(at, view.now));
}
