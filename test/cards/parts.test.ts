import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readParts, resolveParts, type Json } from '../../src/cards/parts.ts';

const LINE = { type: 'TextBlock', text: '@text', wrap: true };
const BUTTON = { type: 'Action.Execute', title: '@title', data: { verb: '@verb', case: '${caseId}' } };
const TABLE = { type: 'Table', $when: '${count(@rows) > 0}', rows: [{ $data: '${@rows}', cells: '@cells' }] };
const TWO_LINES = [{ text: 'first' }, { $part: 'line', text: 'second' }];
const PARTS = new Map<string, Json>([
  ['line', LINE],
  ['button', BUTTON],
  ['table', TABLE],
  ['two-lines', TWO_LINES],
  ['facts', { $part: 'table', rows: 'facts', cells: [{ text: '${value}' }], spacing: 'Medium' }],
]);

const resolved = (template: Json): Json => resolveParts(template, PARTS, 'closed.json');
const refusal = (template: Json): string => {
  try {
    return `resolved to ${JSON.stringify(resolved(template))}`;
  } catch (problem) {
    return problem instanceof Error ? problem.message : '';
  }
};

describe('A template with parts', () => {
  it('holds, once loaded, what the parts hold', () => {
    assert.deepEqual(resolved({ body: [{ $part: 'line', text: '${lead}' }] }), {
      body: [{ type: 'TextBlock', text: '${lead}', wrap: true }],
    });
  });

  it('is left as it is where it names no part', () => {
    const template = {
      type: 'AdaptiveCard',
      body: [{ text: '${lead}', wrap: true, size: 3, more: [] }],
      nothing: null,
    };
    assert.deepEqual(resolved(template), template);
  });

  it('gets every element of a part that is a list, in order, between its neighbors', () => {
    assert.deepEqual(resolved([{ text: 'before' }, { $part: 'two-lines' }, { text: 'after' }]), [
      { text: 'before' },
      { text: 'first' },
      { type: 'TextBlock', text: 'second', wrap: true },
      { text: 'after' },
    ]);
  });

  it('takes a part also where one object or one list stands', () => {
    assert.deepEqual(resolved({ card: { $part: 'line', text: 'a' }, items: { $part: 'two-lines' } }), {
      card: { type: 'TextBlock', text: 'a', wrap: true },
      items: [{ text: 'first' }, { type: 'TextBlock', text: 'second', wrap: true }],
    });
  });

  it('keeps a list inside a list as it is: only the elements of a part are spliced in', () => {
    assert.deepEqual(resolved([[{ text: 'a' }], []]), [[{ text: 'a' }], []]);
  });

  it('gives a parameter a string inside an expression, or a value of any type on its own', () => {
    assert.deepEqual(resolved({ $part: 'table', rows: 'methods', cells: [{ $part: 'line', text: 'a' }] }), {
      type: 'Table',
      $when: '${count(methods) > 0}',
      rows: [{ $data: '${methods}', cells: [{ type: 'TextBlock', text: 'a', wrap: true }] }],
    });
  });

  it('can say when, how far apart and in what style a part is shown', () => {
    assert.deepEqual(resolved({ $part: 'facts', $when: '${hasPass}', style: 'emphasis' }), {
      type: 'Table',
      $when: '${hasPass}',
      rows: [{ $data: '${facts}', cells: [{ text: '${value}' }] }],
      spacing: 'Medium',
      style: 'emphasis',
    });
  });

  it('can add fields to the data of a button', () => {
    assert.deepEqual(resolved({ $part: 'button', title: 'No', verb: 'answer', data: { speaking: 'no' } }), {
      type: 'Action.Execute',
      title: 'No',
      data: { verb: 'answer', case: '${caseId}', speaking: 'no' },
    });
  });

  it('changes no part: the next template gets the same', () => {
    const before = structuredClone(PARTS);
    resolved([
      { $part: 'facts', style: 'good' },
      { $part: 'button', title: 'a', verb: 'b', data: { more: 'c' } },
    ]);
    assert.deepEqual(PARTS, before);
  });
});

describe('A template is refused, by name,', () => {
  it('when it names a part that does not exist', () => {
    assert.equal(refusal([{ $part: 'fcats' }]), 'adaptive-cards/closed.json: there is no part "fcats"');
    assert.equal(refusal({ $part: 7 }), 'adaptive-cards/closed.json: there is no part 7');
    assert.equal(refusal({ $part: 'constructor' }), 'adaptive-cards/closed.json: there is no part "constructor"');
  });

  it('when it leaves a parameter out', () => {
    assert.equal(refusal({ $part: 'button', title: 'a' }), 'adaptive-cards/closed.json: part "button" needs verb');
  });

  it('when it says something that the part does not know', () => {
    const unknown = (key: string): string => `adaptive-cards/closed.json: part "line" has no parameter ${key}`;
    assert.equal(refusal({ $part: 'line', text: 'a', wieght: 'Bolder' }), unknown('wieght'));
    assert.equal(refusal({ $part: 'line', text: 'a', wrap: false }), unknown('wrap'));
    assert.equal(refusal({ $part: 'line', text: 'a', $data: '${x}', $with: {} }), unknown('$data, $with'));
  });

  it('when it sets something on a part that is a list', () => {
    assert.match(refusal([{ $part: 'two-lines', $when: '${x}' }]), /closed\.json: part "two-lines" is a list/);
  });

  it('when it changes what a button of a part sends, or adds data to something that sends none', () => {
    const button = { $part: 'button', title: 'a', verb: 'b' };
    assert.match(refusal({ ...button, data: { case: '7' } }), /closed\.json: part "button" sets case of data itself/);
    assert.match(refusal({ ...button, data: 'verb' }), /closed\.json: part "button" takes no such data/);
    assert.match(
      refusal({ $part: 'line', text: 'a', data: { x: '1' } }),
      /closed\.json: part "line" takes no such data/,
    );
  });

  it('when a parameter inside an expression gets something else than a string', () => {
    assert.match(
      refusal({ $part: 'table', rows: ['methods'], cells: [] }),
      /parts\/table\.json: @rows in "\$\{count\(@rows\) > 0\}" must be a string/,
    );
  });

  it('when it holds a parameter itself', () => {
    assert.equal(refusal({ text: '@text' }), 'adaptive-cards/closed.json: @text: only a part has parameters');
    assert.match(refusal({ $part: 'line', text: 'to @text' }), /closed\.json: @text/);
  });
});

describe('A folder of parts', () => {
  let copy = '';
  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), 'parts-'));
    mkdirSync(join(copy, 'parts'));
  });
  afterEach(() => rmSync(copy, { recursive: true }));

  const plant = (name: string, part: Json): void =>
    writeFileSync(join(copy, 'parts', `${name}.json`), JSON.stringify(part));

  it('is read by name, and may be missing', () => {
    plant('line', LINE);
    plant('two-lines', TWO_LINES);
    assert.deepEqual([...readParts(copy)].sort(), [
      ['line', LINE],
      ['two-lines', TWO_LINES],
    ]);
    rmSync(join(copy, 'parts'), { recursive: true });
    assert.deepEqual([...readParts(copy)], []);
  });

  it('is refused when a part uses itself, also through others', () => {
    plant('self', { items: [{ $part: 'self' }] });
    assert.throws(() => readParts(copy), /adaptive-cards\/parts\/self\.json: a part cannot use itself: self → self/);
    rmSync(join(copy, 'parts/self.json'));
    plant('a', [{ $part: 'b', inner: { $part: 'c' } }]);
    plant('b', { items: ['@inner'] });
    plant('c', { card: { $part: 'a' } });
    assert.throws(
      () => readParts(copy),
      /adaptive-cards\/parts\/\w\.json: a part cannot use itself: (a → c → a|c → a → c)/,
    );
  });

  it('may use one part several times', () => {
    plant('line', LINE);
    plant('three', [
      { $part: 'line', text: 'a' },
      { $part: 'line', text: 'b' },
      { items: [{ $part: 'line', text: '@text' }] },
    ]);
    assert.equal(readParts(copy).size, 2);
  });

  it('is refused when a part refers to another one wrongly, even if no template uses it', () => {
    plant('lead', { $part: 'lien', text: '@text' });
    assert.throws(() => readParts(copy), /adaptive-cards\/parts\/lead\.json: there is no part "lien"/);
    plant('line', LINE);
    plant('lead', { $part: 'line' });
    assert.throws(() => readParts(copy), /adaptive-cards\/parts\/lead\.json: part "line" needs text/);
    plant('lead', { $part: 'line', text: 'a', color: 'Good' });
    assert.throws(() => readParts(copy), /adaptive-cards\/parts\/lead\.json: part "line" has no parameter color/);
  });

  it('is refused when a part is not JSON, or no element and no list', () => {
    plant('line', 'a line');
    assert.throws(
      () => readParts(copy),
      /adaptive-cards\/parts\/line\.json: a part is an element or a list of elements/,
    );
    writeFileSync(join(copy, 'parts/line.json'), '{');
    assert.throws(() => readParts(copy), /adaptive-cards\/parts\/line\.json is not JSON/);
  });
});
