import assert from 'node:assert/strict';
import { request } from 'node:http';
import { chatOf, mriOf } from '../../demo/teams/members.ts';
import { card, cardAnswer } from './fake-bot.ts';
import { LENA, type Practice, startPractice, TENANT, TESS } from './practice-teams.ts';

const attached = (title: string): unknown => ({
  type: 'message',
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card(title) }],
});
const chat = (id: string): string => `/${encodeURIComponent(chatOf(id))}`;
const codeOf = async (response: Response): Promise<string> =>
  ((await response.json()) as { error: { code: string } }).error.code;

describe('the emulated Teams, seen from the bot', () => {
  let at: Practice;
  const send = async (to: string, title: string): Promise<string> => {
    const response = await at.connector('POST', `${chat(to)}/activities`, attached(title));
    assert.equal(response.status, 201);
    return ((await response.json()) as { id: string }).id;
  };

  beforeEach(async () => {
    at = await startPractice();
  });
  afterEach(() => at.close());

  it('shows a message only in the chat of the person it was sent to', async () => {
    await send(TESS, 'for Tess');
    assert.equal((await at.seenBy(TESS)).length, 1);
    assert.deepEqual(await at.seenBy(LENA), []);
  });

  it('replaces a card in place when the bot edits it', async () => {
    const id = await send(TESS, 'before');
    const edited = await at.connector('PUT', `${chat(TESS)}/activities/${id}`, attached('after'));
    assert.equal(edited.status, 200);
    const [message, ...rest] = await at.seenBy(TESS);
    assert.deepEqual(rest, []);
    assert.deepEqual(message?.card, card('after'));
    assert.equal(message.standing, 'edited');
  });

  it('shows the answer to a click to the clicker until the bot edits the card', async () => {
    const id = await send(TESS, 'press me');
    at.bot.answer = () => cardAnswer(card('the pass'));
    await at.call('POST', `/teams/chats/${TESS}/presses`, { messageId: id, verb: 'issue-pass', data: { case: 1 } });
    const [pressed] = await at.seenBy(TESS);
    assert.deepEqual(pressed?.card, card('the pass'));
    assert.equal(pressed.standing, 'private');
    await at.connector('PUT', `${chat(TESS)}/activities/${id}`, attached('moved on'));
    const [edited] = await at.seenBy(TESS);
    assert.deepEqual(edited?.card, card('moved on'));
  });

  it('deletes a message for good: it can neither be edited nor deleted again', async () => {
    const id = await send(TESS, 'gone soon');
    const path = `${chat(TESS)}/activities/${id}`;
    assert.equal((await at.connector('DELETE', path)).status, 200);
    assert.equal((await at.seenBy(TESS))[0]?.card, null);
    const again = await at.connector('DELETE', path);
    assert.equal(again.status, 404);
    assert.equal(await codeOf(again), 'ActivityNotFoundInConversation');
    assert.equal((await at.connector('PUT', path, attached('back'))).status, 404);
  });

  it('does not let the bot edit what a person wrote', async () => {
    await at.call('POST', `/teams/chats/${TESS}/messages`, { text: 'my own words' });
    const [own] = await at.seenBy(TESS);
    const edit = await at.connector('PUT', `${chat(TESS)}/activities/${own?.id ?? ''}`, attached('not yours'));
    assert.equal(edit.status, 404);
  });

  it('opens the same personal chat by MRI and by Entra object id', async () => {
    for (const id of [mriOf(LENA), LENA]) {
      const opened = await at.connector('POST', '', { isGroup: false, bot: { id: '28:x' }, members: [{ id }] });
      assert.equal(opened.status, 201);
      assert.deepEqual(await opened.json(), { id: chatOf(LENA) });
    }
  });

  it('says who is in the chat', async () => {
    const one = await at.connector('GET', `${chat(TESS)}/members/${encodeURIComponent(mriOf(TESS))}`);
    const member = (await one.json()) as { aadObjectId: string; tenantId: string };
    assert.equal(member.aadObjectId, TESS);
    assert.equal(member.tenantId, TENANT);
    const other = await at.connector('GET', `${chat(TESS)}/members/${encodeURIComponent(mriOf(LENA))}`);
    assert.equal(await codeOf(other), 'MemberNotFoundInConversation');
  });

  it('refuses the bot where the app is not installed', async () => {
    await at.call('POST', `/teams/chats/${LENA}/installation`, { action: 'remove' });
    const response = await at.connector('POST', `${chat(LENA)}/activities`, attached('hello'));
    assert.equal(response.status, 403);
    assert.equal(await codeOf(response), 'BotNotInConversationRoster');
    await at.call('POST', `/teams/chats/${LENA}/installation`, { action: 'add' });
    await send(LENA, 'hello again');
  });

  it('refuses the bot where it is blocked, and does not tell it so', async () => {
    const set = (reach: string) => at.call('PUT', `/teams/chats/${LENA}/reach`, { reach });
    assert.equal((await set('blocked')).status, 200);
    const response = await at.connector('POST', `${chat(LENA)}/activities`, attached('hello'));
    assert.equal(response.status, 403);
    assert.equal(await codeOf(response), 'ConversationBlockedByUser');
    const written = await at.call('POST', `/teams/chats/${LENA}/messages`, { text: 'help' });
    assert.deepEqual([written.status, await codeOf(written)], [409, 'Blocked']);
    assert.deepEqual(at.bot.arrived, []);
    await set('has-app');
    await send(LENA, 'hello again');
    assert.equal((await set('asleep')).status, 400);
  });

  it('installs the app once where it is missing: the bot is told of the new chat, and can write to it', async () => {
    await at.call('PUT', `/teams/chats/${LENA}/reach`, { reach: 'no-app' });
    assert.equal((await at.connector('POST', `${chat(LENA)}/activities`, attached('hello'))).status, 403);
    const heard = (): string[] => at.bot.arrived.filter((one) => one.from.aadObjectId === LENA).map(({ type }) => type);
    assert.deepEqual(heard(), ['installationUpdate'], 'taken away');
    for (let time = 0; time < 2; time += 1) await at.teams.appInstalled(LENA);
    assert.deepEqual(heard().slice(1), ['installationUpdate', 'conversationUpdate']);
    await send(LENA, 'hello');
  });

  it('keeps a block when the app is installed, and does not invent people', async () => {
    await at.call('PUT', `/teams/chats/${LENA}/reach`, { reach: 'blocked' });
    await at.teams.appInstalled(LENA);
    await at.teams.appInstalled('00000000-0000-4000-8000-000000000000');
    assert.deepEqual(at.bot.arrived, []);
    const standing = (await (await at.call('GET', `/teams/chats/${LENA}`)).json()) as { reach: string };
    assert.equal(standing.reach, 'blocked');
  });

  it('fails exactly as it was set to, and as often', async () => {
    const asTold: readonly [string, number, string][] = [
      ['blocked-by-user', 403, 'ConversationBlockedByUser'],
      ['disabled-by-admin', 403, 'BotDisabledByAdmin'],
      ['conversation-not-found', 404, 'ConversationNotFound'],
      ['precondition-failed', 412, 'PreconditionFailed'],
      ['throttled', 429, 'Throttled'],
      ['throttled-without-hint', 429, 'Throttled'],
      ['service-error', 500, 'ServiceError'],
      ['bad-gateway', 502, 'ServiceError'],
      ['unavailable', 503, 'ServiceUnavailable'],
    ];
    for (const [kind, status, code] of asTold) {
      await at.call('PUT', `/teams/chats/${TESS}/fault`, { kind, times: 1, retryAfterSeconds: 7 });
      const response = await at.connector('POST', `${chat(TESS)}/activities`, attached('x'));
      assert.equal(response.status, status, kind);
      assert.equal(response.headers.get('retry-after'), kind === 'throttled' ? '7' : null);
      assert.equal(await codeOf(response), code);
      await send(TESS, 'works again');
    }
  });

  it('lets a fault strike one operation and one person only', async () => {
    const id = await send(TESS, 'x');
    await at.call('PUT', `/teams/chats/${TESS}/fault`, { kind: 'service-error', on: 'replace' });
    assert.equal((await at.connector('PUT', `${chat(TESS)}/activities/${id}`, attached('y'))).status, 500);
    await send(TESS, 'sending works');
    await send(LENA, 'so does Lena');
    await at.call('DELETE', `/teams/chats/${TESS}/fault`);
    assert.equal((await at.connector('PUT', `${chat(TESS)}/activities/${id}`, attached('y'))).status, 200);
  });

  it('never answers when it is set to hang, and lets go when the bot gives up', async () => {
    await at.call('PUT', `/teams/chats/${TESS}/fault`, { kind: 'hang', times: 1 });
    const patience = new AbortController();
    const hanging = fetch(`${at.teams.serviceUrl}/v3/conversations${chat(TESS)}/activities`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(attached('x')),
      signal: patience.signal,
    });
    const struck = async (): Promise<boolean> => {
      const standing = await (await at.call('GET', `/teams/chats/${TESS}`)).json();
      return (standing as { fault: unknown }).fault === null;
    };
    while (!(await struck()));
    patience.abort();
    await assert.rejects(hanging, { name: 'AbortError' });
  });

  it('refuses a message above the size Teams takes', async () => {
    const big = { type: 'message', text: 'x'.repeat(60_000) };
    const response = await at.connector('POST', `${chat(TESS)}/activities`, big);
    assert.equal(response.status, 413);
    assert.equal(await codeOf(response), 'MessageSizeTooBig');
  });

  it('refuses a foreign host name and a foreign web page', async () => {
    const strange = await at.call(
      'POST',
      `/teams/chats/${TESS}/messages`,
      { text: 'x' },
      { origin: 'https://evil.example' },
    );
    assert.equal(strange.status, 403);
    const rebound = await new Promise<number | undefined>((resolve, reject) => {
      const call = request(`${at.teams.origin}/teams/cast`, { headers: { host: 'evil.example' } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      call.on('error', reject).end();
    });
    assert.equal(rebound, 403);
    assert.deepEqual(at.bot.arrived, []);
  });
});
