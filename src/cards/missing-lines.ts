/**
 * What could not be read, why, and when the bot tries again. A missing part is said to be missing; it never looks like bad news
 * about the caller.
 */
import type { Instant, MissingPart } from '../procedure/facts.ts';
import { comesByItself } from '../procedure/missing.ts';
import { clockWithSeconds } from './time-format.ts';
import type { CardFields } from './templates.ts';
import type { Strings } from './strings.ts';

/** What is missing, when it is read again (`null`: nobody said), and how times are written. */
interface MissingView {
  readonly missing: readonly MissingPart[];
  readonly nextReadAt: Instant | null;
  readonly now: Instant;
  readonly timeZone: string;
}

/** The fields of the part `missing`, and whether the card offers to read again. */
export function missingFields(view: MissingView, strings: Strings): CardFields {
  const { missing } = view;
  return {
    missing: missing.map(({ part, why }) =>
      strings.phrases.missingPart(strings.labels.factParts[part], strings.labels.unread[why]),
    ),
    missingNext: missing.length === 0 ? '' : nextTry(view, strings),
    canReadAgain: missing.length > 0,
  };
}

function nextTry(view: MissingView, strings: Strings): string {
  if (!view.missing.some(comesByItself)) return strings.values.doesNotComeByItself;
  if (view.nextReadAt === null) return strings.values.readAgainByHand;
  return strings.phrases.triesAgain(clockWithSeconds(view.nextReadAt, view, strings));
}
