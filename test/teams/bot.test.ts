import assert from 'node:assert/strict';
import type { Harness } from './harness.ts';
import {
  CASE,
  cardMessage,
  openHarness,
  passAnswer,
  personal,
  actionActivity,
  messageActivity,
  TENANT,
  TESS,
} from './harness.ts';

describe('a turn of the bot', () => {
  let harness: Harness;
  beforeEach(async () => (harness = await openHarness()));
  afterEach(() => harness.close());

  it('reads what a technician writes, and sends each card as a message of its own', async () => {
    harness.casework.onMessage = (turn) => {
      harness.casework.turns.push(turn);
      return Promise.resolve([
        { cardMessage: cardMessage('first'), cardOf: null },
        { cardMessage: cardMessage('second'), cardOf: CASE },
      ]);
    };
    const answer = await harness.post(messageActivity(harness, 'Lena is locked out'));
    assert.deepEqual([answer.status, answer.text], [200, '']);
    const [turn] = harness.casework.turns;
    assert.ok(turn?.kind === 'message');
    assert.equal(turn.text, 'Lena is locked out');
    assert.equal(turn.person, TESS);
    assert.equal(turn.language, 'en');
    assert.equal(turn.where.chat, 'personal');
    assert.deepEqual(
      harness.connector.written.map(({ body }) => [body['type'], body['summary'], body['text']]),
      [
        ['message', 'first', undefined],
        ['message', 'second', undefined],
      ],
    );
    assert.deepEqual(harness.placed, [{ caseId: CASE, place: { conversation: 'a:chat-tess', activity: 'message-2' } }]);
  });

  it('keeps no name in the conversation it may write to later', async () => {
    await harness.post(messageActivity(harness, 'hello'));
    const reference = harness.casework.turns[0]?.where.conversation.reference ?? '';
    assert.deepEqual(JSON.parse(reference), {
      channelId: 'msteams',
      serviceUrl: harness.connector.serviceUrl,
      conversation: { id: 'a:chat-tess', conversationType: 'personal', tenantId: TENANT },
      bot: { id: '28:bot' },
      user: { id: '29:tess', aadObjectId: TESS },
    });
  });

  it('answers a message once when casework says that it was answered before', async () => {
    const answered = new Set<string>();
    harness.casework.onMessage = ({ activityId }) => {
      if (answered.has(activityId)) return Promise.resolve(null);
      answered.add(activityId);
      return Promise.resolve([{ cardMessage: cardMessage('heard'), cardOf: null }]);
    };
    const message = messageActivity(harness, 'Lena is locked out');
    const answers = await Promise.all([harness.post(message), harness.post(message)]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200],
    );
    assert.equal(answered.size, 1);
    assert.equal(harness.connector.written.length, 1);
    assert.match(await harness.registry.metrics(), /\{[^}]*outcome="repeated"[^}]*\} 1/);
  });

  it('hands a click that Teams delivers twice to casework both times, since the version of the case decides', async () => {
    const click = actionActivity(harness, 'issue-pass', { case: 12, v: 3 });
    const answers = [await harness.post(click), await harness.post(click)];
    assert.equal(harness.casework.turns.length, 2);
    assert.deepEqual(answers[0]?.body, answers[1]?.body);
  });

  it('answers a click with the card for the clicker, and writes nothing to the chat', async () => {
    const { status, body } = await harness.post(actionActivity(harness, 'go-back', { case: 12, v: 3 }));
    assert.equal(status, 200);
    assert.deepEqual(body, {
      statusCode: 200,
      type: 'application/vnd.microsoft.card.adaptive',
      value: cardMessage('pressed').card,
    });
    assert.equal(harness.connector.written.length, 0);
    const [turn] = harness.casework.turns;
    assert.ok(turn?.kind === 'action');
    assert.equal(turn.verb, 'go-back');
    assert.deepEqual(turn.data, { case: 12, v: 3 });
    assert.deepEqual(turn.card, { conversation: 'a:chat-tess', activity: 'message-1' });
  });

  it('never pushes the answer to a click to the whole chat, also after a card that refreshes itself', async () => {
    // The framework, left to itself, remembers the first `refresh` of a button and from then on updates the message.
    const refresh = { action: { type: 'Action.Execute', verb: 'show-case' }, userIds: ['29:tess'] };
    harness.casework.onAction = () =>
      Promise.resolve({ kind: 'show', cardMessage: cardMessage('refreshing', { refresh }) });
    await harness.post(actionActivity(harness, 'show-case', { case: 12 }));
    harness.casework.onAction = () => Promise.resolve(passAnswer('CANARY-4711'));
    const { text } = await harness.post(actionActivity(harness, 'show-case', { case: 12 }));
    assert.match(text, /CANARY-4711/);
    assert.deepEqual(harness.connector.written, []);
  });

  it('understands a click without trigger, action id or replyToId, as the Agents Playground sends it', async () => {
    const value = { action: { type: 'Action.Execute', title: 'Go back', data: { verb: 'go-back', case: 1, v: 1 } } };
    const { status } = await harness.post(personal(harness, { type: 'invoke', name: 'adaptiveCard/action', value }));
    assert.equal(status, 200);
    const [turn] = harness.casework.turns;
    assert.ok(turn?.kind === 'action');
    assert.deepEqual([turn.verb, turn.card], ['go-back', null]);
  });

  it('takes a button that an old client sends as a message, and answers with a message', async () => {
    await harness.post(personal(harness, { type: 'message', replyToId: 'm', value: { verb: 'done', case: 12, v: 3 } }));
    const [turn] = harness.casework.turns;
    assert.equal(turn?.kind === 'action' && turn.verb, 'done');
    assert.equal(harness.connector.written[0]?.body['summary'], 'pressed');
  });

  it('tells casework where a message was written: personal, group or channel', async () => {
    const chats = [];
    for (const conversationType of ['personal', 'groupChat', 'channel', 'somethingNew']) {
      harness.casework.turns.length = 0;
      await harness.post(
        messageActivity(harness, 'hello', { conversation: { id: 'c', conversationType, tenantId: TENANT } }),
      );
      chats.push(harness.casework.turns[0]?.where.chat);
    }
    assert.deepEqual(chats, ['personal', 'group', 'channel', 'group']);
  });

  it('drops its own mention from a channel message', async () => {
    const entities = [{ type: 'mention', mentioned: { id: '28:bot', name: 'Hardline' }, text: '<at>Hardline</at>' }];
    await harness.post(messageActivity(harness, '<at>Hardline</at> help', { entities }));
    const [turn] = harness.casework.turns;
    assert.equal(turn?.kind === 'message' && turn.text, 'help');
  });

  it('welcomes a person once, however often the client says that the app was installed', async () => {
    await harness.post(personal(harness, { type: 'installationUpdate', action: 'add' }));
    await harness.post(personal(harness, { type: 'conversationUpdate', membersAdded: [{ id: '28:bot' }] }));
    await harness.post(personal(harness, { type: 'installationUpdate', action: 'add' }));
    assert.deepEqual(
      harness.casework.turns.map(({ kind }) => kind),
      ['install', 'install', 'install'],
    );
    assert.deepEqual(
      harness.connector.written.map(({ body }) => body['summary']),
      ['welcome'],
    );
  });

  it('says nothing when it is removed, or added to a group', async () => {
    const conversation = { id: '19:group', conversationType: 'groupChat', isGroup: true, tenantId: TENANT };
    await harness.post(personal(harness, { type: 'installationUpdate', action: 'remove' }));
    await harness.post(personal(harness, { type: 'installationUpdate', action: 'add', conversation }));
    await harness.post(
      personal(harness, { type: 'conversationUpdate', membersAdded: [{ id: '28:bot' }], conversation }),
    );
    assert.deepEqual([harness.casework.turns, harness.connector.written], [[], []]);
  });

  for (const type of ['messageReaction', 'messageUpdate', 'messageDelete', 'typing', 'event', 'endOfConversation']) {
    it(`ignores a ${type}`, async () => {
      const { status } = await harness.post(personal(harness, { type, text: 'edited' }));
      assert.equal(status, 200);
      assert.deepEqual([harness.casework.turns, harness.connector.written], [[], []]);
    });
  }

  const persons = [undefined, '', 'tess', '00000000-0000-0000-0000-000000000000', `${TESS}0`, `${TESS} or 1 eq 1`];
  for (const aadObjectId of persons) {
    it(`does not accept as a person whose object id is ${JSON.stringify(aadObjectId)}`, async () => {
      const from = { id: '29:tess', name: 'Tess Lindqvist', aadObjectId };
      const message = await harness.post(messageActivity(harness, 'help', { from }));
      const click = await harness.post(actionActivity(harness, 'done', {}, { from }));
      assert.deepEqual([message.status, message.text, click.status], [200, '', 200]);
      assert.match(click.text, /"statusCode":400/);
      assert.deepEqual([harness.casework.turns, harness.connector.written], [[], []]);
    });
  }

  it('knows a person by the lower-case form of the object id', async () => {
    await harness.post(messageActivity(harness, 'help', { from: { id: '29:tess', aadObjectId: TESS.toUpperCase() } }));
    assert.equal(harness.casework.turns[0]?.person, TESS);
  });
});
