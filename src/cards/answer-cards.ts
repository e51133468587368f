/**
 * Answers that are not case cards: the refusal of a manual reset, and every other refusal.
 * A refusal always says what to do next.
 */
import type { Instant } from '../procedure/facts.ts';
import type { Person } from '../casework/ports/directory.ts';
import type { StoredCase } from '../casework/ports/ledger.ts';
import { clean, type Tone } from './card-fields.ts';
import { missingFields } from './missing-lines.ts';
import { plainText } from './plain-text.ts';
import type { CardFields } from './templates.ts';
import type { ManualResetView, RefusalView } from '../casework/ports/card-views.ts';
import type { Strings } from './strings.ts';

/** The name goes back to the directory as it was written, so it is not cut like a text to show. */
const QUERY_MAX = 200;

/** The fields of `refused`: what to read out, and the button that starts the procedure. */
export function refusedFields(view: ManualResetView, strings: Strings): CardFields {
  const cardStrings = strings.cards.refused;
  const query = plainText(view.query, QUERY_MAX);
  return {
    ...plainHead(view.at, cardStrings, { headline: cardStrings.headline, tone: 'attention' }, strings),
    summary: strings.summaries.manualReset,
    script: strings.refusalScript,
    pressure: strings.pressure.map((one) => ({ ...one })),
    query,
    recorded: view.recorded,
    unrecorded: !view.recorded,
    canOpen: view.at === null && query !== '',
    mustAsk: view.at === null && query === '',
  };
}

/** The fields of `refusal`. */
export function refusalFields(view: RefusalView, strings: Strings): CardFields {
  const cardStrings = strings.cards.refusal;
  const { what, next } = sentence(view.refusal, strings);
  return {
    ...plainHead(view.at, cardStrings, { headline: what, tone: 'warning' }, strings),
    ...missingFields(missingOf(view), strings),
    // It is shown as one line above the card, which stays, and a line has to say what to do.
    ...('seconds' in view.refusal && { summary: `${what} ${next}` }),
    next,
    unrecorded: view.recorded === false,
  };
}

function missingOf({ refusal, nextRead }: RefusalView): Parameters<typeof missingFields>[0] {
  const { at = null, now = 0 as Instant, timeZone = 'UTC' } = nextRead ?? {};
  return { missing: 'missing' in refusal ? refusal.missing : [], nextReadAt: at, now, timeZone };
}

/** The codes of the procedure and those of access differ, so that each has one sentence. */
function sentence(refusal: RefusalView['refusal'], strings: Strings): { what: string; next: string } {
  const { what, next } = { ...strings.refusals.refusals, ...strings.refusals.accessDenials }[refusal.code];
  return { what: 'seconds' in refusal ? strings.phrases.tooQuick(refusal.seconds) : what, next };
}

/** The head of a card that is not drawn from a case view: a way back to the case where there is one, a name where it helps. */
export function plainHead(
  at: StoredCase | null,
  cardStrings: Readonly<Record<string, string>>,
  head: { readonly headline: string; readonly tone: Tone },
  strings: Strings,
  person: Person | null = null,
): CardFields {
  const caseLine = at === null ? '' : strings.phrases.caseNumber(at.case.id);
  return {
    strings: cardStrings,
    ...head,
    hasWhere: at !== null,
    hasCase: at !== null,
    caseLine: person === null ? caseLine : `${caseLine} · `,
    who: person === null ? '' : clean(person.displayName, strings.values.unknownName),
    whoMore: person === null ? '' : ` · ${clean(person.userPrincipalName, strings.values.notOnRecord)}`,
    caseId: at?.case.id ?? 0,
    v: at?.version ?? 0,
    summary: caseLine === '' ? head.headline : `${caseLine}: ${head.headline}`,
  };
}
