/**
 * What could not be read just now stops the press and nothing else. Each read of the bot fails in each way at each press of a
 * case, over HTTP: the case stays open, the proof stays, no card accuses anybody, and when the read works again the card
 * mends itself and the case goes on to its pass.
 */
import assert from 'node:assert/strict';
import { codeOn } from '../../demo/stories/card-reading.ts';
import { rowsOf } from '../lane.ts';
import { LENA, openHelpdesk, TESS, type Helpdesk } from '../scenarios/helpdesk.ts';
import { A_CALL, cards, words } from '../scenarios/steps.ts';

const READS: Readonly<Record<string, string>> = {
  'the whole batch': '/v1.0/$batch',
  account: `/v1.0/users/${LENA.id}`,
  manager: '/v1.0/users/*/manager',
  methods: '/v1.0/users/*/authentication/methods',
  'pass policy': '/v1.0/policies/**',
  'roles held': '/v1.0/users/*/transitiveMemberOf/**',
  'roles assigned': '/v1.0/roleManagement/**',
  'roles through groups': '/beta/**',
  'groups owned': '/v1.0/users/*/ownedObjects/**',
  memberships: '/v1.0/users/*/checkMemberGroups',
  risk: '/v1.0/identityProtection/**',
  'change feed': '/v1.0/users/delta',
  'audit log': '/v1.0/auditLogs/**',
};
const FAILURES = {
  throttled: { kind: 'status', status: 429, code: 'TooManyRequests' },
  unavailable: { kind: 'status', status: 503, code: 'serviceNotAvailable' },
  'too late': { kind: 'status', status: 504, code: 'gatewayTimeout' },
  denied: { kind: 'status', status: 403, code: 'Authorization_RequestDenied' },
} as const;
const ACTIONS = ['open', 'tick-methods', 'choose-callback', 'record-callback', 'issue-pass'] as const;
type Action = (typeof ACTIONS)[number];

interface Row {
  readonly read: string;
  readonly failure: keyof typeof FAILURES;
  readonly press: Action;
}

const ROWS: readonly Row[] = Object.keys(READS).flatMap((read) =>
  (Object.keys(FAILURES) as (keyof typeof FAILURES)[]).flatMap((failure) =>
    ACTIONS.map((press) => ({ read, failure, press })),
  ),
);

const ACCUSES =
  /number (has )?changed|(?<!not )changed (since|lately|recently|just now)|not for the helpdesk|someone else/i;

/** Takes one step of a case, whichever press that is. */
async function take(helpdesk: Helpdesk, press: Action): Promise<void> {
  switch (press) {
    case 'open':
      await helpdesk.says(TESS, `${LENA.userPrincipalName} is locked out`);
      break;
    case 'tick-methods':
      await helpdesk.presses(TESS, press, { atHand: '' });
      break;
    case 'record-callback':
      helpdesk.pass(A_CALL);
      await helpdesk.presses(TESS, press, {}, { with: { outcome: 'answered-by-caller' } });
      break;
    default:
      await helpdesk.presses(TESS, press);
  }
}

function has(helpdesk: Helpdesk, press: Action): boolean {
  return press === 'open' || cards(helpdesk, TESS).some(({ buttons }) => buttons.some(({ verb }) => verb === press));
}

function passShown(helpdesk: Helpdesk): boolean {
  return helpdesk.messages(TESS).some(({ card }) => codeOn(card) !== null);
}

/** Some seconds pass, and the bot does what it does by itself. */
async function seconds(helpdesk: Helpdesk, count: number): Promise<void> {
  helpdesk.pass(count / 60);
  await helpdesk.tick();
}

async function assertNothingLost(helpdesk: Helpdesk, row: string): Promise<void> {
  const moves = (await helpdesk.ledger()).map(({ detail }) => `${String(detail['from'])} to ${String(detail['to'])}`);
  assert.deepEqual(
    moves.filter((move) => move.endsWith(' to closed')),
    [],
    `${row}: the case was closed`,
  );
  assert.ok(!moves.includes('ready-to-issue to choosing-proof'), `${row}: the proof was lost`);
  const accusing = cards(helpdesk, TESS)
    .map(words)
    .filter((text) => ACCUSES.test(text));
  assert.deepEqual(accusing, [], `${row}: a card says what nobody saw`);
}

async function play({ read, failure, press }: Row): Promise<void> {
  const row = `${read}, ${failure}, at ${press}`;
  const helpdesk = await openHelpdesk();
  try {
    await helpdesk.says(TESS, 'help');
    await helpdesk.tick();
    for (const before of ACTIONS.slice(0, ACTIONS.indexOf(press))) await take(helpdesk, before);

    helpdesk.tenant.control.fault({ ...FAILURES[failure], path: READS[read] ?? '' });
    for (let n = 0; n < 3; n += 1) await seconds(helpdesk, 60); // so that what is followed is out of date
    if (has(helpdesk, press)) await take(helpdesk, press);
    await assertNothingLost(helpdesk, row);

    helpdesk.tenant.control.clearFaults();
    for (let n = 0; n < 6; n += 1) await seconds(helpdesk, 15);
    for (let n = 0; n < 12 && !passShown(helpdesk); n += 1) {
      const next = ACTIONS.toReversed().find((one) => has(helpdesk, one));
      assert.ok(next, row);
      await take(helpdesk, next);
      await seconds(helpdesk, 2);
    }
    assert.ok(passShown(helpdesk), `${row}: the case ends at "${helpdesk.card(TESS).headline}"`);
    assert.equal(helpdesk.passOrders(), 1, row);
    await assertNothingLost(helpdesk, row);
  } finally {
    await helpdesk.close();
  }
}

describe('A read that fails at a press', () => {
  const rows = rowsOf(ROWS, (_row, index) => index % 130 === 0);
  it(`loses no proof, closes no case and accuses nobody, in ${rows.length} of ${rows.length} combinations`, async () => {
    for (const row of rows) await play(row);
  }).timeout(600_000);
});
