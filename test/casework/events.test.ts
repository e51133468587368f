import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { eventsDocument } from '../../scripts/events-document.ts';
import { CATALOGUE, entryOf, misfitsOf, RETIRED } from '../../src/casework/ports/events/catalogue.ts';
import type { EventDescription } from '../../src/casework/ports/events/described.ts';
import { codes as labels } from '../../src/cards/locales/en/ledger.ts';
import { harnessForEachTest } from './take-case-to.ts';
import { filesIn, nodesOf, parsed } from '../fences/tree.ts';

const all: readonly (readonly [string, EventDescription])[] = Object.values(CATALOGUE).flatMap((group) =>
  Object.entries(group),
);

/** Object literals that look like an entry of the ledger: with a code, an actor and a detail. */
function entriesIn(path: string, text: string): number {
  const names = (node: ts.ObjectLiteralExpression): ReadonlySet<string> =>
    new Set(node.properties.map(({ name }) => (name === undefined ? '' : name.getText())));
  return nodesOf(parsed({ path, text })).filter(
    (node) => ts.isObjectLiteralExpression(node) && ['code', 'actor', 'detail'].every((name) => names(node).has(name)),
  ).length;
}

describe('The codes of the ledger', () => {
  it('are described in docs/events.md as they are now (npm run events writes it anew)', async () => {
    const written = readFileSync(new URL('../../docs/events.md', import.meta.url), 'utf8');
    assert.equal(written, await eventsDocument());
  });

  it('are each described once, in one sentence, with whoever writes them', () => {
    assert.ok(all.length > 80);
    assert.equal(new Set(all.map(([code]) => code)).size, all.length, 'no code is described twice');
    for (const [code, { when, by }] of all) {
      assert.match(when, /^[A-Z][^|\n]{8,140}[.]$/, code);
      assert.ok(by.length > 0, code);
    }
    for (const [code, now] of Object.entries(RETIRED)) {
      assert.ok(all.every(([known]) => known !== code) && all.some(([known]) => known === now), code);
    }
  });

  it('come with an outcome for every intent', () => {
    const codes = new Set(all.map(([code]) => code));
    const intents = [...codes].filter((code) => code.endsWith('.intent'));
    assert.ok(intents.length > 15);
    for (const intent of intents) assert.ok(codes.has(intent.replace(/intent$/, 'outcome')), intent);
  });

  it('each have a label on the card of the log', () => {
    const known: Readonly<Record<string, string>> = labels;
    for (const [code] of all) assert.ok((known[code] ?? '') !== '', code);
  });

  it('take no field that is not listed, and lack none that is', () => {
    assert.deepEqual(misfitsOf({ code: 'people.searched', detail: { asked: 'open-case', hits: null } }), []);
    const detail = { asked: 'open-case', hits: 'many', name: 'somebody' };
    assert.deepEqual(misfitsOf({ code: 'people.searched', detail }), ['name is not listed', 'hits is no number']);
    assert.deepEqual(misfitsOf({ code: 'people.searched', detail: {} }), ['asked is no text', 'hits is no number']);
    assert.deepEqual(misfitsOf({ code: 'people.met', detail: {} }), ['the code is not listed']);
  });

  it('do not compile with a field that is not listed, with one that is missing, or with a value of another type', () => {
    const actor = 'hardline' as const;
    const wrong = [
      // @ts-expect-error -- nobody's name is part of this entry
      entryOf('people.searched', { actor }, { asked: 'open-case', hits: 1, name: 'somebody' }),
      // @ts-expect-error -- how many matched is missing
      entryOf('people.searched', { actor }, { asked: 'open-case' }),
      // @ts-expect-error -- a number is wanted
      entryOf('people.searched', { actor }, { asked: 'open-case', hits: 'one' }),
      // @ts-expect-error -- this code says everything by itself
      entryOf('log.read', { actor }, { by: 'somebody' }),
      // @ts-expect-error -- there is no such code
      entryOf('log.written', { actor }, {}),
    ];
    assert.ok(
      wrong.every((entry) => misfitsOf(entry).length > 0),
      'and each is found in a test, too',
    );
  });

  it('become entries in one place only, which checks the fields: entryOf', () => {
    const planted = "const entry = { code: 'log.read', actor: by, about, caseId, intentId: null, detail: {} };";
    assert.equal(entriesIn('planted.ts', planted), 1, 'an entry that is made by hand would be found');
    // The ledger itself prepares entries for the disk and reads them back; an export hands on what was read.
    const outside = filesIn(['src'], /\.ts$/).filter(({ path }) => !/^src\/(ledger|export)\//.test(path));
    const made = outside.filter(({ path, text }) => entriesIn(path, text) > 0);
    assert.deepEqual(
      made.map(({ path }) => path),
      ['src/casework/ports/events/catalogue.ts'],
    );
  });
});

describe('A ledger that does not verify', () => {
  const current = harnessForEachTest();

  it('is written down where it is found out, with what is wrong and where', async () => {
    const harness = current();
    const found = { ok: false, problem: 'record-altered', at: 3 } as const;
    assert.equal(await harness.built().verified(() => Promise.resolve(found)), found);
    const [entry] = await harness.ledger().entries({ caseId: null, limit: 1 });
    assert.deepEqual(
      [entry?.code, entry?.actor, entry?.detail],
      ['ledger.verification-failed', 'hardline', { problem: 'record-altered', at: 3 }],
    );
  });

  it('is found to be damaged all the same when nothing can be written any more', async () => {
    const harness = current();
    harness.auditLog.fails = () => true;
    const found = { ok: false, problem: 'chain-cut', at: null } as const;
    assert.equal(await harness.built().verified(() => Promise.resolve(found)), found);
    assert.ok(harness.logLines.some((line) => line.startsWith('the failed verification could not be recorded')));
  });
});
