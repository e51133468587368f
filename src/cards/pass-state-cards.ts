/**
 * The states around a pass: ready, being created, uncertain, in use, being deleted. None of them holds the pass.
 * The one rule kept here: no field of these cards could carry a code; the code has its own card in pass-card.ts.
 */
import type { IssuedPass } from '../procedure/case.ts';
import { clean, frame, row, type Row } from './frame.ts';
import { age, clock } from './moments.ts';
import { gatesOpen } from './picture-card.ts';
import { proofRow } from './proof-cards.ts';
import { numbered } from './self-service-card.ts';
import type { CardFields } from './templates.ts';
import type { CaseView, ViewIn } from './view.ts';
import type { Words } from './words.ts';

/** The fields of `ready-to-issue`. */
export function readyFields(view: ViewIn<'ready-to-issue'>, words: Words): CardFields {
  const say = words.cards['ready-to-issue'];
  const { proof, approval } = view.state;
  const rows = [proofRow(proof, view, words)];
  if (approval !== null) rows.push(row(words.labels.secondPerson, agreed(approval.at, view, words), 'good'));
  if (view.plannedPass !== null) rows.push(lifetimeRow(view.plannedPass, words));
  return { ...frame(view, words, say, { headline: say.headline, tone: 'good' }), facts: rows };
}

/** The fields of `issuing`. */
export function issuingFields(view: ViewIn<'issuing'>, words: Words): CardFields {
  const say = words.cards.issuing;
  const { order } = view.state;
  return {
    ...frame(view, words, say, { headline: say.headline, tone: 'emphasis' }),
    facts: [row(words.labels.ordered, clock(order.orderedAt, view.now, view.timeZone)), lifetimeRow(order, words)],
  };
}

/** The fields of `uncertain-pass`. */
export function uncertainFields(view: ViewIn<'uncertain-pass'>, words: Words): CardFields {
  const say = words.cards['uncertain-pass'];
  const ordered = clock(view.state.order.orderedAt, view.now, view.timeZone);
  return {
    ...frame(view, words, say, { headline: say.headline, tone: 'warning' }),
    facts: [row(words.labels.ordered, ordered)],
  };
}

/** The fields of `awaiting-backup-method`. */
export function backupMethodFields(view: ViewIn<'awaiting-backup-method'>, words: Words): CardFields {
  const say = words.cards['awaiting-backup-method'];
  const { pass, newMethods } = view.state;
  const hasNew = newMethods.length > 0;
  return {
    ...frame(view, words, say, { headline: say.headline, tone: hasNew ? 'good' : 'accent' }),
    hasNew,
    status: hasNew ? words.phrases.newMethods(newMethods.length) : say.waiting,
    counted: words.phrases.counted(gatesOpen(view), view.requiredMethods),
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
export function withdrawingFields(view: ViewIn<'withdrawing-pass'>, words: Words): CardFields {
  const say = words.cards['withdrawing-pass'];
  return {
    ...frame(view, words, say, { headline: say.headline, tone: 'warning' }),
    facts: [row(words.labels.since, age(view.state.since, view.now)), validRow(view.state.pass, view, words)],
  };
}

/** The row that says until when a pass works. */
export function validRow(pass: IssuedPass, view: CaseView, words: Words): Row {
  return row(words.labels.validUntil, clock(pass.usableUntil, view.now, view.timeZone));
}

function lifetimeRow(order: { readonly lifetimeMinutes: number; readonly oneTime: boolean }, words: Words): Row {
  const use = order.oneTime ? words.values.oneTime : words.values.manyTimes;
  return row(words.labels.lifetime, words.phrases.howWhen(words.phrases.minutes(order.lifetimeMinutes), use));
}

function agreed(at: Parameters<typeof age>[0], view: CaseView, words: Words): string {
  return words.phrases.howWhen(words.values.agreed, age(at, view.now));
}
