import assert from 'node:assert/strict';
import type { Member } from '../../demo/teams/members.ts';
import { ADA, LENA, MARA, NOAH, openHelpdesk, TESS, TOM, type Helpdesk } from './helpdesk.ts';
import { forge, issueByCallback, sees, toProof, words, written } from './steps.ts';

/** What somebody might write to learn about others, or to move something. */
const PROBES = [
  'hello',
  'Lena Hartmann is locked out',
  'Zyx Nobody is locked out',
  'lena.hartmann@fernhill.example is locked out',
  "reset Lena Hartmann's password",
  'reset my password',
  'link Lena Hartmann',
  'link Zyx Nobody',
  'case 1',
  'case 999',
  'log',
  'log 1',
  'cases',
  'mode',
  'lockdown off please',
  'Lena Hartmann sees SSPR_0014',
  'help',
] as const;

describe('Somebody outside the helpdesk', () => {
  let helpdesk: Helpdesk;
  before(async () => {
    helpdesk = await openHelpdesk({ also: [TOM, NOAH] });
    await toProof(helpdesk); // case 1 exists, about Lena
  });
  after(() => helpdesk.close());

  const readAbout = (since: number): readonly string[] =>
    helpdesk.tenant.control
      .journal()
      .slice(since)
      .map(({ path }) => path);

  it('reads about their own methods and the two links, in the same words whatever they write and whoever it is about', async () => {
    const before = helpdesk.tenant.control.journal().length;
    const answers = new Set<string>();
    for (const probe of PROBES) answers.add(JSON.stringify(await helpdesk.says(MARA, probe)));
    assert.equal(answers.size, 1, [...answers].join('\n'));
    const guidance = words(helpdesk.card(MARA));
    assert.match(guidance, /aka\.ms\/sspr|You can reset your password yourself/);
    assert.doesNotMatch(guidance, /Hartmann|Nobody|Case 1/);
    const asked = readAbout(before);
    assert.deepEqual(
      asked.filter((path) => !path.includes(MARA.id)),
      [],
      'nobody else was looked at',
    );
    assert.ok(asked.length <= 4, `a flood of messages is no flood of reads: ${asked.length}`);
  });

  it('reads what applies to them: with too few methods, they are asked to register more', async () => {
    const few = words(await helpdesk.says(NOAH, 'hi'));
    assert.match(few, /no method registered/);
    assert.match(few, /aka\.ms\/mysecurityinfo/);
    assert.notEqual(few, words(helpdesk.card(MARA)));
  });

  it('is answered even when their methods cannot be read', async () => {
    helpdesk.pass(2);
    helpdesk.tenant.control.fault({ kind: 'status', status: 403, path: '/**/authentication/methods' });
    const answer = words(await helpdesk.says(MARA, 'Lena Hartmann is locked out'));
    helpdesk.tenant.control.clearFaults();
    assert.match(answer, /could not be read just now/);
    assert.match(answer, /aka\.ms/);
  });

  it('learns nothing by pressing buttons they were never given, and each try is written down', async () => {
    const presses: readonly (readonly [string, object])[] = [
      ['show-case', { case: 1 }],
      ['open-lockout', { query: 'Lena Hartmann' }],
      ['pick-caller', { caller: LENA.id }],
      ['tick-methods', { case: 1, v: 2, atHand: '' }],
      ['issue-pass', { case: 1, v: 2 }],
      ['decide-approval', { case: 1, v: 2, decision: 'approve', reason: 'x', subject: 'x' }],
      ['manager-answer', { case: 1, v: 2, speaking: 'yes' }],
      ['not-me', { case: 1, v: 2 }],
    ];
    for (const [verb, data] of presses) {
      const answer = words(await forge(helpdesk, NOAH, verb, data));
      assert.doesNotMatch(answer, /Hartmann|Tess|Lindqvist/, verb);
    }
    const refused = (await helpdesk.ledger()).filter((entry) => /refused$/.test(entry.code) && entry.actor === NOAH.id);
    const byPress = refused.filter((entry) => entry.detail['asked'] !== 'message');
    assert.equal(byPress.length, presses.length);
    assert.equal((await written(helpdesk, 'case.opened')).length, 1);
    assert.equal(helpdesk.passOrders(), 0);
  });

  it('cannot tell a case that exists from one that does not, by any button', async () => {
    for (const [verb, more] of [
      ['show-case', {}],
      ['manager-answer', { v: 2, speaking: 'yes' }],
      ['not-me', { v: 2 }],
    ] as const) {
      const real = await forge(helpdesk, NOAH, verb, { case: 1, ...more });
      const invented = await forge(helpdesk, NOAH, verb, { case: 4711, ...more });
      assert.deepEqual(real, invented, verb);
    }
  });

  it('gets no notice and no request meant for others', async () => {
    await helpdesk.presses(TESS, 'abandon', { because: 'opened-by-mistake' });
    await issueByCallback(helpdesk, LENA, TOM);
    const silent: readonly Member[] = [NOAH];
    for (const person of silent) {
      for (const verb of ['not-me', 'manager-answer', 'decide-approval'])
        assert.equal(sees(helpdesk, person, verb), false);
    }
    assert.ok(sees(helpdesk, MARA, 'not-me'), 'the manager does');
    assert.equal(sees(helpdesk, ADA, 'not-me'), false);
  });
});
