/**
 * The transcript of a story: what people write and press, each card as text, what the tenant received, and the new
 * ledger entries. A pass is printed as dots, so that no transcript contains one.
 */
import type { SeenMessage } from '../teams/chats.ts';
import { codeOn, readCard } from './card-reading.ts';

const WIDTH = 104;
const DOTS = '••••••••';

/** Wraps a text; each line starts with `lead`. */
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

/** The card also spells the pass out, in groups with their words. A line with such a group becomes dots. */
function withoutSpelling(line: string, code: string): string {
  const [group = ''] = line.split(' | ');
  return group.length >= 2 && code.includes(group) ? `${DOTS} | spelled out` : line;
}

/** The parts of a transcript. */
export interface Transcript {
  title(text: string): void;
  narrate(text: string): void;
  does(name: string, what: string): void;
  shows(name: string, message: SeenMessage): void;
  tenant(text: string): void;
  ledger(text: string): void;
  passed(text: string): void;
  failed(text: string): void;
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
    narrate: (text) => {
      put('');
      block(text, '  — ');
    },
    does: (name, what) => {
      put('');
      block(`${name} ${what}`, '  ');
    },
    shows: (name, message) => {
      const standing = { 'as-sent': '', edited: ', updated in place', private: ', visible only to them' }[
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
    passed: (text) => put(`      ✔ ${text}`),
    failed: (text) => put(`      ✘ ${text}`),
  };
}
