/**
 * The caller at Microsoft's reset page: the address and steps to read out, and how far they are.
 * Microsoft's own text is shown only when no sentence of ours fits, and then as text of people.
 */
import type { SelfServiceProgress } from '../procedure/case.ts';
import { clean, caseCardFields, row } from './card-fields.ts';
import { failureIn } from './self-service-failures.ts';
import { spokenLink } from './links.ts';
import { clock } from './time-format.ts';
import type { CardData, CardFields } from './templates.ts';
import type { ViewIn } from '../casework/ports/card-views.ts';
import type { Strings } from './strings.ts';

/** The fields of `awaiting-self-service`. */
export function selfServiceFields(view: ViewIn<'awaiting-self-service'>, strings: Strings): CardFields {
  const cardStrings = strings.cards['awaiting-self-service'];
  const { progress, pass } = view.state;
  const failed = progress.step === 'failed' || progress.step === 'blocked';
  const failure = failureSentence(failed ? progress : null, strings);
  const until = pass === null ? '' : clock(pass.usableUntil, view, strings);
  return {
    ...caseCardFields(view, strings, cardStrings, {
      headline: failed ? cardStrings.headlineFailed : cardStrings.headline,
      tone: failed ? 'warning' : 'accent',
    }),
    progress: failed ? failure.failure : strings.selfService.progress[progress.step],
    progressOwnText: failed ? failure.failureOwnText : '',
    progressColor: failed ? 'attention' : progress.step === 'succeeded' ? 'good' : 'default',
    progressAt: clock(progress.at, view, strings),
    hasFix: failed,
    fix: failure.failureFix,
    link: spokenLink(view.selfServiceUrl),
    steps: numbered(strings.selfService.steps),
    hasPass: pass !== null,
    facts: pass === null ? [] : [row(strings.rowLabels.validUntil, until)],
  };
}

/** A failure in plain strings with the allowed fix; Microsoft's own text only when nothing of ours fits. Empty for `null`. */
export function failureSentence(
  failure: SelfServiceProgress | null,
  strings: Strings,
): Readonly<Record<'failure' | 'failureOwnText' | 'failureFix', string>> {
  if (failure === null) return { failure: '', failureOwnText: '', failureFix: '' };
  const { failures, unknownFailure, progress, blockedFix } = strings.selfService;
  const own = clean(failure.reason, '');
  const known = failureIn(own);
  if (known !== null) return { failure: failures[known].what, failureOwnText: '', failureFix: failures[known].fix };
  if (failure.step === 'blocked') return { failure: progress.blocked, failureOwnText: '', failureFix: blockedFix };
  if (own === '') return { failure: progress.failed, failureOwnText: '', failureFix: unknownFailure.fix };
  return { failure: unknownFailure.what, failureOwnText: ` ${own}`, failureFix: unknownFailure.fix };
}

/** Steps with their numbers. */
export function numbered(lines: readonly string[]): readonly CardData[] {
  return lines.map((line, index) => ({ nr: `${index + 1}.`, line }));
}
