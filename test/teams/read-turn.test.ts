import assert from 'node:assert/strict';
import { UNHURRIED } from '../unhurried.ts';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import type { IncomingMessage } from 'node:http';
import { InboundActivity } from '../../src/teams/inbound-activity.ts';
import { readJsonBody } from '../../src/teams/json-body.ts';
import {
  languageOf,
  MAX_MESSAGE_CHARACTERS,
  readExecuteAction,
  readMessage,
  readSubmitAction,
} from '../../src/teams/read-turn.ts';
import { describe as describeError } from '../../src/teams/turn-error.ts';
import { TESS } from './harness.ts';

const activity = (fields: Record<string, unknown>): InboundActivity =>
  InboundActivity.parse({
    type: 'message',
    id: 'x',
    channelId: 'msteams',
    from: { id: '29:tess', aadObjectId: TESS },
    recipient: { id: '28:bot' },
    conversation: { id: 'a:chat', conversationType: 'personal' },
    ...fields,
  });

describe('reading a turn', () => {
  it('takes the language from the first two letters of the locale', () => {
    const locales = ['de-DE', 'DE', 'pt_BR', 'fr', '', undefined, 'x', 'eng-US', '<script>', 'e1-US'];
    assert.deepEqual(locales.map(languageOf), ['de', 'de', 'pt', 'fr', 'en', 'en', 'en', 'en', 'en', 'en']);
  });

  it('cuts a very long message, and never leaves half a character behind', () => {
    const reading = readMessage(activity({ text: 'x'.repeat(MAX_MESSAGE_CHARACTERS - 1) + '😀 and more' }), UNHURRIED);
    assert.ok(reading.kind === 'read');
    assert.equal(reading.turn.text.length, MAX_MESSAGE_CHARACTERS);
    assert.equal(reading.turn.text.isWellFormed(), true);
  });

  it('reads an empty message when only an image was sent', () => {
    const reading = readMessage(activity({ attachments: [{ contentType: 'image/png' }] }), UNHURRIED);
    assert.equal(reading.kind === 'read' && reading.turn.text, '');
  });

  it('reads no name, no attachment, and no field that nobody asked for', () => {
    const { from, conversation, ...rest } = activity({
      from: { id: '29:tess', aadObjectId: TESS, name: 'Tess Lindqvist', role: 'skill' },
      conversation: { id: 'a:chat', name: 'Tess', conversationType: 'personal' },
      deliveryMode: 'expectReplies',
      callerId: 'urn:botframework:azure',
      relatesTo: { serviceUrl: 'https://evil.example' },
      attachments: [{ contentUrl: 'https://evil.example' }],
    });
    assert.doesNotMatch(JSON.stringify([from, conversation, rest]), /Lindqvist|"Tess"|skill|expectReplies|evil|urn:/);
  });

  it('needs an activity id to tell a second delivery from a first', () => {
    assert.deepEqual(readMessage(activity({ id: undefined, text: 'x' }), UNHURRIED), {
      kind: 'unread',
      why: 'no-activity-id',
    });
  });

  it('prefers the verb of the button to the one in its data, and hands the data on as it came', () => {
    const data = { verb: 'issue-pass', case: 1, v: 2, extra: ['kept'] };
    const reading = readExecuteAction(activity({ value: { action: { verb: 'go-back', data } } }), UNHURRIED);
    assert.ok(reading.kind === 'read');
    assert.deepEqual([reading.turn.verb, reading.turn.data], ['go-back', data]);
  });

  it('hands on a button without a verb, or with one that is too long, so that it is refused and recorded', () => {
    for (const value of [{}, null, 'issue-pass', { action: {} }, { action: { verb: 'x'.repeat(65), data: {} } }]) {
      const reading = readExecuteAction(activity({ value }), UNHURRIED);
      assert.ok(reading.kind === 'read');
      assert.deepEqual([reading.turn.verb, reading.turn.person], ['', TESS]);
    }
    const nobody = activity({ from: { id: '29:tess' }, value: {} });
    assert.deepEqual(readExecuteAction(nobody, UNHURRIED), { kind: 'unread', why: 'no-person' });
  });

  it('never fails on what a card sends, and keeps the person the channel vouched for', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        for (const reading of [
          readExecuteAction(activity({ value }), UNHURRIED),
          readSubmitAction(activity({ value }), UNHURRIED),
        ]) {
          assert.ok(reading.kind !== 'read' || reading.turn.person === TESS);
        }
        const inside = readExecuteAction(activity({ value: { action: { verb: 'done', data: value } } }), UNHURRIED);
        assert.ok(inside.kind === 'read');
        assert.equal(inside.turn.person, TESS);
      }),
    );
  });
});

describe('a body that does not come to its end', () => {
  const incoming = (): PassThrough & IncomingMessage =>
    Object.assign(new PassThrough(), { headers: { 'content-type': 'application/json' } }) as never;

  it('is abandoned when it is too slow', async () => {
    const request = incoming();
    request.write('{"type":');
    const limits = { maxBytes: 100, maxDepth: 5, maxMilliseconds: 5 };
    assert.deepEqual(await readJsonBody(request, limits), { kind: 'unread', status: 408, code: 'body-too-slow' });
  });

  it('is abandoned when the connection is cut', async () => {
    const request = incoming();
    const read = readJsonBody(request);
    request.write('{"type":');
    request.destroy();
    assert.deepEqual(await read, { kind: 'unread', status: 400, code: 'body-cut-off' });
  });
});

describe('what the log says about an error', () => {
  it('is its kind and place, and nothing of its message, not even lines that look like a place', () => {
    const error = new TypeError('Lena\n    at Hartmann (lena.ts:1:1)');
    const fields = describeError(error);
    assert.equal(fields['error'], 'TypeError');
    assert.match(fields['at'] ?? '', /read-turn\.test\.ts/);
    assert.doesNotMatch(JSON.stringify(fields), /Lena|Hartmann|lena/);
    assert.deepEqual(describeError('Lena'), { error: 'string' });
  });
});
