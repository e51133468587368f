import assert from 'node:assert/strict';
import { freshHarness, takeTo } from '../casework/take-case-to.ts';
import { ADA, LENA, NAMES, SOFIA, TESS } from '../casework/fixtures.ts';
import type { Harness } from '../casework/harness.ts';
import { rounds } from '../lane.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { counting, draft, entry, morning, newCaller, openCase, opened, scratch } from './fixtures.ts';
import { openLedger } from '../../src/ledger/open.ts';
import { planOf, recordStatements, type Recorded } from './recorded-statements.ts';

/** What may read a whole table, with the reason. Each is one question, named by what only it says. */
const MAY_SCAN: readonly (readonly [part: RegExp, why: string])[] = [
  [/^\s*select group_concat/, 'once, when a ledger of the first version is brought up to date'],
  [/^select count\(\*\) as "stored" from "details"$/, 'verification, which reads everything'],
  [/where "case_digest" is not null group by "case_id"$/, 'verification, which reads everything'],
  [/^select "at" from "entries" order by "seq" desc limit \?$/, 'the newest one of all, and no further'],
  [/from "entries" as "wanted" order by "wanted"."seq" desc limit \?\)/, 'the newest few of all, and no further'],
];

/** Tables that grow with the years. */
const GROWING =
  /\bSCAN (entries|details|cases|outcome|wanted|about|by|activities|conversations|card_places|request_cards)\b/;

describe('The questions to a ledger that has grown', function () {
  this.timeout(60_000);
  const folder = scratchFolder('query-plans');
  let recorded: Recorded;
  let harness: Harness;
  before(async () => {
    recorded = recordStatements();
    harness = await freshHarness(folder.dir, 'day');
  });
  after(async () => {
    await harness.close();
    recorded.stop();
    folder.clean();
  });

  it('are answered from an index, whatever people do in a day', async () => {
    await takeTo(harness, 'awaiting-backup-method');
    await harness.says(TESS, `${NAMES.get(SOFIA) ?? ''} is locked out`);
    for (const verb of ['tick-methods', 'seen-in-person']) {
      await harness.presses(TESS, verb);
      await harness.whenIdle();
    }
    for (const [person, text] of [
      [TESS, 'just reset the password of Lena Hartmann'],
      [TESS, 'cases'],
      [TESS, 'case 1'],
      [ADA, 'log'],
      [ADA, 'log of case 1'],
      [ADA, 'lockdown on strange calls'],
      [ADA, 'mode'],
      [ADA, 'mode normal'],
      [LENA, 'hello'],
    ] as const) {
      await harness.says(person, text);
      await harness.whenIdle();
    }
    await harness.tick();
    await harness.built().mend();
    harness.passes(24 * 60);
    await harness.tick();
    await harness.whenIdle();
    await harness.restart('crash');
    const ledger = harness.ledger();
    await ledger.openCases({ technician: TESS });
    await ledger.openCases({ states: ['issuing'], after: 1 as never });
    await ledger.openCaseIds({ states: ['issuing'], before: null, limit: 5 });
    await ledger.casesOf(TESS, 5);
    await ledger.entries({ caseId: null, about: LENA, before: 50, limit: 5 });
    await ledger.contactsAbout(LENA, harness.fixtures.now);
    await ledger.exportAbout(LENA);

    const statements = [...recorded.texts].filter((sql) => /^\s*(select|insert|update|delete|with)\b/i.test(sql));
    assert.ok(statements.length > 50, `${statements.length} statements`);
    for (const sql of statements) {
      if (MAY_SCAN.some(([part]) => part.test(sql))) continue;
      const scans = planOf(harness.file, sql).filter((line) => GROWING.test(line));
      // What only open cases, or only people with a role, are in has as many rows as there are of them.
      const long = scans.filter((line) => !/USING (COVERING )?INDEX (cases_open|conversations_with_roles)/.test(line));
      assert.deepEqual(long, [], sql);
    }
  });
});

describe('A step of a case', function () {
  this.timeout(60_000);

  it('reads as many rows, in as many statements, beside many cases as beside few', async () => {
    const { file, clean } = scratch();
    const recorded = recordStatements();
    const ledger = await openLedger({ file, now: () => morning, newId: counting() });
    try {
      const takeStep = async () => {
        const from = await openCase(ledger);
        recorded.taken();
        const next = { ...from.case, state: { kind: 'choosing-proof', lastAttempt: null } } as const;
        const entries = [entry('case.methods-ticked', { caseId: next.id })];
        assert.equal((await ledger.advance(from, next, entries, morning)).kind, 'written');
        const step = recorded.taken();
        await ledger.openCase(draft({ caller: newCaller() }), opened, morning);
        await ledger.openCases({ technician: from.case.technician, limit: 1 });
        return { step, opening: recorded.taken() };
      };
      await takeStep();
      const beside = await takeStep();
      await Promise.all(Array.from({ length: rounds({ quick: 150, full: 1500 }) }, () => openCase(ledger)));
      assert.deepEqual(await takeStep(), beside);
    } finally {
      await ledger.close();
      recorded.stop();
      clean();
    }
  });
});
