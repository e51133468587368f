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
export function diagnosisLine({ slowFacts: slowFacts, stops, now }: CaseView, words: Strings): CardData {
  const say = words.diagnosis;
  const plain = (seen: string): CardData => ({ what: '', own: '', pass: '', passColor: 'default', seen });
  if (slowFacts === null) return plain(say.reading);
  const { diagnosis } = slowFacts;
  if (diagnosis.kind !== 'read') return plain(`${say.unread} ${words.names.unread[diagnosis.why]}.`);
  if (diagnosis.value === null) return plain(say.nothing);
  const { reason, passHelps, at } = diagnosis.value;
  const own = ownWords(diagnosis.value, words);
  const outOfReach = stops.length > 0 && passHelps !== 'no';
  return {
    what: say.reasons[reason].what,
    own: own === '' ? '' : ` ${own}`,
    pass: outOfReach ? '' : ` ${say.passHelps[passHelps]} ${say.reasons[reason].pass}`,
    passColor: PASS_COLORS[passHelps],
    seen: ` ${say.phrases.seen(age(at, now))}`,
  };
}

/** That a pass will not help, for the cards on the way to one: our sentence, and the tenant's own words. `null` where it may. */
export function passWillNotHelp(
  { slowFacts: slowFacts }: CaseView,
  words: Strings,
): { readonly text: string; readonly more: string } | null {
  if (slowFacts === null || slowFacts.diagnosis.kind !== 'read') return null;
  const diagnosis = slowFacts.diagnosis.value;
  if (diagnosis?.passHelps !== 'no') return null;
  const { what, pass } = words.diagnosis.reasons[diagnosis.reason];
  const own = ownWords(diagnosis, words);
  return { text: `${what} ${words.diagnosis.passHelps.no} ${pass}`, more: own === '' ? '' : ` ${own}` };
}

/** The tenant's own words and code where we have no sentence; empty otherwise. */
function ownWords({ reason, tenantSays, errorCode }: Diagnosis, words: Strings): string {
  if (reason !== 'unknown-code') return '';
  const { code, coded } = words.diagnosis.phrases;
  const own = plainText(tenantSays);
  return own === '' ? `${code(errorCode)}.` : coded(code(errorCode), own);
}
