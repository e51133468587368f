import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { Harness } from './harness.ts';
import { openHarness, post, messageActivity } from './harness.ts';

describe('the body of a request', () => {
  let harness: Harness;
  before(async () => (harness = await openHarness()));
  after(() => harness.close());

  const refused = async (bytes: string | Buffer, headers: Record<string, string>, status: number, code: string) => {
    const answer = await post(harness.origin, bytes, headers);
    assert.deepEqual([answer.status, answer.body], [status, { error: { code } }]);
    assert.deepEqual(harness.casework.turns, []);
  };
  const help = (): string => JSON.stringify(messageActivity(harness, 'help'));

  it('is refused when it is packed: a gzip bomb is not opened', async () => {
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024, ' '));
    for (const encoding of ['gzip', 'deflate', 'br', 'zstd', 'gzip, identity', 'x']) {
      await refused(bomb, { 'content-encoding': encoding }, 415, 'encoded-body');
    }
  });

  it('is refused when it is a form or an upload: nothing is written to disk', async () => {
    const upload = '--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\ndata\r\n--x--\r\n';
    await refused(upload, { 'content-type': 'multipart/form-data; boundary=x' }, 415, 'not-json');
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'application/json-patch+json', '']) {
      await refused(help(), { 'content-type': type }, 415, 'not-json');
    }
    await refused(help(), { 'content-type': 'application/json; charset=utf-16' }, 415, 'not-json');
  });

  it('is refused when it is large, whether it says so or not', async () => {
    const large = JSON.stringify({ ...messageActivity(harness, 'help'), padding: 'x'.repeat(1024 * 1024) });
    await refused(large, {}, 413, 'body-too-large');
    await refused(large, { 'transfer-encoding': 'chunked' }, 413, 'body-too-large');
  });

  const nested = (depth: number): string => `{"type":"message","value":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  const unsound: readonly (readonly [string, string | Buffer, string])[] = [
    ['empty', '', 'malformed-json'],
    ['half', '{"type":', 'malformed-json'],
    ['a list', '[]', 'not-an-object'],
    ['a number', '7', 'not-an-object'],
    ['null', 'null', 'not-an-object'],
    ['not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 'malformed-json'],
    ['nested 40 deep', nested(40), 'unsound-json'],
    ['nested 100,000 deep', nested(100_000), 'unsound-json'],
    ['poisoned on top', '{"type":"message","__proto__":{"from":{"id":"x"}}}', 'unsound-json'],
    ['poisoned inside', '{"type":"invoke","value":{"action":{"data":{"__proto__":{"v":1}}}}}', 'unsound-json'],
    ['poisoned in a list', '{"type":"message","entities":[{"__proto__":{}}]}', 'unsound-json'],
    ['poisoned with an escape', '{"type":"message","\\u005f_proto__":{}}', 'unsound-json'],
  ];
  for (const [name, bytes, code] of unsound) {
    it(`is refused when it is ${name}`, () => refused(bytes, {}, 400, code));
  }

  it('never makes the server fail, whatever JSON it is', async () => {
    const known = fc.constantFrom(
      'type',
      'from',
      'conversation',
      'value',
      'text',
      'channelData',
      'entities',
      'id',
      'name',
    );
    const base = JSON.parse(help()) as Record<string, unknown>;
    await fc.assert(
      fc.asyncProperty(fc.dictionary(known, fc.jsonValue({ maxDepth: 4 })), async (fields) => {
        const { status } = await harness.post({ ...base, id: 'fuzz', ...fields });
        assert.ok(status === 200 || status === 400, String(status));
      }),
      { numRuns: 300 },
    );
    await fc.assert(
      fc.asyncProperty(fc.json(), async (text) => {
        assert.ok([400, 403].includes((await post(harness.origin, text)).status));
      }),
      { numRuns: 200 },
    );
    harness.casework.turns.length = 0;
  });
});
