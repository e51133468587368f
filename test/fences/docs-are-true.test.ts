// Documents name files and tests as evidence. A name that leads nowhere is a claim nobody can check.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ProjectFile } from './tree.ts';
import { filesIn, ROOT } from './tree.ts';

const NAMED = /`((?:[a-z][\w-]*\/)*[\w.-]+\.(?:test\.ts|contract\.ts|ts|json|md|cjs))`/g;
const SECTIONS = ['## Context', '## Decision', '## Consequences', '## What would change our mind'];
/** A page, as it is printed. */
const PAGE_LINES = 60;

/** Files a document names that are not there. Documents may leave out `src/` and `test/`. */
function namedInVain(file: ProjectFile): readonly string[] {
  const names = Array.from(file.text.matchAll(NAMED), ([, name]) => name ?? '');
  return names.filter((name) => !['', 'src', 'test'].some((place) => existsSync(join(ROOT, place, name))));
}

const documents = filesIn(['docs', 'README.md', 'CONTRIBUTING.md'], /\.md$/);
const decisions = documents.filter(({ path }) => path.startsWith('docs/adr/'));

describe('The documents', () => {
  it('name only files that are there', () => {
    const evidence = documents.flatMap((file) => Array.from(file.text.matchAll(NAMED)));
    assert.ok(evidence.length > 60, 'the evidence was found');
    for (const file of documents) assert.deepEqual(namedInVain(file), [], file.path);
  });

  it('tell each decision on one page: context, decision, consequences, what would change our mind', () => {
    assert.ok(decisions.length >= 7);
    for (const [at, { path, text }] of decisions.entries()) {
      assert.ok(text.startsWith(`# ${at + 1}. `), `${path} bears its number`);
      assert.match(path, new RegExp(`/${String(at + 1).padStart(4, '0')}-`));
      const found = text.match(/^## .*$/gm) ?? [];
      assert.deepEqual([...found], SECTIONS, path);
      assert.ok(text.split('\n').length <= PAGE_LINES, `${path} is longer than a page`);
    }
  });

  it('would be found out if they named a file that is not there', () => {
    const text = 'See `teams/request-guard.ts`, `procedure/no-such-file.ts` and `package.json`.';
    assert.deepEqual(namedInVain({ path: 'docs/planted.md', text }), ['procedure/no-such-file.ts']);
  });
});
