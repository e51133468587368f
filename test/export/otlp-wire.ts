/**
 * Reads requests of OTLP as a collector does, in both encodings, after opentelemetry/proto/logs/v1/logs.proto. Shares nothing
 * with the code that writes. A field that the protocol does not have is an error.
 */
import assert from 'node:assert/strict';

export interface LogRecord {
  readonly uid: string;
  readonly seq: number;
  readonly hash: string;
  readonly code: string;
  readonly severityNumber: number;
  readonly timeUnixNano: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
}

type Value = string | number | boolean;

interface Plain {
  time: string;
  severityNumber: number;
  eventName: string;
  body: Value;
  attributes: Record<string, Value>;
}

function recordFrom({ time, severityNumber, eventName, body, attributes }: Plain): LogRecord {
  assert.match(time, /^\d{19}$/, 'nanoseconds');
  assert.ok(severityNumber >= 1 && severityNumber <= 24, 'a severity of OpenTelemetry');
  assert.equal(attributes['hardline.code'], eventName);
  return {
    uid: String(attributes['log.record.uid']),
    seq: Number(attributes['hardline.seq']),
    hash: String(attributes['hardline.hash']),
    code: eventName,
    severityNumber,
    timeUnixNano: time,
    body: String(body),
    attributes,
  };
}

// --- JSON -------------------------------------------------------------------------------------------------------------------

type Json = Readonly<Record<string, unknown>>;

function only(object: Json, names: string): Json {
  for (const name of Object.keys(object)) assert.ok(names.split(' ').includes(name), `${name} is no field of OTLP`);
  return object;
}

function valueOf(value: Json): Value {
  const [[kind, inside] = ['nothing', null], ...more] = Object.entries(only(value, 'stringValue intValue boolValue'));
  assert.deepEqual(more, []);
  if (kind === 'intValue') return Number(inside);
  return inside as Value;
}

export function readJson(body: Buffer): readonly LogRecord[] {
  const request = only(JSON.parse(body.toString('utf8')) as Json, 'resourceLogs');
  return (request['resourceLogs'] as Json[]).flatMap((resource) =>
    (only(resource, 'resource scopeLogs schemaUrl')['scopeLogs'] as Json[]).flatMap((scope) =>
      (only(scope, 'scope logRecords schemaUrl')['logRecords'] as Json[]).map((record) => {
        only(
          record,
          'timeUnixNano observedTimeUnixNano severityNumber severityText body eventName attributes droppedAttributesCount flags',
        );
        const attributes = (record['attributes'] as { key: string; value: Json }[]).map(({ key, value }) => [
          key,
          valueOf(value),
        ]);
        return recordFrom({
          time: String(record['timeUnixNano']),
          severityNumber: Number(record['severityNumber']),
          eventName: String(record['eventName']),
          body: valueOf(record['body'] as Json),
          attributes: Object.fromEntries(attributes) as Record<string, Value>,
        });
      }),
    ),
  );
}

// --- Protocol buffers -------------------------------------------------------------------------------------------------------

/** A message as its fields, by number: bytes, or a number. */
type Message = Map<number, (Buffer | bigint)[]>;

function varint(bytes: Buffer, from: number): readonly [bigint, number] {
  let value = 0n;
  for (let at = from, shift = 0n; ; at += 1, shift += 7n) {
    const byte = bytes[at];
    assert.ok(byte !== undefined, 'a number is cut off');
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return [value, at + 1];
  }
}

function message(bytes: Buffer, allowed: readonly number[]): Message {
  const fields: Message = new Map();
  for (let at = 0; at < bytes.length;) {
    const [tag, next] = varint(bytes, at);
    const field = Number(tag >> 3n);
    assert.ok(allowed.includes(field), `field ${field} is none of OTLP`);
    let value: Buffer | bigint;
    switch (Number(tag & 7n)) {
      case 0:
        [value, at] = varint(bytes, next);
        break;
      case 1:
        value = bytes.readBigUInt64LE(next);
        at = next + 8;
        break;
      case 2: {
        const [length, start] = varint(bytes, next);
        at = start + Number(length);
        assert.ok(at <= bytes.length, 'a field is cut off');
        value = bytes.subarray(start, at);
        break;
      }
      case 5:
        value = BigInt(bytes.readUInt32LE(next));
        at = next + 4;
        break;
      default:
        assert.fail('a wire type that OTLP does not use');
    }
    fields.set(field, [...(fields.get(field) ?? []), value]);
  }
  return fields;
}

const inside = (fields: Message, field: number): readonly Buffer[] => (fields.get(field) ?? []) as Buffer[];
const text = (fields: Message, field: number): string => inside(fields, field)[0]?.toString('utf8') ?? '';

/** AnyValue: 1 text, 2 yes or no, 3 a whole number. */
function anyValue(bytes: Buffer | undefined): Value {
  const [[field, [value]] = [0, [undefined]]] = message(bytes ?? Buffer.alloc(0), [1, 2, 3]);
  if (field === 1) return String(value);
  return field === 2 ? value !== 0n : Number(value);
}

export function readProtobuf(body: Buffer): readonly LogRecord[] {
  return inside(message(body, [1]), 1).flatMap((resource) =>
    inside(message(resource, [1, 2, 3]), 2).flatMap((scope) =>
      inside(message(scope, [1, 2, 3]), 2).map((bytes) => {
        const record = message(bytes, [1, 2, 3, 5, 6, 7, 8, 11, 12]);
        const attributes = inside(record, 6).map((pair) => {
          const keyValue = message(pair, [1, 2]);
          return [text(keyValue, 1), anyValue(inside(keyValue, 2)[0])] as const;
        });
        return recordFrom({
          time: String(record.get(1)?.[0]),
          severityNumber: Number(record.get(2)?.[0]),
          eventName: text(record, 12),
          body: anyValue(inside(record, 5)[0]),
          attributes: Object.fromEntries(attributes),
        });
      }),
    ),
  );
}
