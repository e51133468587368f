// What people type, in four languages, and what was meant by it. The table is phrasings.json; add rows there.
import assert from 'node:assert/strict';
import { recognize } from '../../src/intents/recognize.ts';
import { PORTAL_ERROR_CODES } from '../../src/procedure/portal-errors.ts';
import phrasings from './phrasings.json' with { type: 'json' };

interface Row {
  readonly language: string;
  readonly text: string;
  readonly kind: string;
  readonly who?: string | null;
  readonly id?: number | null;
  readonly error?: string;
  readonly mode?: string;
  readonly reason?: string | null;
}

const rows: readonly Row[] = phrasings;

describe('Understanding what was typed', () => {
  for (const { language, text, ...meant } of rows) {
    it(`${language}: "${text}" means ${meant.kind}`, () => assert.deepEqual(recognize(text), meant));
  }

  it('knows at least 160 phrasings, and a manual reset in each of the four languages', () => {
    assert.ok(rows.length >= 160, `${rows.length} rows`);
    assert.equal(new Set(rows.map((row) => row.text)).size, rows.length, 'no phrasing stands there twice');
    for (const language of ['en', 'de', 'fr', 'es']) {
      const resets = rows.filter((row) => row.language === language && row.kind === 'manual-reset');
      assert.ok(resets.length >= 12, `${language}: ${resets.length}`);
    }
  });

  it('knows the main texts of the reset page in each of the four languages, and every family in one of them', () => {
    const errors = rows.filter((row) => row.kind === 'explain-error');
    const main = ['not-enabled', 'contact-your-administrator', 'cannot-reset-own-password', 'not-registered'];
    for (const language of ['en', 'de', 'fr', 'es']) {
      for (const error of [...main, 'no-recovery-methods', 'password-banned', 'add-method-for-caller']) {
        assert.ok(
          errors.some((row) => row.language === language && row.error === error),
          `${language}: ${error}`,
        );
      }
    }
    assert.deepEqual(new Set(errors.map((row) => row.error)), new Set(PORTAL_ERROR_CODES));
  });
});
