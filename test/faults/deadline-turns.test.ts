// Every button and every command while Microsoft Entra hangs, and while Teams does: answered in time, and nothing is lost.
import assert from 'node:assert/strict';
import type { Member } from '../../demo/teams/members.ts';
import { rowsOf } from '../lane.ts';
import { ABEL, ADA, LENA, MARA, TESS, type Helpdesk } from '../scenarios/helpdesk.ts';
import { A_CALL, callBack, issueByCallback, sees, toProof, written } from '../scenarios/steps.ts';
import { openSlowHelpdesk, type SlowHelpdesk } from './slow-helpdesk.ts';

const IN_TIME = 8500;

interface Click {
  readonly who: Member;
  readonly verb: string;
  readonly fill?: Record<string, string>;
  readonly before: (helpdesk: Helpdesk) => Promise<unknown>;
  /** The entry that the click leaves although nothing can be written to Teams; `unread`: although nothing can be read either. */
  readonly leaves?: string;
  readonly unread?: string;
}

const open = (helpdesk: Helpdesk) => helpdesk.says(TESS, 'Lena Hartmann is locked out');
const called = async (helpdesk: Helpdesk): Promise<void> => {
  await toProof(helpdesk);
  await helpdesk.presses(TESS, 'choose-callback');
  helpdesk.pass(A_CALL);
};
const askedManager = async (helpdesk: Helpdesk): Promise<void> => {
  await toProof(helpdesk);
  await helpdesk.presses(TESS, 'ask-manager');
};
const askedApprover = async (helpdesk: Helpdesk): Promise<void> => {
  await toProof(helpdesk);
  await helpdesk.presses(TESS, 'seen-in-person', { place: 'Reception' });
};
const issued = async (helpdesk: Helpdesk): Promise<void> => {
  await callBack(helpdesk);
  await helpdesk.presses(TESS, 'issue-pass');
};

const CLICKS: readonly Click[] = [
  { who: TESS, verb: 'tick-methods', fill: { atHand: '' }, before: open },
  { who: TESS, verb: 'read-again', before: open },
  { who: TESS, verb: 'escalate', before: toProof },
  { who: TESS, verb: 'abandon', fill: { because: 'caller-hung-up' }, before: toProof },
  { who: TESS, verb: 'go-back', before: toProof },
  { who: TESS, verb: 'choose-callback', before: toProof },
  { who: TESS, verb: 'ask-manager', before: toProof },
  { who: TESS, verb: 'seen-in-person', fill: { place: 'Reception' }, before: toProof },
  { who: TESS, verb: 'record-callback', before: called },
  { who: TESS, verb: 'issue-pass', before: callBack },
  { who: TESS, verb: 'pass-read-out', before: issued },
  { who: TESS, verb: 'withdraw-pass', before: issueByCallback },
  { who: MARA, verb: 'manager-answer', before: askedManager, leaves: 'case.manager-answered', unread: 'case.refused' },
  { who: ABEL, verb: 'decide-approval', fill: { reason: 'I see them both' }, before: askedApprover },
  { who: LENA, verb: 'not-me', before: callBack, leaves: 'case.caller-objected', unread: 'case.caller-objected' },
];

const MESSAGES = [
  'help',
  'cases',
  'case 1',
  'log 1',
  'mode',
  'send Lena Hartmann the link',
  'reset the password of Lena Hartmann',
  'Lena Hartmann is locked out',
] as const;

describe('A turn while everything hangs', function () {
  this.timeout(300_000);

  const during = async (
    before: (helpdesk: Helpdesk) => Promise<unknown>,
    test: (slow: SlowHelpdesk) => Promise<void>,
  ): Promise<void> => {
    const slow = await openSlowHelpdesk();
    try {
      await slow.time.until(before(slow.helpdesk));
      slow.helpdesk.pass(2); // roles are read again after a minute
      await test(slow);
    } finally {
      heal(slow);
      await slow.close();
    }
  };
  const graphHangs = ({ helpdesk }: SlowHelpdesk): void => {
    for (const version of ['v1.0', 'beta']) helpdesk.tenant.control.fault({ kind: 'hang', path: `/${version}/**` });
  };
  const teamsHangs = ({ helpdesk }: SlowHelpdesk): void => {
    for (const { id } of [TESS, ADA, ABEL, LENA, MARA]) {
      helpdesk.teams.faults.set(id, { kind: 'hang', on: 'any', times: null, retryAfterSeconds: 20 });
    }
  };
  const heal = ({ helpdesk }: SlowHelpdesk): void => {
    helpdesk.tenant.control.clearFaults();
    for (const { id } of [TESS, ADA, ABEL, LENA, MARA]) helpdesk.teams.faults.set(id, null);
  };
  const answeredAfter = async (slow: SlowHelpdesk, work: Promise<unknown>): Promise<number> => {
    const began = slow.time.timing.clock();
    await slow.time.until(work);
    return (slow.line.last().answeredAt ?? Infinity) - began;
  };

  for (const [name, breaks] of [
    ['Microsoft Entra hangs', [graphHangs]],
    ['Teams hangs', [teamsHangs]],
    ['both hang', [graphHangs, teamsHangs]],
  ] as const) {
    for (const { who, verb, fill, before, leaves, unread } of rowsOf(
      CLICKS,
      ({ verb }) => verb === 'issue-pass' || verb === 'not-me',
    )) {
      it(`"${verb}" is answered in time when ${name}`, async () => {
        await during(before, async (slow) => {
          const press = slow.helpdesk.readyPress(who, verb, fill);
          for (const hang of breaks) hang(slow);
          const took = await answeredAfter(slow, press());
          assert.ok(took <= IN_TIME, `${took} ms`);
          await slow.settle();
          const entry = name === 'Teams hangs' ? leaves : unread;
          if (entry !== undefined) assert.equal((await written(slow.helpdesk, entry)).length, 1);
        });
      });
    }
    for (const text of rowsOf(MESSAGES, (_, n) => n === MESSAGES.length - 1)) {
      it(`"${text}" is answered in time when ${name}`, async () => {
        await during(open, async (slow) => {
          const before = slow.helpdesk.messages(TESS).filter(({ from }) => from === 'bot').length;
          for (const hang of breaks) hang(slow);
          const began = slow.helpdesk.now();
          const took = await answeredAfter(slow, slow.helpdesk.says(TESS, text));
          assert.ok(took <= IN_TIME, `${took} ms`);
          if (name !== 'Microsoft Entra hangs') return;
          const [first, ...more] = slow.helpdesk
            .messages(TESS)
            .filter(({ from }) => from === 'bot')
            .slice(before);
          assert.ok(first !== undefined && first.at - began <= 3000, 'and within three seconds');
          assert.deepEqual(more, [], 'once');
        });
      });
    }
  }

  it('the technician goes on from there as soon as Microsoft Entra answers again', async () => {
    await during(toProof, async (slow) => {
      const { helpdesk, time } = slow;
      graphHangs(slow);
      await time.until(helpdesk.presses(TESS, 'choose-callback'));
      assert.match(helpdesk.card(TESS).headline, /did not answer in time/);
      heal(slow);
      await time.until(helpdesk.presses(TESS, 'show-case'));
      await time.until(helpdesk.presses(TESS, 'choose-callback'));
      assert.ok(sees(helpdesk, TESS, 'record-callback'));
    });
  });
});
