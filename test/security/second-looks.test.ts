/**
 * A pass counts as gone only after two looks, a minute apart by Microsoft's clock. Here Graph fails at each of the looks, in every
 * way, and between them our clock is set, or the bot is stopped and started. Two things must hold at every moment: no case goes on
 * or closes while its pass works, and no pass is forgotten: when Graph answers again, it is gone within minutes.
 */
import assert from 'node:assert/strict';
import type { TenantFaultInput } from '../../demo/tenant/faults.ts';
import { rowsOf } from '../lane.ts';
import { LENA, openHelpdesk, TESS, type Helpdesk } from '../scenarios/helpdesk.ts';
import { A_CALL, callBack, issueByCallback, standsAt } from '../scenarios/steps.ts';
import { openTestTime } from '../test-time.ts';
import { tally } from './tally.ts';

type Trouble = TenantFaultInput extends infer Kind
  ? Kind extends { path: string }
    ? Omit<Kind, 'path' | 'method'>
    : never
  : never;

const TROUBLES: Readonly<Record<string, Trouble>> = {
  throttled: { kind: 'status', status: 429, code: 'TooManyRequests', retryAfter: '2' },
  unavailable: { kind: 'status', status: 503 },
  denied: { kind: 'status', status: 403, code: 'Authorization_RequestDenied' },
  'not found, wrongly': { kind: 'status', status: 404, code: 'ResourceNotFound', message: 'Resource not found.' },
  'a page of a proxy': { kind: 'html-502' },
  'the connection closed, nothing sent': { kind: 'answer-lost' },
  'the connection closed in the answer': { kind: 'cut' },
  'an answer that breaks off': { kind: 'half-json' },
};
const ONE_PASS = '/**/temporaryAccessPassMethods/*';
const PASSES = '/**/temporaryAccessPassMethods';
const CALLS = { deletion: ['DELETE'], list: ['GET'], both: ['DELETE', 'GET'] } as const;
const LOOKS = { first: [1], second: [2], both: [1, 2] } as const;
type Between = 'nothing' | 'restart' | 3 | 60 | -60;
const BETWEEN: readonly Between[] = ['nothing', 'restart', 3, 60, -60];
/** Looks after the two that fail, each a minute after the last. */
const LOOKS_MORE = 4;
const A_MINUTE = 1.1;

interface Row {
  readonly trouble: string;
  readonly calls: keyof typeof CALLS;
  readonly looks: keyof typeof LOOKS;
  readonly between: Between;
}

/** Two servers that both lag for more than a minute, in both of their answers: the threat model names it as what remains. */
const remains = ({ trouble, calls, looks }: Row): boolean =>
  trouble === 'not found, wrongly' && calls === 'both' && looks === 'both';

/** Every trouble at every look, and with each two of what can happen between the looks, in turn. */
const ALL: readonly Row[] = Object.keys(TROUBLES)
  .flatMap((trouble) =>
    (Object.keys(CALLS) as Row['calls'][]).flatMap((calls) =>
      (Object.keys(LOOKS) as Row['looks'][]).map((looks) => ({ trouble, calls, looks })),
    ),
  )
  .flatMap((row, index) =>
    [index, index + 2].map((turn) => ({ ...row, between: BETWEEN[turn % BETWEEN.length] ?? 'nothing' })),
  );
const ROWS = rowsOf(
  ALL.filter((row) => !remains(row)),
  (_, index) => index % 71 === 0,
);

const nameOf = ({ trouble, calls, looks, between }: Row): string => {
  const step = typeof between === 'number' ? `our clock set by ${between} minutes` : between;
  return `${trouble}, for ${calls}, at ${looks}, between them ${step}`;
};

describe('A second look, whatever fails', function () {
  this.timeout(15 * 60_000);
  let helpdesk: Helpdesk;
  let rows = 0;
  let held = 0;
  afterEach(() => helpdesk.close());

  function breaks({ trouble, calls }: Pick<Row, 'trouble' | 'calls'>): void {
    const how = TROUBLES[trouble] ?? assert.fail(trouble);
    for (const method of CALLS[calls]) {
      helpdesk.tenant.control.fault({ ...how, method, path: method === 'DELETE' ? ONE_PASS : PASSES });
    }
  }
  const heals = (): void => helpdesk.tenant.control.clearFaults();

  /** What must hold at every moment. `waits`: the states in which a pass may still work. */
  async function underControl(what: string, waits: readonly string[] = ['withdrawing-pass']): Promise<string> {
    const stands = String(await standsAt(helpdesk));
    if (helpdesk.livePasses() > 0)
      assert.ok(waits.includes(stands), `${what}: a pass works, and the case is in ${stands}`);
    return stands;
  }

  async function happens(between: Between): Promise<void> {
    if (typeof between === 'number') helpdesk.botIsAhead(between);
    if (between !== 'restart') return;
    await helpdesk.stopBot();
    await helpdesk.startBot();
  }

  /** From the first look to the end. `begin` is the press, or the time, that has the pass deleted. */
  async function playLooks(row: Row, begin: () => Promise<unknown>, over: readonly string[]): Promise<void> {
    const what = nameOf(row);
    const { looks, between } = row;
    const failing: readonly number[] = LOOKS[looks];
    if (failing.includes(1)) breaks(row);
    await begin();
    assert.equal(await underControl(what), 'withdrawing-pass', `${what}: one look is not enough`);
    heals();
    await happens(between);
    if (failing.includes(2)) breaks(row);
    await helpdesk.tick();
    assert.equal(await underControl(what), 'withdrawing-pass', `${what}: no time has passed between the looks`);
    helpdesk.pass(A_MINUTE);
    await helpdesk.tick();
    await underControl(what);
    heals();
    for (let look = 0; look < LOOKS_MORE; look += 1) {
      helpdesk.pass(A_MINUTE);
      await helpdesk.tick();
      await underControl(what);
    }
    assert.equal(helpdesk.livePasses(), 0, `${what}: control over the pass was lost`);
    assert.ok(over.includes(await underControl(what)), `${what}: the case still waits for a pass that is gone`);
    helpdesk.botIsAhead(0);
  }

  async function count(play: () => Promise<void>): Promise<void> {
    rows += 1;
    await play();
    held += 1;
  }

  /** The same case once more, with a new proof, some minutes later: so many passes in an hour would be a wave of calls. */
  async function issueAgain(): Promise<void> {
    helpdesk.pass(6);
    await helpdesk.says(TESS, 'case 1');
    if (helpdesk.card(TESS).buttons.some(({ verb }) => verb === 'read-again'))
      await helpdesk.presses(TESS, 'read-again');
    await helpdesk.presses(TESS, 'choose-callback');
    helpdesk.pass(A_CALL);
    await helpdesk.presses(TESS, 'record-callback', {}, { with: { outcome: 'answered-by-caller' } });
    await helpdesk.presses(TESS, 'issue-pass');
    await helpdesk.presses(TESS, 'pass-read-out');
  }

  for (const trouble of Object.keys(TROUBLES)) {
    const own = ROWS.filter((row) => row.trouble === trouble);
    if (own.length === 0) continue;
    it(`${trouble}: a pass that was withdrawn keeps its case until it is gone, and is gone in the end`, async () => {
      helpdesk = await openHelpdesk();
      await issueByCallback(helpdesk);
      for (const [index, row] of own.entries()) {
        if (index > 0) await issueAgain();
        await count(() => playLooks(row, () => helpdesk.presses(TESS, 'withdraw-pass'), ['choosing-proof']));
      }
    });
  }

  const ENDS = {
    'the caller objects': () => helpdesk.presses(LENA, 'not-me'),
    'its time is over': async () => {
      helpdesk.pass(61);
      await helpdesk.tick();
    },
  } as const;
  const ENDINGS = rowsOf(
    Object.keys(TROUBLES).flatMap((trouble, index) => [
      { trouble, calls: 'both', looks: 'first', between: index % 2 === 0 ? 60 : 'restart' } as const,
      { trouble, calls: 'both', looks: 'second', between: index % 2 === 0 ? 'restart' : 60 } as const,
    ]),
    (_, index) => index === 5,
  );
  for (const [when, begin] of Object.entries(ENDS)) {
    for (const row of ENDINGS) {
      it(`${when}: no case closes over a pass that works (${nameOf(row)})`, async () => {
        helpdesk = await openHelpdesk();
        await issueByCallback(helpdesk);
        await count(() => playLooks(row, begin, ['closed']));
      });
    }
  }

  for (const trouble of rowsOf(Object.keys(TROUBLES), (_, index) => index === 1)) {
    for (const looks of rowsOf(Object.keys(LOOKS) as Row['looks'][], (one) => one === 'both')) {
      it(`an order whose answer is lost is looked for until it is found or certainly not there (${trouble}, at ${looks})`, async () => {
        helpdesk = await openHelpdesk();
        await callBack(helpdesk);
        await count(() => playLostOrder(trouble, LOOKS[looks]));
      });
    }
  }

  async function playLostOrder(trouble: string, failing: readonly number[]): Promise<void> {
    const waits = ['issuing', 'uncertain-pass', 'withdrawing-pass'];
    helpdesk.tenant.control.fault({ kind: 'answer-lost', method: 'POST', path: PASSES, times: 1 });
    if (failing.includes(1)) breaks({ trouble, calls: 'list' });
    await helpdesk.presses(TESS, 'issue-pass');
    await underControl(trouble, waits);
    heals();
    if (failing.includes(2)) breaks({ trouble, calls: 'both' });
    helpdesk.pass(A_MINUTE);
    await helpdesk.tick();
    await underControl(trouble, waits);
    heals();
    for (let look = 0; look < LOOKS_MORE; look += 1) {
      helpdesk.pass(A_MINUTE);
      await helpdesk.tick();
      await underControl(trouble, waits);
    }
    assert.equal(helpdesk.livePasses(), 0);
    assert.ok(!waits.includes(await underControl(trouble, waits)), 'the case goes on');
    assert.equal(helpdesk.passOrders(), 1, 'and no second pass was ordered');
  }

  for (const calls of ['deletion', 'list'] as const) {
    it(`Graph accepts the ${calls} and never answers: the case waits, and deletes the pass when Graph answers again`, async () => {
      const time = openTestTime();
      try {
        helpdesk = await time.until(openHelpdesk({ time }));
        await time.until(issueByCallback(helpdesk));
        await count(async () => {
          const method = CALLS[calls][0];
          helpdesk.tenant.control.fault({ kind: 'hang', method, path: method === 'DELETE' ? ONE_PASS : PASSES });
          await time.until(helpdesk.presses(TESS, 'withdraw-pass'));
          assert.equal(await underControl(calls), 'withdrawing-pass');
          heals();
          for (let look = 0; look < LOOKS_MORE; look += 1) {
            helpdesk.pass(A_MINUTE);
            await time.until(helpdesk.tick());
            await underControl(calls);
          }
          assert.equal(helpdesk.livePasses(), 0);
          assert.equal(await underControl(calls), 'choosing-proof');
        });
      } finally {
        await time.until(helpdesk.bot().whenIdle());
        time.end();
      }
    });
  }

  after(() => {
    assert.equal(held, rows);
    tally({ section: 'Second looks under faults and clocks', held, of: rows });
  });
});
