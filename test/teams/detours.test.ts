/** Other ways to write the address of the bot. A filter in front of it may know only the right one. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Harness } from './harness.ts';
import { messageActivity, openHarness } from './harness.ts';

describe('the address of the bot', () => {
  let harness: Harness;
  before(async () => (harness = await openHarness()));
  after(() => harness.close());

  /** Sends raw bytes and gives back the first bytes of the answer: a client library would tidy up the address. */
  const raw = async (bytes: string): Promise<string> => {
    const { hostname, port } = new URL(harness.origin);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    socket.write(bytes);
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    return chunk.toString('latin1');
  };

  const DETOURS = [
    '/x/../api/messages',
    '/api/./messages',
    '/api/x/../messages',
    '//api/messages',
    '/api//messages',
    '/api/messages/',
    '/api/messages/.',
    '/API/MESSAGES',
    '/%61pi/messages',
    '/x/%2e%2e/api/messages',
    '/api%2Fmessages',
    '/api/messages;x',
    '\\api\\messages',
    'http://127.0.0.1/x/../api/messages',
  ];
  for (const target of DETOURS) {
    it(`does not take a message to ${target}, which a proxy in front may let through`, async () => {
      const before = harness.casework.turns.length;
      const body = JSON.stringify(messageActivity(harness, 'help'));
      const headers = `Host: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}`;
      const answer = await raw(`POST ${target} HTTP/1.1\r\n${headers}\r\n\r\n${body}`);
      assert.match(answer, /^HTTP\/1\.1 40[04] /);
      assert.equal(harness.casework.turns.length, before);
    });
  }

  it('takes it as it is written, with or without a query', async () => {
    for (const target of ['/api/messages', '/api/messages?from=proxy']) {
      const body = JSON.stringify({ ...messageActivity(harness, 'help'), id: target });
      const headers = `Host: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}`;
      assert.match(await raw(`POST ${target} HTTP/1.1\r\n${headers}\r\n\r\n${body}`), /^HTTP\/1\.1 200 /);
    }
    assert.equal(harness.casework.turns.length, 2);
  });
});
