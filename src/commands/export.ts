/**
 * Copies entries out of a ledger, in a format that other systems read: `npm run ledger:export -- --help`. Reads only, and so
 * works beside the bot and on a copy. Exit code 0: everything was exported, and each entry verified. 1: an entry does not
 * verify; the export ends before it. 2: nothing to read, nowhere to write, or a wrong option.
 */
import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { once } from 'node:events';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { codes } from '../cards/locales/en/ledger.ts';
import { Fault } from '../casework/ports/fault.ts';
import { ownVersion } from '../config/own-version.ts';
import { FORMATS, writingAs, type Format } from '../export/formats.ts';
import { openForExport, type Bound } from '../ledger/export-entries.ts';
import { noteExport } from '../ledger/exports-made.ts';
import type { Instant } from '../procedure/facts.ts';

const HELP = `Copies entries of the ledger to standard output or into a file. The last line on standard error says what was exported.

  npm run --silent ledger:export -- --format jsonl|csv|cef|ecs [options]

  --data DIR      the data folder of the bot (default: .data)
  --file FILE     a ledger file, such as a backup, in place of --data
  --since WHEN    from the entry with this number on, or from this time on
  --until WHEN    up to the entry with this number, or up to this time
  --case N        only entries of this case; the others are read and verified all the same
  --out FILE      into a new file (mode 0600); it gets its name when it is whole, and ends in .part until then
  --bom           begin CSV with a byte order mark, for Excel
  --no-entry      leave no line for the bot, which otherwise writes an entry that the export was made, and by which account
  --help          this text

A time is 2026-01-31 (in UTC) or 2026-01-31T08:00:00Z, also with +01:00 in place of Z.
Exit code 0: exported and verified. 1: an entry does not verify. 2: it could not be read or written, or an option is wrong.
`;

const OPTIONS = {
  format: { type: 'string' },
  data: { type: 'string' },
  file: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  case: { type: 'string' },
  out: { type: 'string' },
  bom: { type: 'boolean' },
  'no-entry': { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

const TIME = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d))?$/;

function finish(code: 0 | 1 | 2, line: string): void {
  process.stderr.write(`${line}\n`);
  process.exitCode = code;
}

function readBound(name: string, text: string | undefined): Bound | null {
  if (text === undefined) return null;
  if (/^\d{1,15}$/.test(text)) return { kind: 'seq', seq: Number(text) };
  const at = TIME.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(at))
    throw new Error(`--${name} takes the number of an entry, or a time such as 2026-01-31T08:00:00Z`);
  return { kind: 'time', at: at as Instant };
}

function readFormat(text: string | undefined): Format {
  const format = FORMATS.find((one) => one === text);
  if (format === undefined) throw new Error(`--format takes ${FORMATS.join(', ')}`);
  return format;
}

function readCase(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new Error('--case takes the number of a case');
  return Number(text);
}

/** Where it goes. `finish` makes a file whole. */
interface Target {
  write(text: string): Promise<void>;
  finish(): void;
}

function openTarget(out: string | undefined): Target {
  if (out === undefined) {
    return {
      async write(text) {
        if (!process.stdout.write(text)) await once(process.stdout, 'drain');
      },
      finish: () => undefined,
    };
  }
  if (existsSync(out)) throw new Error('there is a file with the name that --out gives; an export replaces none');
  const part = openSync(`${out}.part`, 'wx', 0o600);
  return {
    write(text) {
      const bytes = Buffer.from(text);
      for (let from = 0; from < bytes.length;) from += writeSync(part, bytes, from);
      return Promise.resolve();
    },
    finish() {
      fsyncSync(part);
      closeSync(part);
      renameSync(`${out}.part`, out);
    },
  };
}

/** The account of the operating system; its number where it has no name, as in many containers. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}

const nameOf = (code: string): string => (codes as Readonly<Record<string, string>>)[code] ?? code;

async function run(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help === true) {
    process.stdout.write(HELP);
    return;
  }
  const format = readFormat(values.format);
  const range = { since: readBound('since', values.since), until: readBound('until', values.until) };
  const onlyCase = readCase(values.case);
  const file = values.file ?? join(values.data ?? '.data', 'hardline.sqlite');
  const ledger = await openForExport(file);
  try {
    const target = openTarget(values.out);
    if (values['no-entry'] !== true) leaveNote(file, format, values, onlyCase);
    const writing = writingAs(format, { nameOf, version: ownVersion(), byteOrderMark: values.bom === true });
    await target.write(writing.start);
    let read = 0;
    let exported = 0;
    let last = 0;
    for await (const group of ledger.entries(range)) {
      const wanted = onlyCase === null ? group : group.filter((entry) => entry.caseId === onlyCase);
      await target.write(wanted.map((entry) => writing.line(entry)).join(''));
      read += group.length;
      exported += wanted.length;
      last = group.at(-1)?.seq ?? last;
    }
    target.finish();
    const { seq, hash } = ledger.head;
    const which = read === 0 ? 'none in this range' : `entries ${last - read + 1} to ${last} read and verified`;
    const reached = last === seq ? 'reached' : 'not in this range';
    finish(0, `export ok: ${exported} entries exported, ${which}; head ${seq} ${hash} (${reached})`);
  } finally {
    ledger.close();
  }
}

/** Before the first entry is written, so that an export that breaks off is known, too. */
function leaveNote(
  file: string,
  format: Format,
  { since = null, until = null, out }: { since?: string | null; until?: string | null; out?: string },
  onlyCase: number | null,
): void {
  const to = out === undefined ? 'standard output' : 'file';
  const at = new Date().toISOString();
  try {
    noteExport(file, { id: randomUUID(), at, user: accountName(), format, since, until, case: onlyCase, to });
  } catch (error) {
    throw new Error('no line can be left for the bot beside the ledger; --no-entry exports without one', {
      cause: error,
    });
  }
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.stderr.write(`ledger not exported: standard output is closed (${error.code ?? 'unknown'})\n`);
  process.exit(2);
});

try {
  await run();
} catch (error) {
  const why = error instanceof Fault ? error.internal : error instanceof Error ? error.message : String(error);
  const broken = error instanceof Fault && error.code === 'ledger-corrupt';
  finish(
    broken ? 1 : 2,
    broken ? `export BROKEN: ${why}; what was written ends before it` : `ledger not exported: ${why}`,
  );
}
