// What becomes a turn, and for whom: messages, both kinds of pressed buttons, and the app being installed.
import assert from 'node:assert/strict';
import { TESS } from '../casework/fixtures.ts';
import { InboundActivity } from '../../src/teams/inbound-activity.ts';
import { isSubmit, readExecuteAction, readInstall, readMessage, readSubmitAction } from '../../src/teams/read-turn.ts';
import { UNHURRIED } from '../unhurried.ts';

const activity = (fields: Record<string, unknown> = {}): InboundActivity =>
  InboundActivity.parse({
    ...{ type: 'message', id: '7', channelId: 'msteams', serviceUrl: 'https://smba.trafficmanager.net/emea/' },
    from: { id: '29:tess', aadObjectId: TESS },
    recipient: { id: '28:bot' },
    conversation: { id: 'a:chat', conversationType: 'personal' },
    ...fields,
  });
const message = (fields: Record<string, unknown>) => {
  const reading = readMessage(activity(fields), UNHURRIED);
  return reading.kind === 'read' ? reading.turn : reading.why;
};

describe('A turn', () => {
  it('is of the person that Teams vouches for, in one spelling of the id', () => {
    const from = (aadObjectId: unknown) => message({ from: { id: '29:tess', aadObjectId } });
    const turn = from(TESS.toUpperCase());
    assert.ok(typeof turn !== 'string');
    assert.deepEqual([turn.kind, turn.person, turn.language, turn.deadline], ['message', TESS, 'en', UNHURRIED]);
    assert.equal(turn.where.conversation.person, TESS);
    for (const nobody of [undefined, null, '', 'tess', `${TESS}0`, '00000000-0000-0000-0000-000000000000']) {
      assert.equal(from(nobody), 'no-person', String(nobody));
    }
  });

  it('is told apart from every other by its chat and its number there', () => {
    const turn = message({});
    assert.ok(typeof turn !== 'string');
    assert.equal(turn.activityId, 'a:chat 7');
    assert.equal(message({ id: undefined }), 'no-activity-id');
  });

  it('is in a personal chat only where Teams says so and nothing speaks against it', () => {
    const chat = (fields: object) => {
      const turn = message({ conversation: { id: 'a:chat', ...fields } });
      return typeof turn === 'string' ? turn : turn.where.chat;
    };
    assert.equal(chat({ conversationType: 'personal' }), 'personal');
    assert.equal(chat({ conversationType: 'personal', isGroup: false }), 'personal');
    assert.equal(chat({ conversationType: 'personal', isGroup: true }), 'group');
    assert.equal(chat({ conversationType: 'groupChat' }), 'group');
    assert.equal(chat({ conversationType: 'channel' }), 'channel');
    assert.equal(chat({}), 'group');
  });

  it('has the text of the message without the space around it', () => {
    const turn = message({ text: '  Lena is locked out \n' });
    assert.equal(typeof turn === 'string' ? turn : turn.text, 'Lena is locked out');
    const empty = message({});
    assert.equal(typeof empty === 'string' ? empty : empty.text, '');
  });

  it('begins with the app being installed, also where Teams gives that no number', () => {
    const numbered = readInstall(activity({ type: 'installationUpdate' }), UNHURRIED);
    const bare = readInstall(activity({ type: 'installationUpdate', id: undefined }), UNHURRIED);
    assert.ok(numbered.kind === 'read' && bare.kind === 'read');
    assert.deepEqual([numbered.turn.kind, numbered.turn.activityId], ['install', 'a:chat 7']);
    assert.equal(bare.turn.activityId, 'a:chat installationUpdate a:chat');
    const nobody = readInstall(activity({ from: { id: '29:tess' } }), UNHURRIED);
    assert.deepEqual(nobody, { kind: 'unread', why: 'no-person' });
  });
});

describe('A pressed button', () => {
  it('that was sent as a message is one only when it has a verb', () => {
    const value = { verb: 'done', case: 1 };
    const reading = readSubmitAction(activity({ value, replyToId: '5' }), UNHURRIED);
    assert.ok(reading.kind === 'read');
    const { kind, verb, data, card, canShowPass } = reading.turn;
    assert.deepEqual(
      { kind, verb, data, card, canShowPass },
      {
        kind: 'action',
        verb: 'done',
        data: value,
        card: { conversation: 'a:chat', activity: '5' },
        canShowPass: false,
      },
    );
    assert.equal(isSubmit(activity({ value })), true);
    for (const none of [undefined, null, 'done', {}, { verb: '' }, { verb: 7 }, { verb: 'x'.repeat(65) }]) {
      assert.equal(isSubmit(activity({ value: none })), false, JSON.stringify(none));
      assert.deepEqual(readSubmitAction(activity({ value: none }), UNHURRIED), { kind: 'unread', why: 'no-verb' });
    }
  });

  it('shows a pass only where the answer goes to whoever pressed it, and nowhere else', () => {
    const value = { action: { type: 'Action.Execute', verb: 'issue-pass', data: { case: 1 } } };
    const invoked = readExecuteAction(activity({ type: 'invoke', value }), UNHURRIED);
    assert.ok(invoked.kind === 'read');
    const { verb, data, card, canShowPass } = invoked.turn;
    assert.deepEqual([verb, data, card, canShowPass], ['issue-pass', { case: 1 }, null, true]);
    const sent = readExecuteAction(activity({ type: 'message', value, replyToId: '' }), UNHURRIED);
    assert.ok(sent.kind === 'read');
    assert.deepEqual([sent.turn.card, sent.turn.canShowPass], [null, false]);
  });

  it('has the verb of its data where it has none of its own, and the empty one where neither is a verb', () => {
    const verbOf = (action: object | undefined) => {
      const reading = readExecuteAction(activity({ type: 'invoke', value: { action } }), UNHURRIED);
      return reading.kind === 'read' ? reading.turn.verb : reading.why;
    };
    assert.equal(verbOf({ data: { verb: 'done' } }), 'done');
    assert.equal(verbOf({ verb: null, data: { verb: 'done' } }), 'done');
    assert.equal(verbOf({ verb: 'abandon', data: { verb: 'done' } }), 'abandon');
    for (const none of [{ type: 'Action.Submit', verb: 'done' }, { data: { verb: '' } }, { verb: 7 }, {}, undefined]) {
      assert.equal(verbOf(none), '', JSON.stringify(none));
    }
  });

  it('of nobody, or without a number, is no turn', () => {
    const value = { verb: 'done' };
    assert.deepEqual(readSubmitAction(activity({ value, from: { id: 'x' } }), UNHURRIED), {
      kind: 'unread',
      why: 'no-person',
    });
    assert.deepEqual(readExecuteAction(activity({ value, id: undefined }), UNHURRIED), {
      kind: 'unread',
      why: 'no-activity-id',
    });
  });
});
