/**
 * Why the caller is locked out, in one line, and whether a pass would help.
 * The one rule kept here: what is still being read, what could not be read, and what was not found are three different sentences.
 */
import type { Diagnosis } from '../procedure/diagnosis.ts';
import { age } from './time-format.ts';
import { plainText } from './plain-text.ts';
import type { CardData } from './templates.ts';
import type { CaseView } from '../casework/ports/card-views.ts';
import type { Strings } from './strings.ts';

/** Only what will not help is colored: the rest must not draw the eye to a pass. */
const PASS_COLORS = {
  yes: 'default',
  no: 'attention',
  perhaps: 'default',
} satisfies Record<Diagnosis['passHelps'], string>;

/** The line under the headline of the picture. Where a pass is out of reach, nothing is said in its favor. */
export function diagnosisLine({ slowFacts: slowFacts, stops, now }: CaseView, strings: Strings): CardData {
  const cardStrings = strings.diagnosis;
  const plain = (seen: string): CardData => ({ what: '', own: '', pass: '', passColor: 'default', seen });
  if (slowFacts === null) return plain(cardStrings.reading);
  const { diagnosis } = slowFacts;
  if (diagnosis.kind !== 'read') return plain(`${cardStrings.unread} ${strings.names.unread[diagnosis.why]}.`);
  if (diagnosis.value === null) return plain(cardStrings.nothing);
  const { reason, passHelps, at } = diagnosis.value;
  const own = ownWords(diagnosis.value, strings);
  const outOfReach = stops.length > 0 && passHelps !== 'no';
  return {
    what: cardStrings.reasons[reason].what,
    own: own === '' ? '' : ` ${own}`,
    pass: outOfReach ? '' : ` ${cardStrings.passHelps[passHelps]} ${cardStrings.reasons[reason].pass}`,
    passColor: PASS_COLORS[passHelps],
    seen: ` ${cardStrings.phrases.seen(age(at, now))}`,
  };
}

/** That a pass will not help, for the cards on the way to one: our sentence, and the tenant's own strings. `null` where it may. */
export function passWillNotHelp(
  { slowFacts: slowFacts }: CaseView,
  strings: Strings,
): { readonly text: string; readonly more: string } | null {
  if (slowFacts === null || slowFacts.diagnosis.kind !== 'read') return null;
  const diagnosis = slowFacts.diagnosis.value;
  if (diagnosis?.passHelps !== 'no') return null;
  const { what, pass } = strings.diagnosis.reasons[diagnosis.reason];
  const own = ownWords(diagnosis, strings);
  return { text: `${what} ${strings.diagnosis.passHelps.no} ${pass}`, more: own === '' ? '' : ` ${own}` };
}

/** The tenant's own strings and code where we have no sentence; empty otherwise. */
function ownWords({ reason, tenantSays, errorCode }: Diagnosis, strings: Strings): string {
  if (reason !== 'unknown-code') return '';
  const { code, coded } = strings.diagnosis.phrases;
  const own = plainText(tenantSays);
  return own === '' ? `${code(errorCode)}.` : coded(code(errorCode), own);
}
