import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { loadTemplates, readTemplates, TEMPLATE_NAMES, type Templates } from '../../src/cards/templates.ts';

const folder = join(import.meta.dirname, '../../adaptive-cards');

/** Every string of a template with the name of its field. */
function strings(value: unknown, field = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[field, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => strings(one, Array.isArray(value) ? field : key));
}

describe('The templates', () => {
  let copy = '';
  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), 'cards-'));
    cpSync(folder, copy, { recursive: true });
  });
  afterEach(() => rmSync(copy, { recursive: true }));

  it('are all there, and none is left over', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
    assert.deepEqual(files.sort(), TEMPLATE_NAMES.map((name) => `${name}.json`).sort());
  });

  it('hold no sentence of their own: every word that people read is bound', () => {
    for (const [name, template] of readTemplates(folder))
      for (const [field, text] of strings(template))
        if (['text', 'title', 'label', 'errorMessage', 'fallbackText', 'url'].includes(field))
          assert.match(text, /^(• )?\$\{[\w.$]+\}( · |[ .])?$/, `${name}: ${field} "${text}"`);
  });

  it('must be complete when the process starts', () => {
    rmSync(join(copy, 'pass.json'));
    assert.throws(() => loadTemplates(copy), /pass\.json/);
  });

  it('are refused at the start when one is unknown, of another version, or broken', () => {
    writeFileSync(join(copy, 'stray.json'), '{}');
    assert.throws(() => loadTemplates(copy), /stray\.json/);
    rmSync(join(copy, 'stray.json'));
    writeFileSync(join(copy, 'pass.json'), '{"type":"AdaptiveCard","version":"1.6"}');
    assert.throws(() => loadTemplates(copy), /pass\.json is not an Adaptive Card 1\.5/);
    writeFileSync(join(copy, 'pass.json'), '{');
    assert.throws(() => loadTemplates(copy), /pass\.json is not JSON/);
  });

  it('are refused at the start when one uses a part that is not there, or wrongly', () => {
    const withBody = (body: object): string => JSON.stringify({ type: 'AdaptiveCard', version: '1.5', body: [body] });
    writeFileSync(join(copy, 'fault.json'), withBody({ $part: 'fcats' }));
    assert.throws(() => loadTemplates(copy), /adaptive-cards\/fault\.json: there is no part "fcats"/);
    writeFileSync(join(copy, 'fault.json'), withBody({ $part: 'facts', rows: 'facts' }));
    assert.throws(() => loadTemplates(copy), /adaptive-cards\/fault\.json: part "facts" has no parameter rows/);
  });

  it('are prepared once: loading them again parses no expression', () => {
    loadTemplates(copy);
    const { Expression } = createRequire(import.meta.url)('adaptive-expressions') as { Expression: { parse: unknown } };
    const { parse } = Expression;
    Expression.parse = () => assert.fail('an expression was parsed again');
    try {
      loadTemplates(copy);
      writeFileSync(join(copy, 'fault.json'), '{"type":"AdaptiveCard","version":"1.5","body":["${first}"]}');
      assert.throws(() => loadTemplates(copy), /parsed again/, 'a template that changed is parsed');
    } finally {
      Expression.parse = parse;
    }
  });

  it('are those of the folder as it is when they are loaded: a change shows with the next load, not before', () => {
    const saying = (word: string): void =>
      writeFileSync(join(copy, 'fault.json'), `{"type":"AdaptiveCard","version":"1.5","body":["${word} \${x}"]}`);
    const bodyOf = (templates: Templates): unknown => templates.expand('fault', { x: '!' })['body'];
    saying('first');
    const first = loadTemplates(copy);
    saying('second');
    const second = loadTemplates(copy);
    assert.deepEqual([bodyOf(first), bodyOf(second)], [['first !'], ['second !']]);
  });

  it('never let a card leave with a field that was not filled in', () => {
    const templates = loadTemplates(copy);
    assert.throws(() => templates.expand('fault', { headline: 'x' }), /adaptive-cards\/fault\.json: \$\{/);
  });

  it('take text as it is: an expression inside a text is not evaluated', () => {
    writeFileSync(
      join(copy, 'fault.json'),
      '{"type":"AdaptiveCard","version":"1.5","body":[{"type":"TextBlock","text":"${said}","wrap":true}]}',
    );
    const card = loadTemplates(copy).expand('fault', { said: '${secret} {{x}}', secret: 'told' });
    assert.deepEqual(card['body'], [{ type: 'TextBlock', text: '${secret} {{x}}', wrap: true }]);
  });

  it('can be used again and again without remembering the last card', () => {
    const templates = loadTemplates(copy);
    const first = { strings: { lead: 'a', example: 'b', never: 'c' }, headline: 'first', tone: 'accent', summary: 's' };
    const one = JSON.stringify(templates.expand('welcome', first));
    templates.expand('welcome', { ...first, headline: 'second' });
    assert.equal(JSON.stringify(templates.expand('welcome', first)), one);
  });

  it('hold nothing of a pass once its card is gone, nor of any other card, nor of one that failed', async () => {
    const templates = loadTemplates(folder);
    const traces = [
      traced(templates, 'pass', PASS),
      traced(templates, 'welcome', {
        headline: 'a',
        tone: 'good',
        summary: 'b',
        strings: { lead: 'c', example: 'd', never: 'e' },
      }),
      traced(templates, 'fault', { said: 'what a person wrote' }),
    ].flat();
    await new Promise(setImmediate); // a WeakRef keeps its target until the current job ends
    collectGarbage();
    assert.deepEqual(
      traces.map(([what, trace]) => [what, trace.deref()]),
      [
        ['data of pass', undefined],
        ['card of pass', undefined],
        ['data of welcome', undefined],
        ['card of welcome', undefined],
        ['data of fault', undefined],
      ],
    );
    assert.ok(templates.expand('pass', PASS), 'the templates were there all the time');
  });
});

/** Everything that the template of a pass binds. */
const PASS = {
  ...{
    headline: 'A pass',
    tone: 'good',
    summary: 'A pass',
    hasWhere: true,
    caseLine: 'Case 7',
    who: 'L',
    whoMore: 'H',
  },
  strings: { where: 'a', spell: 'b', once: 'c', readOut: 'd', withdraw: 'e' },
  ...{ code: 'W+d9K0xO', spelling: [{ characters: 'W+d9', spoken: 'f' }], use: 'g', facts: [], caseId: 7, v: 3 },
};

/** Expands a copy of `data`, and keeps no more than weak references to the copy and to the card. */
function traced(
  templates: Templates,
  name: 'pass' | 'welcome' | 'fault',
  data: Parameters<Templates['expand']>[1],
): readonly (readonly [string, WeakRef<object>])[] {
  const copy = structuredClone(data);
  const traces: [string, WeakRef<object>][] = [[`data of ${name}`, new WeakRef(copy)]];
  try {
    traces.push([`card of ${name}`, new WeakRef(templates.expand(name, copy))]);
  } catch {
    assert.equal(name, 'fault', 'only the card of a fault lacks fields here');
  }
  return traces;
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

describe('The list of fields in adaptive-cards/README.md', () => {
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  const templates = readTemplates(folder);

  for (const name of TEMPLATE_NAMES) {
    it(`names what ${name} binds, and nothing else`, () => {
      const row = readme.split('\n').find((line) => line.startsWith(`| \`${name}\` `)) ?? '';
      const listed = [...(row.split('|')[4] ?? '').matchAll(/`(\w+)`/g)].map(([, field]) => field ?? '');
      assert.deepEqual(listed, [...bound(templates.get(name))].sort());
    });
  }
});

/** The fields of the root that a template binds; inside a repeated element, names belong to the item. */
function bound(value: unknown): ReadonlySet<string> {
  if (typeof value === 'string') {
    const expressions = [...value.matchAll(/\$\{([^}]*)\}/g)].map(([, inside]) => inside ?? '');
    const names = expressions.flatMap((inside) => inside.match(/(?<![\w.$])[a-z]\w*/gi) ?? []);
    return new Set(names.filter((name) => name !== 'count' && name !== 'not'));
  }
  if (typeof value !== 'object' || value === null) return new Set();
  if ('$data' in value) return bound(value.$data);
  return new Set(Object.values(value).flatMap((one) => [...bound(one)]));
}
