// The body of a request, read without a server: only plain JSON, within limits of size, depth and time.
import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import { readJsonBody } from '../../src/teams/json-body.ts';

const LIMITS = { maxBytes: 100, maxDepth: 3, maxMilliseconds: 5_000 };
const JSON_TYPE = { 'content-type': 'application/json' };

const incoming = (headers: Readonly<Record<string, string>> = JSON_TYPE): PassThrough & IncomingMessage =>
  Object.assign(new PassThrough(), { headers }) as never;

/** What is read of these pieces, in short. */
async function read(
  pieces: readonly (string | Buffer)[],
  headers?: Readonly<Record<string, string>>,
): Promise<unknown> {
  const request = incoming(headers);
  const reading = readJsonBody(request, LIMITS);
  for (const piece of pieces) request.write(piece);
  request.end();
  const answer = await reading;
  return answer.kind === 'read' ? answer.body : `${answer.status} ${answer.code}`;
}
const sized = (bytes: number): string => `{"a":"${'x'.repeat(bytes - 8)}"}`;

describe('A body', () => {
  it('is JSON in UTF-8 and says so', async () => {
    for (const type of [
      'application/json',
      'application/json; charset=utf-8',
      'APPLICATION/JSON;charset="UTF-8"',
      'application/json ; charset=utf-8 ',
    ]) {
      assert.deepEqual(await read(['{"a":1}'], { 'content-type': type }), { a: 1 }, type);
    }
    for (const type of [
      ...['', 'text/plain', 'xapplication/json', 'application/jsonx', 'application/json; charset=utf-16'],
      ...['application/json; boundary=x', 'text/plain, application/json', 'application/json, text/plain'],
    ]) {
      assert.equal(await read(['{"a":1}'], { 'content-type': type }), '415 not-json', type);
    }
    assert.equal(await read(['{"a":1}'], {}), '415 not-json');
  });

  it('is not packed', async () => {
    const packed = (how: string) => ({ ...JSON_TYPE, 'content-encoding': how });
    assert.deepEqual(await read(['{"a":1}'], packed('IDENTITY')), { a: 1 });
    assert.equal(await read(['{"a":1}'], packed('gzip')), '415 encoded-body');
    assert.equal(await read(['{"a":1}'], packed('')), '415 encoded-body');
  });

  it('may come in pieces, also in the middle of a character', async () => {
    const bytes = Buffer.from('{"a":"é"}');
    assert.deepEqual(await read([bytes.subarray(0, 7), bytes.subarray(7)]), { a: 'é' });
  });

  it('may be as large as the limit and no larger, whatever it says about its length', async () => {
    assert.equal(typeof (await read([sized(100)])), 'object');
    assert.equal(await read([sized(101)]), '413 body-too-large');
    assert.equal(await read([sized(101)], { ...JSON_TYPE, 'content-length': '5' }), '413 body-too-large');
    assert.equal(await read([sized(60), ' '.repeat(60)]), '413 body-too-large');
    assert.equal(await read([' '.repeat(799)]), '413 body-too-large');
  });

  it('is not waited for when it says that it is far too large, nor once it is', async () => {
    const announced = incoming({ ...JSON_TYPE, 'content-length': '801' });
    assert.deepEqual(await readJsonBody(announced, LIMITS), { kind: 'unread', status: 413, code: 'body-too-large' });
    assert.deepEqual(await read(['{"a":1}'], { ...JSON_TYPE, 'content-length': '800' }), { a: 1 });
    const endless = incoming();
    const reading = readJsonBody(endless, LIMITS);
    endless.write('x'.repeat(801));
    assert.deepEqual(await reading, { kind: 'unread', status: 413, code: 'body-too-large' });
    for (const event of ['data', 'end', 'close', 'error']) {
      assert.ok(
        endless.listenerCount(event) <= incoming().listenerCount(event),
        `nobody listens for ${event} any more`,
      );
    }
  });

  it('is an object, no deeper than the limit', async () => {
    assert.deepEqual(await read(['{"a":{"b":{}}}']), { a: { b: {} } });
    assert.deepEqual(await read(['{"a":[[1,null,"x",true]]}']), { a: [[1, null, 'x', true]] });
    assert.equal(await read(['{"a":{"b":{"c":{}}}}']), '400 unsound-json');
    assert.equal(await read(['{"a":[1,[[]]]}']), '400 unsound-json');
    for (const text of ['null', '[]', '7', '"a"', 'true']) assert.equal(await read([text]), '400 not-an-object', text);
    for (const text of ['', '{', '{"a":1}x']) assert.equal(await read([text]), '400 malformed-json', text);
    assert.equal(await read([Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])]), '400 malformed-json');
  });

  it('poisons no object, however deep the key is', async () => {
    for (const text of ['{"__proto__":1}', '{"a":[{"__proto__":{}}]}', '{"a":1,"b":{"\\u005f_proto__":null}}']) {
      assert.equal(await read([text]), '400 unsound-json', text);
    }
  });

  it('that is cut off is refused, and so is one that fails on its way', async () => {
    for (const error of [undefined, new Error('reset')]) {
      const request = incoming();
      const reading = readJsonBody(request, LIMITS);
      request.write('{"a":');
      request.destroy(error);
      assert.deepEqual(await reading, { kind: 'unread', status: 400, code: 'body-cut-off' });
    }
  });
});
