import assert from 'node:assert/strict';
import { card, cardAnswer } from './fake-bot.ts';
import { LENA, type Practice, startPractice, TENANT, TESS } from './practice-teams.ts';
import { chatOf, mriOf } from '../../demo/teams/members.ts';

const chat = (id: string): string => `/${encodeURIComponent(chatOf(id))}`;

describe('the emulated Teams, as people use it', () => {
  let at: Practice;
  const press = async (body: object): Promise<{ httpStatus: number; answer: string }> => {
    const response = await at.call('POST', `/teams/chats/${TESS}/presses`, body);
    assert.equal(response.status, 200);
    return (await response.json()) as { httpStatus: number; answer: string };
  };
  const cardInChat = async (): Promise<string> => {
    const response = await at.connector('POST', `${chat(TESS)}/activities`, {
      type: 'message',
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card('a card') }],
    });
    return ((await response.json()) as { id: string }).id;
  };

  beforeEach(async () => {
    at = await startPractice();
  });
  afterEach(() => at.close());

  it('delivers a message as Teams does, with person, chat and tenant', async () => {
    await at.call('POST', `/teams/chats/${TESS}/messages`, { text: 'reset the password of Lena Hartmann' });
    const [activity] = at.bot.arrived;
    assert.equal(activity?.type, 'message');
    assert.equal(activity.text, 'reset the password of Lena Hartmann');
    assert.equal(activity.channelId, 'msteams');
    assert.deepEqual(activity.from.aadObjectId, TESS);
    assert.equal(activity.from.id, mriOf(TESS));
    assert.deepEqual(activity.conversation, { id: chatOf(TESS), conversationType: 'personal', tenantId: TENANT });
    assert.equal(activity.channelData.tenant.id, TENANT);
    assert.equal(activity.serviceUrl, at.teams.serviceUrl);
  });

  it('delivers a click with the data of the button and the message that carried it', async () => {
    const messageId = await cardInChat();
    at.bot.answer = () => cardAnswer(card('next'));
    const result = await press({ messageId, title: 'Go on', verb: 'tick-methods', data: { case: 1, atHand: 'a,b' } });
    assert.deepEqual(result, { httpStatus: 200, answer: 'card' });
    const [activity] = at.bot.arrived;
    assert.equal(activity?.type, 'invoke');
    assert.equal(activity.replyToId, messageId);
    assert.equal(activity.value?.trigger, 'manual');
    assert.equal(activity.value.action.verb, 'tick-methods');
    assert.deepEqual(activity.value.action.data, { case: 1, atHand: 'a,b' });
  });

  it('delivers the same activity twice when asked, under one id', async () => {
    const messageId = await cardInChat();
    at.bot.answer = () => cardAnswer(card('next'));
    await press({ messageId, verb: 'issue-pass', twice: true });
    assert.equal(at.bot.arrived.length, 2);
    assert.equal(at.bot.arrived[0]?.id, at.bot.arrived[1]?.id);
  });

  it('tells the person when the bot gave no proper answer to a click, and keeps the card', async () => {
    const messageId = await cardInChat();
    const broken: readonly { status: number; json?: unknown }[] = [
      { status: 500 },
      { status: 501 },
      { status: 200 },
      { status: 200, json: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: 'no card' } },
      { status: 200, json: [] },
    ];
    for (const answer of broken) {
      at.bot.answer = () => answer;
      assert.equal((await press({ messageId, verb: 'v' })).answer, 'error');
      const [message] = await at.seenBy(TESS);
      assert.equal(message?.notice?.text, 'Unable to reach app. Please try again.');
      assert.deepEqual(message.card, card('a card'));
    }
  });

  it('shows the text of a message answer and of an error answer under the card', async () => {
    const messageId = await cardInChat();
    const typed = (type: string, statusCode: number, value: unknown) => () => ({
      status: 200,
      json: { statusCode, type: `application/vnd.microsoft.${type}`, value },
    });
    at.bot.answer = typed('activity.message', 200, 'Noted.');
    assert.equal((await press({ messageId, verb: 'v' })).answer, 'message');
    assert.deepEqual((await at.seenBy(TESS))[0]?.notice, { kind: 'info', text: 'Noted.' });
    at.bot.answer = typed('error', 400, { code: 'BadRequest', message: 'Not like that.' });
    assert.equal((await press({ messageId, verb: 'v' })).answer, 'error');
    assert.deepEqual((await at.seenBy(TESS))[0]?.notice, { kind: 'error', text: 'Not like that.' });
  });

  it('installs the app for everybody who has it: the bot hears of each of them', async () => {
    await at.teams.installForAll();
    const installs = at.bot.arrived.filter((activity) => activity.type === 'installationUpdate');
    assert.deepEqual(
      installs.map((activity) => activity.from.aadObjectId),
      [TESS, LENA],
    );
  });

  it('refuses what no client would send, and says why', async () => {
    const cases: readonly [string, string, unknown, number][] = [
      ['POST', `/teams/chats/${TESS}/messages`, {}, 400],
      ['POST', `/teams/chats/${TESS}/messages`, { text: 'x'.repeat(4001) }, 400],
      ['POST', `/teams/chats/${TESS}/messages`, '{"text":', 400],
      ['POST', `/teams/chats/${TESS}/messages`, `{"text":"${'x'.repeat(300_000)}"}`, 413],
      ['POST', `/teams/chats/${TESS}/presses`, { messageId: '1', surprise: true }, 400],
      ['POST', `/teams/chats/00000000-0000-4000-8000-000000000000/messages`, { text: 'x' }, 404],
      ['PUT', `/teams/chats/${TESS}/fault`, { kind: 'meteor' }, 400],
      ['DELETE', `/teams/cast`, undefined, 405],
      ['GET', `/page/..%2fstart.ts`, undefined, 404],
      ['GET', `/_control/../v1.0/users`, undefined, 404],
    ];
    for (const [method, path, body, status] of cases) {
      const response = await at.call(method, path, body);
      assert.equal(response.status, status, `${method} ${path}`);
      assert.equal(typeof ((await response.json()) as { error: { message: string } }).error.message, 'string');
    }
    const notJson = await at.call('POST', `/teams/chats/${TESS}/messages`, 'text=x', { 'content-type': 'text/plain' });
    assert.equal(notJson.status, 415);
    assert.deepEqual(at.bot.arrived, []);
  });

  it('streams a chat whole at first, then each change, and only the chats asked for', async () => {
    await at.call('POST', `/teams/chats/${TESS}/messages`, { text: 'first' });
    const stream = await at.call('GET', `/teams/events?people=${TESS}`);
    const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const until = async (needle: string): Promise<void> => {
      while (!text.includes(needle)) {
        const { value, done } = await reader.read();
        assert.equal(done, false, `the stream ended before: ${needle}`);
        text += value;
      }
    };
    await until('event: chat');
    await until('first');
    await at.call('POST', `/teams/chats/${LENA}/messages`, { text: 'not for this page' });
    await at.call('POST', `/teams/chats/${TESS}/messages`, { text: 'second' });
    await until('second');
    at.ledger.push({ seq: 1, at: 0, code: 'case.opened', actor: TESS, about: LENA, caseId: 1, detail: {} });
    await until('case.opened');
    await at.call('PUT', `/teams/chats/${TESS}/reach`, { reach: 'blocked' });
    await until('event: reach');
    await until('"reach":"blocked"');
    assert.ok(!text.includes('not for this page'));
    await reader.cancel();
  });
});
