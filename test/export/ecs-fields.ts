/**
 * What the Elastic Common Schema 9.4.0 says of the fields that we use: type, and whether it is always a list. Facts taken from
 * `generated/csv/fields.csv` and `schemas/event.yml` of elastic/ecs at tag v9.4.0 (Apache License 2.0, Elasticsearch B.V.).
 */
type Type = 'date' | 'keyword' | 'long' | 'match_only_text' | 'object';

const FIELDS: Readonly<Record<string, { readonly type: Type; readonly list?: true }>> = {
  '@timestamp': { type: 'date' },
  message: { type: 'match_only_text' },
  labels: { type: 'object' },
  'ecs.version': { type: 'keyword' },
  'event.kind': { type: 'keyword' },
  'event.category': { type: 'keyword', list: true },
  'event.type': { type: 'keyword', list: true },
  'event.outcome': { type: 'keyword' },
  'event.action': { type: 'keyword' },
  'event.code': { type: 'keyword' },
  'event.id': { type: 'keyword' },
  'event.sequence': { type: 'long' },
  'event.severity': { type: 'long' },
  'event.hash': { type: 'keyword' },
  'event.module': { type: 'keyword' },
  'event.dataset': { type: 'keyword' },
  'event.provider': { type: 'keyword' },
  'service.name': { type: 'keyword' },
  'service.version': { type: 'keyword' },
  'user.id': { type: 'keyword' },
  'user.target.id': { type: 'keyword' },
  'related.user': { type: 'keyword', list: true },
};

const KINDS = ['alert', 'asset', 'enrichment', 'event', 'metric', 'state', 'pipeline_error'];
const OUTCOMES = ['failure', 'success', 'unknown'];

/** The categories we use, each with the types that ECS expects beside it. */
const EXPECTED_TYPES: Readonly<Record<string, readonly string[]>> = {
  api: 'access admin allowed change creation deletion denied end info start user'.split(' '),
  configuration: 'access change creation deletion info'.split(' '),
  database: 'access change info error'.split(' '),
  iam: 'admin change creation deletion group info user'.split(' '),
  intrusion_detection: 'allowed denied info'.split(' '),
  process: 'access change end info start'.split(' '),
  session: 'start end info'.split(' '),
};

/** Lucene keeps no keyword longer than this, in bytes; Elasticsearch's own mapping of ECS ignores text beyond 1024 characters. */
const LONGEST_KEYWORD = 1024;

const isText = (value: unknown): value is string => typeof value === 'string';

function fitsType(value: unknown, type: Type): boolean {
  if (type === 'long') return Number.isSafeInteger(value);
  if (type === 'date') return isText(value) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return isText(value) && (type !== 'keyword' || value.length <= LONGEST_KEYWORD);
}

/** The document as names with dots; `labels` stays whole. */
function flatten(value: object, path = ''): readonly (readonly [string, unknown])[] {
  return Object.entries(value).flatMap(([name, inside]: [string, unknown]) => {
    const full = path === '' ? name : `${path}.${name}`;
    const deeper = typeof inside === 'object' && inside !== null && !Array.isArray(inside) && full !== 'labels';
    return deeper ? flatten(inside, full) : [[full, inside] as const];
  });
}

/** What in a document ECS does not allow. Nothing: it fits. */
export function againstEcs(document: object): readonly string[] {
  const wrong: string[] = [];
  const fields = new Map(flatten(document));
  for (const [name, value] of fields) {
    if (name.startsWith('hardline.')) continue; // ours; ECS has no field for it
    const field = FIELDS[name];
    if (field === undefined) wrong.push(`${name} is no field of ECS`);
    else if (field.list === true && !Array.isArray(value)) wrong.push(`${name} is not a list`);
    else if (!(field.list === true ? (value as unknown[]) : [value]).every((one) => fitsType(one, field.type)))
      wrong.push(`${name} is no ${field.type}`);
  }
  for (const needed of ['@timestamp', 'ecs.version', 'event.kind', 'event.category', 'event.type']) {
    if (!fields.has(needed)) wrong.push(`${needed} is missing`);
  }
  if (!KINDS.includes(String(fields.get('event.kind')))) wrong.push('event.kind has no such value');
  if (!OUTCOMES.includes(String(fields.get('event.outcome')))) wrong.push('event.outcome has no such value');
  const categories = [fields.get('event.category')].flat().map(String);
  const expected = new Set(categories.flatMap((one) => EXPECTED_TYPES[one] ?? []));
  if (!categories.every((one) => one in EXPECTED_TYPES)) wrong.push('event.category has no such value');
  for (const type of [fields.get('event.type')].flat().map(String)) {
    if (!expected.has(type)) wrong.push(`event.type ${type} is not expected with ${categories.join(', ')}`);
  }
  for (const [name, value] of Object.entries(fields.get('labels') as object)) {
    if (![value].flat().every((one) => isText(one))) wrong.push(`label ${name} is no keyword`);
  }
  return wrong;
}
