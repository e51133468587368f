/**
 * The formats an export can have, each as what comes first and what an entry becomes.
 */
import type { ChainedEntry } from '../casework/ports/ledger-stream.ts';
import { cefLine } from './cef.ts';
import { csvHeader, csvRecord } from './csv.ts';
import { ecsLine } from './ecs.ts';
import { jsonLine } from './jsonl.ts';

/** The names of the formats, as `--format` takes them. */
export const FORMATS = ['jsonl', 'csv', 'cef', 'ecs'] as const;
/** One of them. */
export type Format = (typeof FORMATS)[number];

/** What a format needs beside the entries. */
export interface FormatOptions {
  /** What a code is called, in English. */
  readonly nameOf: (code: string) => string;
  /** The version of Hardline. */
  readonly version: string;
  /** A byte order mark before CSV, which Excel needs to know that it is UTF-8. */
  readonly byteOrderMark: boolean;
}

/** A format, ready to be used. */
export interface Writing {
  /** Before the first entry; may be empty. */
  readonly start: string;
  /** An entry with its line break. */
  line(entry: ChainedEntry): string;
}

/** Prepares a format. */
export function writingAs(format: Format, options: FormatOptions): Writing {
  switch (format) {
    case 'jsonl':
      return { start: '', line: (entry) => `${jsonLine(entry)}\n` };
    case 'csv':
      return { start: `${options.byteOrderMark ? '\uFEFF' : ''}${csvHeader()}`, line: csvRecord };
    case 'cef':
      return { start: '', line: (entry) => `${cefLine(entry, options)}\n` };
    case 'ecs':
      return { start: '', line: (entry) => `${ecsLine(entry, options)}\n` };
  }
}
