import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, readParts, type Json } from '../../src/cards/parts.ts';
import { readTemplates, TEMPLATE_NAMES } from '../../src/cards/templates.ts';

const folder = join(import.meta.dirname, '../../adaptive-cards');

describe('The parts of our cards', () => {
  const parts = readParts(folder);
  const named = (node: Json): readonly string[] =>
    [...JSON.stringify(node).matchAll(/"\$part":"([^"]*)"/g)].map(([, name = '']) => name);

  it('are each used by at least two cards, directly or through another part, and from at least two files', () => {
    const sources = new Map(TEMPLATE_NAMES.map((name) => [name, readJson(folder, `${name}.json`)]));
    assert.deepEqual(tooRare(sources, parts), []);
  });

  it('are found out when only one card, one other part or nobody uses them', () => {
    const sources = new Map<string, Json>([
      ['a', [{ $part: 'used' }, { $part: 'once' }, { $part: 'once' }]],
      ['b', [{ $part: 'used' }]],
    ]);
    const planted = new Map<string, Json>([
      ['used', [{ $part: 'inner' }]],
      ...['inner', 'once', 'never'].map((name) => [name, []] as const),
    ]);
    assert.deepEqual(tooRare(sources, planted), ['inner', 'once', 'never']);
  });

  it('leave nothing of their notation in a card', () => {
    for (const [name, template] of readTemplates(folder))
      assert.doesNotMatch(JSON.stringify(template), /\$part|@/, name);
  });

  it('never have the name of a card', () => {
    assert.deepEqual(
      TEMPLATE_NAMES.filter((name) => parts.has(name)),
      [],
    );
  });

  it('are all listed in adaptive-cards/README.md, with their parameters', () => {
    const rows = readFileSync(join(folder, 'README.md'), 'utf8').matchAll(/^\| `([\w-]+)` +\|[^|]*\|([^|]*)\|$/gm);
    const listed = [...rows].map(([, name = '', last = '']) => [
      name,
      [...last.matchAll(/`(\w+)`/g)].map(([, p]) => p),
    ]);
    const files = readdirSync(join(folder, 'parts')).map((file) => file.replace('.json', ''));
    const parameters = (name: string): readonly string[] =>
      [...JSON.stringify(parts.get(name)).matchAll(/@(\w+)/g)].map(([, parameter = '']) => parameter);
    assert.deepEqual(listed.sort(), files.map((name) => [name, [...new Set(parameters(name))].sort()]).sort());
  });

  /** The parts that fewer than two templates hold in the end, or that fewer than two files name. */
  function tooRare(sources: ReadonlyMap<string, Json>, all: ReadonlyMap<string, Json>): readonly string[] {
    const through = (node: Json): ReadonlySet<string> =>
      new Set(named(node).flatMap((name) => [name, ...through(all.get(name) ?? null)]));
    const holders = [...sources.values()].map(through);
    const files = [...sources.values(), ...all.values()].map(named);
    return [...all.keys()].filter(
      (name) =>
        holders.filter((held) => held.has(name)).length < 2 || files.filter((held) => held.includes(name)).length < 2,
    );
  }
});
