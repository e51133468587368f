import assert from 'node:assert/strict';
import type { House } from './house.ts';
import { CASE, letter, openHouse, passLetter, personal, pressed, said, TENANT, TESS } from './house.ts';

describe('a turn of the bot', () => {
  let house: House;
  beforeEach(async () => (house = await openHouse()));
  afterEach(() => house.close());

  it('hears what a technician writes, and answers each letter as a message of its own', async () => {
    house.casework.said = (turn) => {
      house.casework.turns.push(turn);
      return Promise.resolve([
        { letter: letter('first'), cardOf: null },
        { letter: letter('second'), cardOf: CASE },
      ]);
    };
    const answer = await house.post(said(house, 'Lena is locked out'));
    assert.deepEqual([answer.status, answer.text], [200, '']);
    const [turn] = house.casework.turns;
    assert.ok(turn?.kind === 'said');
    assert.equal(turn.text, 'Lena is locked out');
    assert.equal(turn.person, TESS);
    assert.equal(turn.language, 'en');
    assert.equal(turn.where.chat, 'personal');
    assert.deepEqual(
      house.connector.written.map(({ body }) => [body['type'], body['summary'], body['text']]),
      [
        ['message', 'first', undefined],
        ['message', 'second', undefined],
      ],
    );
    assert.deepEqual(house.placed, [{ caseId: CASE, place: { conversation: 'a:chat-tess', activity: 'message-2' } }]);
  });

  it('keeps no name in the conversation it may write to later', async () => {
    await house.post(said(house, 'hello'));
    const reference = house.casework.turns[0]?.where.conversation.reference ?? '';
    assert.deepEqual(JSON.parse(reference), {
      channelId: 'msteams',
      serviceUrl: house.connector.serviceUrl,
      conversation: { id: 'a:chat-tess', conversationType: 'personal', tenantId: TENANT },
      bot: { id: '28:bot' },
      user: { id: '29:tess', aadObjectId: TESS },
    });
  });

  it('acts once on a message that Teams delivers twice', async () => {
    const message = said(house, 'Lena is locked out');
    const answers = await Promise.all([house.post(message), house.post(message)]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200],
    );
    assert.equal(house.casework.turns.length, 1);
    assert.equal(house.connector.written.length, 1);
  });

  it('hands a click that Teams delivers twice to casework both times, since the version of the case decides', async () => {
    const click = pressed(house, 'issue-pass', { case: 12, v: 3 });
    const answers = [await house.post(click), await house.post(click)];
    assert.equal(house.casework.turns.length, 2);
    assert.deepEqual(answers[0]?.body, answers[1]?.body);
  });

  it('answers a click with the card for the clicker, and writes nothing to the chat', async () => {
    const { status, body } = await house.post(pressed(house, 'go-back', { case: 12, v: 3 }));
    assert.equal(status, 200);
    assert.deepEqual(body, {
      statusCode: 200,
      type: 'application/vnd.microsoft.card.adaptive',
      value: letter('pressed').card,
    });
    assert.equal(house.connector.written.length, 0);
    const [turn] = house.casework.turns;
    assert.ok(turn?.kind === 'pressed');
    assert.equal(turn.verb, 'go-back');
    assert.deepEqual(turn.data, { case: 12, v: 3 });
    assert.deepEqual(turn.card, { conversation: 'a:chat-tess', activity: 'message-1' });
  });

  it('never pushes the answer to a click to the whole chat, also after a card that refreshes itself', async () => {
    // The framework, left to itself, remembers the first `refresh` of a button and from then on updates the message.
    const refresh = { action: { type: 'Action.Execute', verb: 'show-case' }, userIds: ['29:tess'] };
    house.casework.pressed = () => Promise.resolve({ show: letter('refreshing', { refresh }) });
    await house.post(pressed(house, 'show-case', { case: 12 }));
    house.casework.pressed = () => Promise.resolve({ showPass: passLetter('CANARY-4711') });
    const { text } = await house.post(pressed(house, 'show-case', { case: 12 }));
    assert.match(text, /CANARY-4711/);
    assert.deepEqual(house.connector.written, []);
  });

  it('understands a click without trigger, action id or replyToId, as the Agents Playground sends it', async () => {
    const value = { action: { type: 'Action.Execute', title: 'Go back', data: { verb: 'go-back', case: 1, v: 1 } } };
    const { status } = await house.post(personal(house, { type: 'invoke', name: 'adaptiveCard/action', value }));
    assert.equal(status, 200);
    const [turn] = house.casework.turns;
    assert.ok(turn?.kind === 'pressed');
    assert.deepEqual([turn.verb, turn.card], ['go-back', null]);
  });

  it('takes a button that an old client sends as a message, and answers with a message', async () => {
    await house.post(personal(house, { type: 'message', replyToId: 'm', value: { verb: 'done', case: 12, v: 3 } }));
    const [turn] = house.casework.turns;
    assert.equal(turn?.kind === 'pressed' && turn.verb, 'done');
    assert.equal(house.connector.written[0]?.body['summary'], 'pressed');
  });

  it('tells casework where a message was written: personal, group or channel', async () => {
    const chats = [];
    for (const conversationType of ['personal', 'groupChat', 'channel', 'somethingNew']) {
      house.casework.turns.length = 0;
      await house.post(said(house, 'hello', { conversation: { id: 'c', conversationType, tenantId: TENANT } }));
      chats.push(house.casework.turns[0]?.where.chat);
    }
    assert.deepEqual(chats, ['personal', 'group', 'channel', 'group']);
  });

  it('drops its own mention from a channel message', async () => {
    const entities = [{ type: 'mention', mentioned: { id: '28:bot', name: 'Hardline' }, text: '<at>Hardline</at>' }];
    await house.post(said(house, '<at>Hardline</at> help', { entities }));
    const [turn] = house.casework.turns;
    assert.equal(turn?.kind === 'said' && turn.text, 'help');
  });

  it('welcomes a person once, however often the client says that the app was installed', async () => {
    await house.post(personal(house, { type: 'installationUpdate', action: 'add' }));
    await house.post(personal(house, { type: 'conversationUpdate', membersAdded: [{ id: '28:bot' }] }));
    await house.post(personal(house, { type: 'installationUpdate', action: 'add' }));
    assert.deepEqual(
      house.casework.turns.map(({ kind }) => kind),
      ['arrived', 'arrived', 'arrived'],
    );
    assert.deepEqual(
      house.connector.written.map(({ body }) => body['summary']),
      ['welcome'],
    );
  });

  it('says nothing when it is removed, or added to a group', async () => {
    const conversation = { id: '19:group', conversationType: 'groupChat', isGroup: true, tenantId: TENANT };
    await house.post(personal(house, { type: 'installationUpdate', action: 'remove' }));
    await house.post(personal(house, { type: 'installationUpdate', action: 'add', conversation }));
    await house.post(personal(house, { type: 'conversationUpdate', membersAdded: [{ id: '28:bot' }], conversation }));
    assert.deepEqual([house.casework.turns, house.connector.written], [[], []]);
  });

  for (const type of ['messageReaction', 'messageUpdate', 'messageDelete', 'typing', 'event', 'endOfConversation']) {
    it(`lets a ${type} pass without a word`, async () => {
      const { status } = await house.post(personal(house, { type, text: 'edited' }));
      assert.equal(status, 200);
      assert.deepEqual([house.casework.turns, house.connector.written], [[], []]);
    });
  }

  const persons = [undefined, '', 'tess', '00000000-0000-0000-0000-000000000000', `${TESS}0`, `${TESS} or 1 eq 1`];
  for (const aadObjectId of persons) {
    it(`takes nobody for a person whose object id is ${JSON.stringify(aadObjectId)}`, async () => {
      const from = { id: '29:tess', name: 'Tess Lindqvist', aadObjectId };
      const message = await house.post(said(house, 'help', { from }));
      const click = await house.post(pressed(house, 'done', {}, { from }));
      assert.deepEqual([message.status, message.text, click.status], [200, '', 200]);
      assert.match(click.text, /"statusCode":400/);
      assert.deepEqual([house.casework.turns, house.connector.written], [[], []]);
    });
  }

  it('knows a person by the lower-case form of the object id', async () => {
    await house.post(said(house, 'help', { from: { id: '29:tess', aadObjectId: TESS.toUpperCase() } }));
    assert.equal(house.casework.turns[0]?.person, TESS);
  });
});
