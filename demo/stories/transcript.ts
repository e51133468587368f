/**
 * The transcript of a story: what people write and press, each card as text, what the tenant received, and the new
 * ledger entries. A pass is printed as dots, so that no transcript contains one.
 */
import type { SeenMessage } from '../teams/chats.ts';
import { codeOn, readCard } from './card-reading.ts';

const WIDTH = 104;
const DOTS = '••••••••';

/** Wraps a text, each line behind `lead`. */
function wrapped(text: string, lead: string): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line !== '' && `${lead}${line} ${word}`.length > WIDTH) {
        lines.push(line);
        line = word;
      } else {
        line = line === '' ? word : `${line} ${word}`;
      }
    }
    return [...lines, line].map((one) => `${lead}${one}`.trimEnd());
  });
}

/** The pass is also spelled out in pieces beside their words; a line that holds a piece becomes dots. */
function withoutSpelling(line: string, code: string): string {
  const [piece = ''] = line.split(' | ');
  return piece.length >= 2 && code.includes(piece) ? `${DOTS} | spelled out` : line;
}

/** Writes a story down, line by line. */
export interface Transcript {
  title(text: string): void;
  tell(text: string): void;
  does(name: string, what: string): void;
  shows(name: string, message: SeenMessage): void;
  tenant(text: string): void;
  ledger(text: string): void;
  held(text: string): void;
  broken(text: string): void;
}

/** A transcript that writes with `print`. */
export function createTranscript(print: (line: string) => void): Transcript {
  let secret: string | null = null;
  const put = (line: string): void => print(secret === null ? line : line.replaceAll(secret, DOTS));
  const block = (text: string, lead: string): void => wrapped(text, lead).forEach(put);

  const card = (json: NonNullable<SeenMessage['card']>): void => {
    const code = codeOn(json);
    secret = code ?? secret;
    const { headline, lines, buttons } = readCard(json);
    block(headline, '    ┃ ▌ ');
    for (const line of lines) block(code === null ? line : withoutSpelling(line, code), '    ┃ ');
    const titles = [...new Set(buttons.map((button) => `[${button.title}]`))];
    if (titles.length > 0) block(titles.join(' '), '    ┃ ');
  };

  return {
    title: (text) => {
      put('');
      put(text);
      put('═'.repeat(Math.min(text.length, WIDTH)));
    },
    tell: (text) => {
      put('');
      block(text, '  — ');
    },
    does: (name, what) => {
      put('');
      block(`${name} ${what}`, '  ');
    },
    shows: (name, message) => {
      const standing = { 'as-sent': '', edited: ', updated in place', private: ', for their eyes only' }[
        message.standing
      ];
      put(`    Hardline → ${name}${standing}`);
      if (message.deleted) put('    ┃ (deleted)');
      else if (message.card !== null) card(message.card);
      else block(message.text ?? '', '    ┃ ');
      if (message.notice !== null) block(message.notice.text, `    ┃ (${message.notice.kind}) `);
    },
    tenant: (text) => block(text, '      tenant  '),
    ledger: (text) => block(text, '      ledger  '),
    held: (text) => put(`      ✔ ${text}`),
    broken: (text) => put(`      ✘ ${text}`),
  };
}
