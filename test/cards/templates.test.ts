import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTemplates, TEMPLATE_NAMES } from '../../src/cards/templates.ts';

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
    for (const name of TEMPLATE_NAMES) {
      const template: unknown = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
      for (const [field, text] of strings(template))
        if (['text', 'title', 'label', 'errorMessage', 'fallbackText', 'url'].includes(field))
          assert.match(text, /^(• )?\$\{[\w.$]+\}( · |[ .])?$/, `${name}: ${field} "${text}"`);
    }
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
    assert.throws(() => loadTemplates(copy));
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
    const first = { say: { lead: 'a', example: 'b', never: 'c' }, headline: 'first', tone: 'accent', summary: 's' };
    const one = JSON.stringify(templates.expand('welcome', first));
    templates.expand('welcome', { ...first, headline: 'second' });
    assert.equal(JSON.stringify(templates.expand('welcome', first)), one);
  });
});

describe('The list of fields in adaptive-cards/README.md', () => {
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');

  for (const name of TEMPLATE_NAMES) {
    it(`names what ${name} binds, and nothing else`, () => {
      const row = readme.split('\n').find((line) => line.startsWith(`| \`${name}\` `)) ?? '';
      const listed = [...(row.split('|')[4] ?? '').matchAll(/`(\w+)`/g)].map(([, field]) => field ?? '');
      const template: unknown = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
      assert.deepEqual(listed, [...bound(template)].sort());
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
