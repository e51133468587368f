// The error decoder: every error has a way on, and none of them is a manual reset.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { recommend } from '../../src/procedure/policy.ts';
import { explain, PORTAL_ERROR_CODES, type NextStep, type PortalErrorCode } from '../../src/procedure/portal-errors.ts';
import { caseIn, POLICY, read } from './people.ts';

/** The rows of the guides that speak of an error or of a setting whose absence shows as one, and what decodes them. */
const GUIDE_ROWS: readonly (readonly [row: number, says: string, error: PortalErrorCode, next: NextStep])[] = [
  [21, '"contact your administrator" where a method is missing', 'SSPR_0014', 'pass'],
  [21, '"contact your administrator" where a method is missing', 'contact-your-administrator', 'pass'],
  [22, 'an administrator adds methods by hand: refused', 'add-method-for-caller', 'pass'],
  [23, 'registration and its confirmation every 180 days', 'asked-to-confirm-info', 'self-service'],
  [24, 'the user is told of a reset', 'user-gets-no-notice', 'escalate-identity-team'],
  [25, 'all administrators are told when one of them resets', 'admin-gets-no-notices', 'escalate-identity-team'],
  [26, 'the link to the helpdesk', 'no-helpdesk-link', 'escalate-identity-team'],
  [27, 'writeback with Connect', 'writeback-needed', 'pass'],
  [28, 'writeback with Cloud Sync', 'SSPR_0010', 'pass'],
  [29, 'unlock without a reset', 'still-locked', 'self-service'],
  [30, 'the domain computer after a reset', 'old-password-on-computer', 'try-again'],
  [31, 'writeback fails: permissions', 'SSPR_0029', 'escalate-sync-team'],
  [31, 'writeback fails: connection', 'SSPR_0030', 'escalate-sync-team'],
  [53, 'banned passwords', 'password-banned', 'try-again'],
  [56, 'menu not found', 'menu-not-found', 'escalate-identity-team'],
  [57, 'self-service does not work for a user', 'not-registered', 'pass'],
  [58, 'no recovery methods', 'no-recovery-methods', 'pass'],
  [59, 'not enabled', 'not-enabled', 'pass'],
  [59, 'not enabled', 'SSPR_0009', 'pass'],
  [59, 'not enabled', 'SSPR_0011', 'pass'],
  [59, 'not enabled', 'SSPR_0013', 'pass'],
  [60, 'administrators get no notices', 'admin-gets-no-notices', 'escalate-identity-team'],
  [61, 'writeback needed', 'SSPR_0010', 'pass'],
];

describe('What a page says and what may be done about it', () => {
  for (const [row, says, error, next] of GUIDE_ROWS) {
    it(`leads from "${says}" (${error}) to ${next}`, () => {
      assert.equal(explain(error).next, next, `row ${row} of the guides`);
    });
  }

  it('covers every row of the guides that needs it', () => {
    const needed = [21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 53, 56, 57, 58, 59, 60, 61];
    assert.deepEqual([...new Set(GUIDE_ROWS.map(([row]) => row))], needed);
  });

  it('has an answer for each error, and no answer that touches a password or adds a method', () => {
    assert.equal(new Set(PORTAL_ERROR_CODES).size, PORTAL_ERROR_CODES.length);
    for (const code of PORTAL_ERROR_CODES) {
      const { cause, fix, next } = explain(code);
      assert.doesNotMatch(fix, /reset-by|reset-password|set-password|add-method|adds-method|by-hand/, code);
      assert.doesNotMatch(next, /reset|method|password/, code);
      // Wherever methods are missing there is one way: a pass, and the caller registers.
      if (cause === 'methods-missing') assert.deepEqual([fix, next], ['pass-then-register', 'pass'], code);
    }
  });

  it('agrees with the recommendation about the same caller', () => {
    const state = { kind: 'asking-methods', selfServiceFailure: null } as const;
    const registration = read({
      ssprEnabled: false,
      ssprRegistered: true,
      ssprCapable: false,
      hasSecurityQuestions: false,
      reportAt: null,
    });
    const synced = read({ enabled: true, kind: 'member', synced: true, managementRestricted: false } as const);
    assert.equal(recommend(caseIn(state, { registration }), POLICY).route, explain('not-enabled').next);
    assert.equal(recommend(caseIn(state, { methods: read([]) }), POLICY).route, explain('SSPR_0014').next);
    const noWriteback = { ...POLICY, passwordWriteback: false };
    assert.equal(recommend(caseIn(state, { account: synced }), noWriteback).route, explain('SSPR_0010').next);
    const unlicensed = read({ selfServiceReset: false, plans: [] });
    assert.equal(recommend(caseIn(state), POLICY, unlicensed).route, explain('SSPR_0012').next);
  });

  it('is documented in docs/error-decoder.md, code by code, with the same next step', () => {
    const text = readFileSync(new URL('../../docs/error-decoder.md', import.meta.url), 'utf8');
    const documented = Array.from(text.matchAll(/^\| `([\w-]+)` .*\| `([\w-]+)` *\|$/gm), ([, code, next]) => [
      code,
      next,
    ]);
    assert.deepEqual(
      documented,
      PORTAL_ERROR_CODES.map((code) => [code, explain(code).next]),
    );
  });
});
