/** Parsers of CSV and CEF as a receiver has them. They share nothing with the code that writes. */
import assert from 'node:assert/strict';

/** RFC 4180, read character by character. Throws where a file does not follow it. */
export function parseCsv(text: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const record: string[] = [];
    for (;;) {
      let cell = '';
      if (text[at] === '"') {
        for (at += 1; ; at += 1) {
          assert.ok(at < text.length, 'a quote is open');
          if (text[at] !== '"') cell += text.charAt(at);
          else if (text[at + 1] === '"') {
            cell += '"';
            at += 1;
          } else break;
        }
        at += 1;
      } else {
        while (at < text.length && !',\r\n'.includes(text[at]!)) {
          assert.notEqual(text[at], '"', 'a quote inside a cell that is not quoted');
          cell += text.charAt(at);
          at += 1;
        }
      }
      record.push(cell);
      if (text[at] !== ',') break;
      at += 1;
    }
    assert.equal(text.slice(at, at + 2), '\r\n', 'a record ends with CRLF');
    at += 2;
    records.push(record);
  }
  return records;
}

/** The rows as objects, with the apostrophe taken off that keeps a cell from being a formula. */
export function rowsOfCsv(text: string): readonly Readonly<Record<string, string>>[] {
  const [header = [], ...rows] = parseCsv(text);
  return rows.map((row) => {
    assert.equal(row.length, header.length, 'as many cells as columns');
    for (const cell of row) assert.doesNotMatch(cell, /^[=+\-@\t\r]/, 'a spreadsheet would calculate it');
    return Object.fromEntries(header.map((name, index) => [name, (row[index] ?? '').replace(/^'/, '')]));
  });
}

/** Keys of CEF's dictionary that we use: their type, and how long they may be. */
const DICTIONARY: Readonly<Record<string, RegExp>> = {
  rt: /^\d{13}$/,
  externalId: /^.{1,40}$/,
  deviceExternalId: /^.{1,255}$/,
  cat: /^.{1,1023}$/,
  outcome: /^.{1,63}$/,
  suid: /^.{1,1023}$/,
  suser: /^.{1,1023}$/,
  duid: /^.{1,1023}$/,
  cn1: /^-?\d{1,19}$/,
  cn1Label: /^.{1,1023}$/,
  ...Object.fromEntries(
    [1, 2, 3, 4].flatMap((n) => [
      [`cs${n}`, /^[^]{0,4000}$/],
      [`cs${n}Label`, /^.{1,1023}$/],
    ]),
  ),
};

export interface CefEvent {
  readonly header: readonly string[];
  readonly extension: Readonly<Record<string, string>>;
}

/** CEF:0. Throws where a line does not follow it, or has a key or a value that its dictionary does not know. */
export function parseCef(line: string): CefEvent {
  assert.ok(line.startsWith('CEF:0|'), 'begins with its version');
  const header: string[] = [];
  let field = '';
  let at = 'CEF:0|'.length;
  for (; header.length < 6; at += 1) {
    assert.ok(at < line.length, 'the header is whole');
    if (line[at] === '\\') {
      assert.ok('\\|'.includes(line[at + 1]!), 'only a backslash and a pipe are escaped in the header');
      at += 1;
      field += line.charAt(at);
    } else if (line[at] === '|') {
      header.push(field);
      field = '';
    } else field += line.charAt(at);
  }
  assert.match(header[5]!, /^(?:[0-9]|10)$/, 'a severity from 0 to 10');
  // A key begins after a space and ends at an equals sign that is not escaped.
  const extension: Record<string, string> = {};
  const keys = Array.from(line.slice(at).matchAll(/(?:^| )([A-Za-z]\w*)=/g));
  for (const [index, key] of keys.entries()) {
    const from = key.index + key[0].length;
    const raw = line.slice(at).slice(from, keys[index + 1]?.index);
    assert.doesNotMatch(raw, /(?<!\\)(?:\\\\)*=/, 'every equals sign in a value is escaped');
    const value = raw.replaceAll(/\\([^])/g, (_, escaped: string) => {
      assert.ok('\\=nr'.includes(escaped), `\\${escaped} is no escape of CEF`);
      return escaped === 'n' ? '\n' : escaped === 'r' ? '\r' : escaped;
    });
    const name = key[1]!;
    assert.match(value, DICTIONARY[name] ?? /$^/, `${name} is as the dictionary has it`);
    assert.ok(!(name in extension), `${name} is there once`);
    extension[name] = value;
  }
  return { header, extension };
}
