/**
 * Why the caller is locked out, in one line, and whether a pass would help.
 * Still being read, could not be read, and nothing found are three different sentences.
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

/** The line under the headline. Where no pass can be issued, it does not recommend one. */
export function diagnosisLine({ slowFacts, stops, now }: CaseView, strings: Strings): CardData {
  const texts = strings.diagnosis;
  const plain = (seen: string): CardData => ({ what: '', own: '', pass: '', passColor: 'default', seen });
  if (slowFacts === null) return plain(texts.reading);
  const { diagnosis } = slowFacts;
  if (diagnosis.kind !== 'read') return plain(texts.phrases.unread(strings.labels.unread[diagnosis.why]));
  if (diagnosis.value === null) return plain(texts.nothing);
  const { reason, passHelps, at } = diagnosis.value;
  const own = ownText(diagnosis.value, strings);
  const outOfReach = stops.length > 0 && passHelps !== 'no';
  return {
    what: texts.reasons[reason].what,
    own: own === '' ? '' : ` ${own}`,
    pass: outOfReach ? '' : ` ${passSentence(diagnosis.value, strings)}`,
    passColor: PASS_COLORS[passHelps],
    seen: ` ${texts.phrases.seen(age(at, now, strings))}`,
  };
}

/** That a pass will not help, for the cards on the way to one: our sentence, and Microsoft's own text. `null` where it may. */
export function passWillNotHelp(
  { slowFacts }: CaseView,
  strings: Strings,
): { readonly text: string; readonly more: string } | null {
  if (slowFacts === null || slowFacts.diagnosis.kind !== 'read') return null;
  const diagnosis = slowFacts.diagnosis.value;
  if (diagnosis?.passHelps !== 'no') return null;
  const { what } = strings.diagnosis.reasons[diagnosis.reason];
  const own = ownText(diagnosis, strings);
  return { text: `${what} ${passSentence(diagnosis, strings)}`, more: own === '' ? '' : ` ${own}` };
}

/** What the reason means for a pass. */
function passSentence({ reason, passHelps }: Diagnosis, { diagnosis }: Strings): string {
  const { pass, complete } = diagnosis.reasons[reason];
  return complete === true ? pass : `${diagnosis.passHelps[passHelps]} ${pass}`;
}

/** Microsoft's own text and code where we have no sentence; empty otherwise. */
function ownText({ reason, tenantSays, errorCode }: Diagnosis, strings: Strings): string {
  if (reason !== 'unknown-code') return '';
  const { code, coded } = strings.diagnosis.phrases;
  const own = plainText(tenantSays);
  return own === '' ? `${code(errorCode)}.` : coded(code(errorCode), own);
}
