/**
 * The card that shows a pass, once. This is the only place that calls `reveal()`, and what it returns fits only into the
 * answer to a click.
 */
import type { PassCard } from '../casework/ports/turn.ts';
import type { Secret } from '../casework/ports/secret.ts';
import { caseCardFields } from './card-fields.ts';
import { validRow } from './pass-state-cards.ts';
import type { CardData, Templates } from './templates.ts';
import type { CaseView } from '../casework/ports/card-views.ts';
import type { Strings } from './strings.ts';

/** Characters read out together. */
const GROUP_SIZE = 4;

/**
 * Takes the code out of the secret and draws it, monospaced and spelled. `view` shows the case after the pass was created.
 * Throws when the case holds no pass or the code was taken before: both are bugs, and neither message holds the code.
 */
export function passCard(templates: Templates, view: CaseView, strings: Strings, secret: Secret): PassCard {
  const { state } = view.stored.case;
  if (state.kind !== 'awaiting-backup-method') throw new Error('A pass is shown only in awaiting-backup-method.');
  const cardStrings = strings.cards.pass;
  const code = secret.reveal();
  if (code === null) throw new Error('This pass was shown before.');
  const passCard = templates.expand('pass', {
    ...caseCardFields(view, strings, cardStrings, { headline: cardStrings.headline, tone: 'good' }),
    summary: strings.summaries.pass,
    code,
    spelling: spelled(code, strings),
    use: state.pass.oneTime ? cardStrings.oneTime : cardStrings.manyTimes,
    facts: [validRow(state.pass, view, strings)],
  });
  return { passCard } as unknown as PassCard; // the brand exists only for the compiler
}

/** The code in groups of four characters, each with how to say it. */
export function spelled(code: string, strings: Strings): readonly CardData[] {
  const characters = Array.from(code);
  const groups = Math.ceil(characters.length / GROUP_SIZE);
  return Array.from({ length: groups }, (_, index) => {
    const part = characters.slice(index * GROUP_SIZE, (index + 1) * GROUP_SIZE);
    return { characters: part.join(''), spoken: part.map((sign) => word(sign, strings)).join(strings.spelling.join) };
  });
}

function word(sign: string, { spelling }: Strings): string {
  if (/^[0-9]$/.test(sign)) return spelling.digit(spelling.digits[Number(sign)] ?? sign);
  if (!/^[a-z]$/i.test(sign)) return spelling.signs[sign] ?? spelling.unknownSign(sign);
  const name = spelling.alphabet[sign.toLowerCase().charCodeAt(0) - 'a'.charCodeAt(0)] ?? sign;
  return sign === sign.toLowerCase() ? spelling.small(name) : spelling.capital(name.toUpperCase());
}
