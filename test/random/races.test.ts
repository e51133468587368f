import assert from 'node:assert/strict';
import fc from 'fast-check';
import { advance } from '../../src/casework/steps/advance.ts';
import type { PersonId } from '../../src/procedure/facts.ts';
import { isAt } from '../../src/procedure/lockout.ts';
import { IN_FULL, rounds, SAMPLE_SEED } from '../lane.ts';
import { yields } from '../casework/directory-in-memory.ts';
import { checkSettled, nothingSeen } from './invariants.ts';
import { LENA, liveOf, MARA, TESS } from '../casework/fixtures.ts';
import { entriesOf, harnesses, only, takeTo } from '../casework/take-case-to.ts';

const approver = (number: number): PersonId =>
  `a0000000-0000-4000-8000-0000000001${String(number).padStart(2, '0')}` as PersonId;

const DECISIONS = rounds({ quick: 8, full: 200 });
const CLICKS = rounds({ quick: 4, full: 50 });
const ORDERS = rounds({ quick: 16, full: 400 });
/** Each way the race can end must really have been seen, or the test proves nothing. */
const SEEN_AT_LEAST = rounds({ quick: 1, full: 6 });

describe('Simultaneous clicks', function () {
  this.timeout(140_000);
  const openHarness = harnesses();

  it('of fifty decisions on one request exactly one counts, in every round', async () => {
    const helpdesk = await openHarness();
    const { services } = helpdesk.built();
    let won = 0;
    for (let round = 0; round < DECISIONS; round += 1) {
      const waiting = await takeTo(helpdesk, 'awaiting-approval');
      assert.ok(isAt(waiting.case, 'awaiting-approval'));
      const { subject } = waiting.case.state;
      const decide = (number: number) => {
        const by = approver(number);
        const approved = (number + round) % 2 === 0;
        return advance(
          services.issuing,
          waiting,
          { kind: 'approval-decided', by, roles: ['approver'], approved, subject, reasonGiven: true },
          by,
        );
      };
      const results = await Promise.all(Array.from({ length: 50 }, (_, number) => decide(number)));
      const winners = results.filter((result) => result.kind === 'moved');
      assert.equal(winners.length, 1, `round ${round}`);
      assert.equal(results.filter((result) => result.kind === 'stale').length, 49);
      won += 1;
      const [decision] = (await entriesOf(helpdesk, 'case.approval-decided')).slice(-1);
      const [winner] = winners;
      assert.ok(winner?.kind === 'moved');
      const { state } = winner.stored.case;
      if (isAt(winner.stored.case, 'ready-to-issue'))
        assert.equal(winner.stored.case.state.approvals[0]?.by, decision?.actor);
      assert.equal(decision?.detail['approved'], state.kind === 'ready-to-issue');
      services.runCase.later(winner.stored, winner.intended);
      await helpdesk.whenIdle();
      if (state.kind !== 'closed') await helpdesk.presses(TESS, 'abandon').then(() => helpdesk.whenIdle());
      helpdesk.passes(25 * 60); // the contacts of yesterday do not count any more
      helpdesk.chats.clear();
    }
    assert.equal(won, DECISIONS);
    assert.equal((await entriesOf(helpdesk, 'case.approval-decided')).length, DECISIONS);
    await helpdesk.close();
  });

  it('twenty clicks on Issue make one request to the directory and show one pass, in every round', async () => {
    const helpdesk = await openHarness();
    for (let round = 1; round <= CLICKS; round += 1) {
      await takeTo(helpdesk, 'ready-to-issue');
      helpdesk.fixtures.graphTakes = round % 4;
      const held = helpdesk.find(TESS, 'issue-pass');
      assert.ok(held !== null);
      const press = () => helpdesk.sends(TESS, 'issue-pass', held.button.data, held.message);
      const answers = await Promise.all(Array.from({ length: 20 }, press));
      await helpdesk.whenIdle();
      assert.equal(helpdesk.fixtures.writes.filter((write) => write.what === 'create').length, round);
      assert.equal(answers.filter((answer) => answer.kind === 'show-pass').length, 1);
      assert.equal(new Set(helpdesk.shown.map(({ code }) => code)).size, round);
      await helpdesk.presses(LENA, 'not-me');
      await helpdesk.whenIdle();
      assert.equal(liveOf(helpdesk.fixtures, LENA), null);
      helpdesk.passes(1.2); // the second look, a minute later, closes the case
      await helpdesk.tick();
      await helpdesk.whenIdle();
      helpdesk.passes(25 * 60);
      helpdesk.chats.clear();
    }
    assert.deepEqual(helpdesk.violations, []);
    await helpdesk.close();
  });

  it('"This was not me" and Issue, in every order their parts can take: never a live pass at the end', async () => {
    const seen = { objectedFirst: 0, shownFirst: 0, deletedUnseen: 0 };
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.constantFrom(LENA, MARA),
        fc.constantFrom('created' as const, 'created' as const, 'unanswered-created' as const, 'refused' as const),
        fc.nat({ max: 40 }),
        async (scheduler, by, creation, later) => {
          const helpdesk = await openHarness();
          const stored = await takeTo(helpdesk, 'ready-to-issue');
          helpdesk.fixtures.creation = creation;
          helpdesk.rateLimit(() => scheduler.schedule(Promise.resolve()));
          const issue = helpdesk.presses(TESS, 'issue-pass');
          const object = async (): Promise<void> => {
            for (let step = 0; step < later; step += 1) await scheduler.schedule(yields(1));
            await helpdesk.sends(by, 'not-me', { case: stored.case.id, v: 1 }, null);
          };
          await scheduler.waitFor(Promise.all([issue, object()]));
          await scheduler.waitFor(helpdesk.whenIdle());
          helpdesk.rateLimit(() => Promise.resolve());
          helpdesk.fixtures.creation = 'created';
          for (const minutes of [0, 1.2, 1.2]) {
            helpdesk.passes(minutes);
            await helpdesk.tick();
            await helpdesk.whenIdle();
          }
          assert.equal(liveOf(helpdesk.fixtures, LENA), null, 'a live pass after "This was not me"');
          assert.deepEqual(await helpdesk.ledger().openCases(), []);
          assert.equal((await entriesOf(helpdesk, 'case.caller-objected')).length, 1);
          assert.deepEqual(helpdesk.violations, []);
          await checkSettled(helpdesk, nothingSeen());
          const wrote = (what: string): boolean => helpdesk.fixtures.writes.some((write) => write.what === what);
          if (!wrote('create')) seen.objectedFirst += 1;
          else if (helpdesk.shown.length > 0) seen.shownFirst += 1;
          else if (wrote('delete')) seen.deletedUnseen += 1;
          await helpdesk.close();
        },
      ),
      { numRuns: ORDERS, ...(IN_FULL ? {} : { seed: SAMPLE_SEED }) },
    );
    for (const [how, times] of Object.entries(seen)) assert.ok(times >= SEEN_AT_LEAST, `${how}: only ${times} times`);
  });

  it('two technicians who ask for the same caller get one case between them', async () => {
    const helpdesk = await openHarness();
    await Promise.all([
      helpdesk.says(TESS, 'Lena Hartmann is locked out'),
      helpdesk.says('a0000000-0000-4000-8000-000000000002' as PersonId, 'Lena Hartmann is locked out'),
      helpdesk.says(TESS, 'Lena Hartmann is locked out'),
    ]);
    await helpdesk.whenIdle();
    await only(helpdesk);
    await helpdesk.close();
  });
});
