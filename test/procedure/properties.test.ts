import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Case } from '../../src/procedure/case.ts';
import type { Instant } from '../../src/procedure/facts.ts';
import { PROCEDURE, step } from '../../src/procedure/lockout.ts';
import { openCase } from '../../src/procedure/opening.ts';
import { missingForPass } from '../../src/procedure/missing.ts';
import { checkProof } from '../../src/procedure/proof-check.ts';
import { stopsFor } from '../../src/procedure/stops.ts';
import type { Effect } from '../../src/procedure/effects.ts';
import { IN_FULL, rounds, SAMPLE_SEED } from '../lane.ts';
import { fitTo, natural, start, randomRun, type WorldEvent } from './model.ts';
import { facts } from './random-facts.ts';
import { caseIn, CALLER, MINUTE, NOW, ONE_OF_EACH, POLICY, STILL_MAY, TECHNICIAN } from './people.ts';

/** The sample of the quick lane is the same in every run. */
const SAMPLED = IN_FULL ? {} : { seed: SAMPLE_SEED };

/** Graph's side of the truth: what exists out there, whatever the procedure believes. */
interface World {
  at: Case;
  now: Instant;
  /** Passes that exist in the tenant, and when each runs out. */
  readonly alive: Map<string, Instant>;
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(freeze);
  }
  return value;
}

/** Plays a random run; `check` sees every step that moved. */
function play(
  begin: Case,
  events: readonly WorldEvent[],
  check: (world: World, effects: readonly Effect[], before: Case) => void,
): void {
  const world: World = { at: freeze(begin), now: NOW, alive: new Map() };
  for (const { event: drawn, natural: usual, waitMinutes } of events) {
    world.now = (world.now + waitMinutes * MINUTE) as Instant;
    const event = freeze(fitTo(world.at, usual ? natural(world.at, drawn) : drawn, world.now));
    // What Graph reports is true: a pass it created or shows is alive from now on, and no clock of ours ends that.
    if ((event.kind === 'pass-created' || event.kind === 'pass-unseen') && world.at.state.kind === 'issuing')
      world.alive.set(event.pass.passId, event.pass.usableUntil);
    if ((event.kind === 'pass-found' || event.kind === 'pass-unseen') && world.at.state.kind === 'uncertain-pass')
      world.alive.set(event.pass.passId, event.pass.usableUntil);
    // One look that does not find it may be wrong; two that are a minute apart are right.
    if (event.kind === 'pass-deleted' && world.at.state.kind === 'withdrawing-pass') {
      const { firstGoneAt, pass } = world.at.state;
      if (firstGoneAt !== null && event.at - firstGoneAt >= MINUTE) world.alive.delete(pass.passId);
    }
    const before = world.at;
    const result = step(before, event, POLICY, world.now);
    if (result.kind !== 'moved') continue;
    world.at = freeze(result.case);
    check(world, result.effects, before);
  }
}

const opened = facts.map((read) => {
  const { draft } = openCase(CALLER, { kind: 'snapshot-read', by: TECHNICIAN, facts: read }, POLICY, NOW);
  return { ...draft, id: 1 } as Case;
});

describe('Whatever happens, in whatever order', () => {
  it('every state answers every event, leaves its arguments alone, and leads only where the table says', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ONE_OF_EACH), randomRun, (state, events) => {
        for (const { event, waitMinutes } of events) {
          const at = freeze(caseIn(state));
          const now = (NOW + waitMinutes * MINUTE) as Instant;
          const result = step(at, freeze(fitTo(at, event, now)), POLICY, now);
          assert.deepEqual(step(at, fitTo(at, event, now), POLICY, now), result, 'the same question, another answer');
          if (result.kind !== 'moved') continue;
          const row = PROCEDURE[state.kind][event.kind];
          assert.ok(row !== undefined, `${state.kind} moved without a row for ${event.kind}`);
          const stayed = result.case.state.kind === state.kind;
          assert.ok(
            stayed || row.to.includes(result.case.state.kind),
            `${state.kind} + ${event.kind} led to ${result.case.state.kind}`,
          );
          assert.deepEqual(
            [result.case.id, result.case.caller, result.case.technician],
            [at.id, at.caller, at.technician],
          );
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('no pass is ordered without a fresh proof by the technician of the case, nor past a stop, nor with anything unread', () => {
    let ordered = 0;
    fc.assert(
      fc.property(opened, randomRun, (begin, events) => {
        play(begin, events, (world, effects, before) => {
          if (!effects.some((effect) => effect.kind === 'create-pass')) return;
          ordered += 1;
          assert.ok(before.state.kind === 'ready-to-issue');
          const { proof, approvals } = before.state;
          assert.ok(world.now - proof.at <= POLICY.proofValidMinutes * MINUTE, 'a stale proof');
          const { at } = world;
          assert.deepEqual(stopsFor(at.facts, at.technician, at.caller, POLICY), [], 'past a stop');
          assert.deepEqual(missingForPass(at.facts, POLICY), [], 'with something unread');
          assert.deepEqual(checkProof(proof, at, POLICY, world.now), { kind: 'stands', missing: [] });
          if (proof.kind !== 'callback') assert.ok(approvals.length > 0, 'one person alone');
          for (const { by } of approvals) {
            assert.ok(by !== at.technician && by !== at.caller);
            if (proof.kind === 'manager') assert.notEqual(by, proof.manager, 'one person twice');
          }
        });
      }),
      { numRuns: rounds({ quick: 800, full: 10_000 }), ...SAMPLED },
    );
    // The runs must really get there, or this proves nothing.
    assert.ok(ordered > 50, `only ${ordered} orders in all runs`);
  });

  it('from a case that is ready, runs of every kind end with at most one live pass, and none once the case closed', () => {
    let closedAfterPass = 0;
    const ready = start({
      kind: 'ready-to-issue',
      proof: { kind: 'callback', numberRef: 'office', numberDigest: 'digest-office', at: NOW },
      approvals: [],
      lastAttempt: null,
    });
    fc.assert(
      fc.property(randomRun, (events) => {
        let hadPass = false;
        play(ready, [{ event: issue, natural: false, waitMinutes: 0 }, ...events], (world) => {
          hadPass ||= world.alive.size > 0;
          assert.ok(world.alive.size <= 1, 'two live passes');
          const { state } = world.at;
          const safe = state.kind === 'closed' || state.kind === 'choosing-proof' || state.kind === 'asking-methods';
          if (!safe) return;
          if (hadPass && state.kind === 'closed') closedAfterPass += 1;
          for (const passId of world.alive.keys()) assert.fail(`${state.kind} while pass ${passId} may still work`);
        });
      }),
      { numRuns: rounds({ quick: 800, full: 10_000 }), ...SAMPLED },
    );
    assert.ok(closedAfterPass > 50, `only ${closedAfterPass} closings after a pass`);
  });

  it('a closed case stays closed', () => {
    fc.assert(
      fc.property(randomRun, (events) => {
        const closed = start({ kind: 'closed', at: NOW, closing: { outcome: 'abandoned', because: 'caller-hung-up' } });
        play(closed, events, (world) => assert.equal(world.at.state.kind, 'closed'));
      }),
      { numRuns: 500 },
    );
  });
});

const issue = {
  kind: 'issue-pressed',
  by: TECHNICIAN,
  facts: start({ kind: 'asking-methods', selfServiceFailure: null }).facts,
  stillMay: STILL_MAY,
  orderId: 'current',
  timeLeft: 'enough',
} as const;
