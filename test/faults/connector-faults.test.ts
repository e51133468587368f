// Every way the connector can fail, at every kind of message the bot sends. The case goes on or says what to do; nothing
// arrives twice; nothing counts as delivered that is not.
import assert from 'node:assert/strict';
import type { FaultKind, Operation } from '../../demo/teams/faults.ts';
import type { Member } from '../../demo/teams/members.ts';
import { rowsOf } from '../lane.ts';
import { ABEL, ADA, LENA, MARA, openHelpdesk, SOFIA, TESS, type Helpdesk } from '../scenarios/helpdesk.ts';
import { decide, forge, headlines, sees, standsAt, words, written } from '../scenarios/steps.ts';

interface Row {
  readonly kind: FaultKind;
  /** How often it strikes; `null`: as long as it is on. */
  readonly times: number | null;
  /** What becomes of a message. */
  readonly outcome: string;
}

const lasting = (kind: FaultKind, why: string): Row => ({ kind, times: null, outcome: `not delivered: ${why}` });
/** Microsoft lets these be repeated. */
const passing = (kind: FaultKind): Row => ({ kind, times: 2, outcome: 'delivered' });

const ROWS: readonly Row[] = [
  lasting('not-installed', 'not-installed'),
  lasting('blocked-by-user', 'blocked'),
  lasting('disabled-by-admin', 'blocked'),
  lasting('conversation-not-found', 'not-installed'),
  lasting('activity-not-found', 'unreachable'),
  lasting('precondition-failed', 'unreachable'),
  lasting('throttled', 'throttled'),
  lasting('throttled-without-hint', 'throttled'),
  lasting('service-error', 'unreachable'),
  lasting('bad-gateway', 'unreachable'),
  lasting('unavailable', 'unreachable'),
  lasting('hang', 'unreachable'),
  passing('precondition-failed'),
  passing('throttled'),
  passing('throttled-without-hint'),
  passing('bad-gateway'),
  passing('unavailable'),
];

/** Two faults where only a sample runs: a lasting one without any answer, and a passing one. */
const IN_SAMPLE: ReadonlySet<Row> = new Set(
  ROWS.filter(({ kind, times }) => kind === (times === null ? 'hang' : 'throttled')),
);

/** Short, so that a connector that hangs costs little; long enough for a busy machine. */
const PATIENCE_MS = 700;

describe('When Teams fails', () => {
  for (const { kind, times, outcome } of rowsOf(ROWS, (row) => IN_SAMPLE.has(row))) {
    const arrives = outcome === 'delivered';
    describe(`with "${kind}"${times === null ? '' : `, ${times} times`}`, () => {
      let helpdesk: Helpdesk;
      before(async () => {
        helpdesk = await openHelpdesk({ also: [SOFIA], ...(kind === 'hang' && { connectorTimeout: PATIENCE_MS }) });
      });
      after(() => helpdesk.close());

      const failing = async <T>(who: Member, on: Operation, work: () => Promise<T>): Promise<T> => {
        helpdesk.teams.faults.set(who.id, { kind, on, times, retryAfterSeconds: 1 });
        try {
          return await work();
        } finally {
          helpdesk.teams.faults.set(who.id, null);
        }
      };
      const count = (who: Member, headline: string): number =>
        headlines(helpdesk, who).filter((one) => one === headline).length;
      const outcomeOf = async (code: string): Promise<unknown> => (await written(helpdesk, code))[0]?.detail['outcome'];

      it('a reply: the case is open either way, and asking again brings its card', async () => {
        const before = helpdesk.messages(TESS).length;
        await failing(TESS, 'send', () => helpdesk.says(TESS, 'Lena Hartmann is locked out'));
        assert.equal((await written(helpdesk, 'case.opened')).length, 1);
        assert.equal(helpdesk.messages(TESS).length - before, arrives ? 2 : 1, 'her message, and one answer at most');
        if (!arrives) await helpdesk.says(TESS, 'case 1');
        assert.ok(sees(helpdesk, TESS, 'tick-methods'));
      });

      it('a notice to the caller: its outcome is shown as it is, it arrives at most once, and the case goes on', async () => {
        await failing(LENA, 'send', () => helpdesk.presses(TESS, 'tick-methods', { atHand: '' }));
        assert.equal(await outcomeOf('notice.caller.outcome'), outcome);
        assert.equal(count(LENA, 'Did you just call the helpdesk?'), arrives ? 1 : 0);
        const answer = words(helpdesk.card(TESS));
        assert.match(
          answer,
          arrives ? /The caller was sent a message/ : /The caller could not be reached[^]*Read everything/,
        );
        assert.ok(sees(helpdesk, TESS, 'ask-manager'));
      });

      it('the question to the manager, and its closing', async () => {
        await failing(MARA, 'send', () => helpdesk.presses(TESS, 'ask-manager'));
        assert.equal(await outcomeOf('manager.ask.outcome'), outcome);
        assert.equal(count(MARA, 'Are you speaking with this person right now?'), arrives ? 1 : 0);
        if (!arrives) assert.match(words(helpdesk.card(TESS)), /manager could not be reached/);
        await failing(MARA, 'replace', () => helpdesk.presses(TESS, 'go-back'));
        assert.equal(await standsAt(helpdesk), 'choosing-proof');
        assert.equal(count(MARA, 'No longer needed'), arrives ? 1 : 0);
      });

      it('the request to one approver: the other one is asked all the same', async () => {
        await failing(ABEL, 'send', () => helpdesk.presses(TESS, 'seen-in-person', { place: 'Reception' }));
        assert.equal(await outcomeOf('approval.ask.outcome'), arrives ? 'reached 2 of 2' : 'reached 1 of 2');
        assert.equal(count(ABEL, 'Should this person get a pass?'), arrives ? 1 : 0);
        assert.equal(count(ADA, 'Should this person get a pass?'), 1);
      });

      it("the technician's card after the decision: it moves, or any of its buttons shows where the case is", async () => {
        await failing(TESS, 'replace', () => decide(helpdesk, ADA, 'approve'));
        assert.equal(await standsAt(helpdesk), 'ready-to-issue');
        assert.equal(sees(helpdesk, TESS, 'issue-pass'), arrives);
        if (!arrives) await helpdesk.presses(TESS, 'go-back');
        assert.equal(await standsAt(helpdesk), 'ready-to-issue', 'an old button moves nothing');
        assert.ok(sees(helpdesk, TESS, 'issue-pass'));
      });

      it('a request that could not be closed says who decided when it is clicked', async () => {
        await helpdesk.presses(TESS, 'go-back');
        await helpdesk.presses(TESS, 'seen-in-person', { place: 'Reception' });
        assert.ok(sees(helpdesk, ABEL, 'decide-approval'));
        await failing(ABEL, 'replace', () => decide(helpdesk, ADA, 'approve'));
        assert.equal(sees(helpdesk, ABEL, 'decide-approval'), !arrives);
        if (!arrives) assert.match(words(await decide(helpdesk, ABEL, 'approve')), /Approved[^]*Ada Moreau/);
        assert.ok(headlines(helpdesk, ABEL).includes('Approved'));
        assert.equal((await written(helpdesk, 'case.approval-decided')).length, 2);
      });

      it('the notice of a pass: at most one for each reader, and the technician sees the pass', async () => {
        await failing(LENA, 'send', () => failing(MARA, 'send', () => helpdesk.presses(TESS, 'issue-pass')));
        await helpdesk.presses(TESS, 'pass-read-out');
        assert.equal(await outcomeOf('notice.caller.outcome'), outcome);
        assert.equal(await outcomeOf('notice.manager.outcome'), outcome);
        assert.equal(count(LENA, 'A Temporary Access Pass was issued for your account'), arrives ? 1 : 0);
        assert.equal(count(MARA, 'A Temporary Access Pass was issued for somebody in your team'), arrives ? 1 : 0);
        assert.equal(helpdesk.passOrders(), 1);
      });

      it('an alarm: the pass is deleted and the case is frozen whether it arrives or not', async () => {
        const press = { case: 1, v: 1 };
        const answer = await failing(ADA, 'send', () => forge(helpdesk, LENA, 'not-me', press));
        assert.match(words(answer), /The case was stopped/);
        assert.equal(helpdesk.livePasses(), 0);
        assert.equal(await outcomeOf('alarm.leads.outcome'), arrives ? 'reached 1 of 1' : 'reached 0 of 1');
        assert.equal(count(ADA, 'Alarm: "This was not me" was pressed'), arrives ? 1 : 0);
      });

      it('the link: sent once, or to be read out', async () => {
        const answer = await failing(SOFIA, 'send', () => helpdesk.says(TESS, 'link Sofia Rossi'));
        assert.match(words(answer), arrives ? /The link was sent/ : /Read out the link/);
        assert.equal(await outcomeOf('link.push.outcome'), outcome);
        assert.equal(count(SOFIA, 'Reset your password yourself'), arrives ? 1 : 0);
      });

      it('leaves nothing half done: every intent has its outcome, and the ledger verifies', async () => {
        const entries = await helpdesk.ledger();
        const ended = new Set(entries.filter(({ code }) => code.endsWith('.outcome')).map(({ intentId }) => intentId));
        const open = entries.filter(({ code, intentId }) => code.endsWith('.intent') && !ended.has(intentId));
        assert.deepEqual(open, []);
        assert.equal((await helpdesk.bot().verifyLedger()).ok, true);
      });
    });
  }
});
