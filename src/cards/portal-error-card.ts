/**
 * What a Microsoft page told the caller, decoded: the cause, the allowed fix, and one button to the right next step.
 * The fix is never a manual reset, and never a method that somebody else adds.
 */
import { explain, type NextStep } from '../procedure/portal-errors.ts';
import { plainHead } from './answer-cards.ts';
import type { PortalErrorView } from '../casework/ports/message-views.ts';
import { plainText } from './plain-text.ts';
import type { CardFields } from './templates.ts';
import type { Strings } from './strings.ts';

/** The name goes back to the directory as it was written, so it is not cut like a text to show. */
const QUERY_MAX = 200;
/** These concern the tenant or go away by themselves: nobody has to be named for them. */
const NEEDS_NOBODY: ReadonlySet<NextStep> = new Set(['escalate-identity-team', 'try-again', 'self-service']);

/** The fields of `portal-error`. */
export function portalErrorFields(view: PortalErrorView, strings: Strings): CardFields {
  const { causes, fixes, nextSteps, pageSays } = strings.portalErrors;
  const { cause, fix, next } = explain(view.error);
  const query = plainText(view.query ?? '', QUERY_MAX);
  const named: Readonly<Record<string, string>> = pageSays;
  return {
    ...plainHead(null, strings.cards['portal-error'], { headline: causes[cause], tone: 'accent' }, strings),
    pageSays: named[view.error] ?? view.error,
    next: nextSteps[next],
    fix: fixes[fix],
    aboutCaller: next !== 'escalate-identity-team',
    query,
    canOpen: query !== '',
    mustAsk: query === '' && !NEEDS_NOBODY.has(next),
  };
}
