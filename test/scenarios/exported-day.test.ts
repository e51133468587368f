import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openLedger } from '../../src/ledger/open.ts';
import type { RecordedEntry } from '../../src/casework/ports/ledger.ts';
import type { Instant, PersonId } from '../../src/procedure/facts.ts';
import { itInFull } from '../lane.ts';
import { againstEcs } from '../export/ecs-fields.ts';
import { runExport } from '../export/export-command.ts';
import { parseCef, rowsOfCsv } from '../export/parsers.ts';
import { ABEL, ADA, LENA, MILO, MINUTE, openHelpdesk, TESS, TOM, type Helpdesk } from './helpdesk.ts';
import { askApproval, decide, issueByCallback, secondLook } from './steps.ts';

/** Typed by an approver, and made for a spreadsheet. */
const REASON = '=1+1|x\\y=z, "seen" at the window';

describe('A day at the helpdesk, exported while the bot runs', function () {
  this.timeout(60_000);
  let helpdesk: Helpdesk;
  let file: string;
  let day: readonly RecordedEntry[];

  before(async () => {
    helpdesk = await openHelpdesk({ also: [MILO, TOM] });
    file = join(helpdesk.dataFolder, 'hardline.sqlite');
    for (const approver of [ADA, ABEL]) await helpdesk.says(approver, 'help'); // their roles are known from here on
    await helpdesk.says(TESS, "reset Lena Hartmann's password");
    await issueByCallback(helpdesk);
    await helpdesk.says(LENA, 'I am locked out');
    await askApproval(helpdesk, MILO, TOM);
    await decide(helpdesk, ADA, 'approve', REASON);
    await helpdesk.presses(TOM, 'issue-pass');
    helpdesk.pass(5);
    await helpdesk.tick();
    await helpdesk.presses(LENA, 'not-me');
    await helpdesk.says(ADA, 'lockdown on callers with cloned voices');
    await secondLook(helpdesk); // her case is closed now
    await helpdesk.presses(TOM, 'pass-read-out');
    day = (await helpdesk.bot().ledgerEntries(500)).toReversed();
  });
  after(() => helpdesk.close());

  const seqsOf = (seqs: readonly number[]): void => {
    assert.deepEqual(
      seqs,
      day.map(({ seq }) => seq),
      'each once, none lost, in order',
    );
  };
  const outputs = new Map<string, string>();
  const output = (format: string): string => {
    const known = outputs.get(format);
    if (known !== undefined) return known;
    const { code, out, says } = runExport('--format', format, '--file', file, '--no-entry');
    assert.equal(code, 0, says);
    assert.match(says, new RegExp(`^export ok: ${day.length} entries exported.*\\(reached\\)$`));
    outputs.set(format, out);
    return out;
  };
  const exported = (format: string): readonly string[] =>
    output(format)
      .split('\n')
      .filter((line) => line !== '');
  const withCase = (entry: RecordedEntry) => (entry.caseId === null ? null : Number(entry.caseId));

  it('has all that matters in it', () => {
    const codes = new Set(day.map(({ code }) => code));
    for (const code of ['case.opened', 'pass.create.outcome', 'case.approval-decided', 'case.caller-objected']) {
      assert.ok(codes.has(code), `${code} is missing: ${[...codes].join(' ')}`);
    }
    assert.ok(day.length > 60, String(day.length));
  });

  it('as JSON lines: every entry once, with everything that the ledger has of it', () => {
    const rows = exported('jsonl').map((line) => JSON.parse(line) as Record<string, unknown>);
    seqsOf(rows.map((row) => Number(row['seq'])));
    for (const [index, entry] of day.entries()) {
      const { at, code, actor, about, intent, detail } = rows[index]!;
      const expected = {
        at: new Date(entry.at).toISOString(),
        code: entry.code,
        actor: entry.actor,
        about: entry.about,
      };
      assert.deepEqual({ at, code, actor, about }, expected);
      assert.deepEqual(
        { case: rows[index]!['case'], intent, detail },
        { case: withCase(entry), intent: entry.intentId, detail: entry.detail },
      );
    }
  });

  itInFull('as CSV: every entry once, and what was typed is no formula', () => {
    const rows = rowsOfCsv(output('csv'));
    seqsOf(rows.map((row) => Number(row['seq'])));
    for (const [index, entry] of day.entries()) {
      assert.equal(rows[index]!['code'], entry.code);
      assert.deepEqual(JSON.parse(rows[index]!['detail']!), entry.detail);
    }
  });

  itInFull('as CEF: every entry once, each line as the format and its dictionary have it', () => {
    const events = exported('cef').map(parseCef);
    seqsOf(events.map(({ extension }) => Number(extension['externalId'])));
    for (const [index, entry] of day.entries()) {
      const { header, extension } = events[index]!;
      assert.equal(header[3], entry.code);
      assert.equal(Number(extension['rt']), entry.at);
      assert.equal(extension['duid'], entry.about ?? undefined);
      assert.deepEqual(JSON.parse(extension['cs2']!), entry.detail);
    }
    assert.ok(
      events.some(({ extension }) => extension['cs2']!.includes(JSON.stringify(REASON).slice(1, -1))),
      'the reason',
    );
  });

  it('as ECS: every entry once, each document with nothing that ECS does not allow', () => {
    const documents = exported('ecs').map((line) => JSON.parse(line) as { event: { sequence: number; code: string } });
    seqsOf(documents.map(({ event }) => event.sequence));
    for (const document of documents) assert.deepEqual(againstEcs(document), [], document.event.code);
  });

  itInFull('holds no name and no pass', () => {
    const out = ['jsonl', 'csv', 'cef', 'ecs'].map(output).join('\n');
    for (const name of ['Hartmann', 'Lindqvist', 'lena.', 'tess.']) assert.ok(!out.includes(name), name);
  });

  itInFull('the objection and the alarm to the leads stand out for a SIEM', () => {
    const alarms = exported('cef')
      .map(parseCef)
      .filter(({ header }) => Number(header[5]) >= 9)
      .map(({ header }) => header[3]);
    assert.ok(alarms.includes('case.caller-objected'), alarms.join(' '));
    assert.ok(alarms.includes('alarm.leads.outcome'), alarms.join(' '));
  });

  itInFull('an export is in the ledger of the running bot a moment later, with who made it', async () => {
    assert.equal(runExport('--format', 'ecs', '--data', helpdesk.dataFolder).code, 0);
    await helpdesk.tick();
    const [entry] = await helpdesk.ledger();
    assert.equal(entry?.code, 'ledger.exported');
    assert.equal(entry.detail['format'], 'ecs');
    assert.ok(String(entry.detail['by']).length > 0);
  });

  it('after the caller was erased: every entry is still there once, and says that its detail was erased', async () => {
    await helpdesk.stopBot();
    const ledger = await openLedger({
      file,
      now: () => helpdesk.now() as Instant,
      newId: () => 'unused',
      signingKey: helpdesk.ledgerKey(),
    });
    const { details } = await ledger.erase(LENA.id as PersonId, (helpdesk.now() + MINUTE) as Instant);
    assert.ok(details > 20, String(details));
    await ledger.close();
    const { code, out, says } = runExport(
      '--format',
      'jsonl',
      '--file',
      file,
      '--no-entry',
      '--until',
      String(day.length),
    );
    assert.equal(code, 0, says);
    const rows = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { seq: number; erased: boolean });
    seqsOf(rows.map(({ seq }) => seq));
    assert.equal(rows.filter(({ erased }) => erased).length, details);
    await helpdesk.startBot();
  });
});
