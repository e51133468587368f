/**
 * What Microsoft's page told the caller, decoded: the cause, the allowed fix, and one button to the right next step.
 * The one rule kept here: the fix never is a manual reset, and never a method added by hand.
 */
import { plainHead } from './answer-cards.ts';
import type { PortalErrorView } from './message-view.ts';
import { plainText } from './plain-text.ts';
import type { CardFields } from './templates.ts';
import type { Words } from './words.ts';

/** It goes back to the directory as it was said, so it is not cut like a text to show. */
const QUERY_MAX = 200;

/** The fields of `portal-error`. */
export function portalErrorFields(view: PortalErrorView, words: Words): CardFields {
  const say = words.cards['portal-error'];
  const query = plainText(view.query ?? '', QUERY_MAX);
  return {
    ...plainHead(null, say, { headline: say.headline, tone: 'accent' }, words),
    said: view.code,
    cause: '',
    fix: '',
    hasNever: false,
    never: '',
    query,
    canOpen: query !== '',
    mustAsk: query === '',
  };
}
