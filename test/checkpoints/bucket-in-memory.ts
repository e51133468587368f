/**
 * A stand-in for S3, over HTTP, for what the bot uses of it: create-only objects under a lock, lists, reads. It is not S3: it looks
 * whether a request bears what S3 demands, checks the checksum of what it is sent, and refuses what S3 refuses. It does not verify
 * signatures.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An object, with the lock that it was created under. */
export interface Locked {
  readonly text: string;
  readonly mode: string;
  readonly until: Date;
}

export interface BucketInMemory {
  readonly endpoint: string;
  readonly bucket: string;
  readonly objects: ReadonlyMap<string, Locked>;
  /** Puts something there past the protocol, as whoever owns the storage could. */
  plant(key: string, object: Locked): void;
  /** What S3 answers with to everything, until it is `null` again. */
  failWith(status: number | null): void;
  close(): Promise<void>;
}

type Answer = readonly [status: number, body: string];

const error = (status: number, code: string): Answer => [status, `<Error><Code>${code}</Code></Error>`];

/** Starts it. `locking`: whether the bucket was made with Object Lock. */
export async function startBucket({ locking = true } = {}): Promise<BucketInMemory> {
  const bucket = 'hardline-checkpoints';
  const objects = new Map<string, Locked>();
  let failing: number | null = null;

  const put = (key: string, text: string, { headers }: IncomingMessage): Answer => {
    const header = (name: string): string => String(headers[name] ?? '');
    const sum = createHash('sha256').update(text).digest('base64');
    if (header('x-amz-checksum-sha256') !== sum) return error(400, 'BadDigest');
    const mode = header('x-amz-object-lock-mode');
    const until = new Date(header('x-amz-object-lock-retain-until-date'));
    if (mode !== '' && !locking) return error(400, 'InvalidRequest');
    if (Number.isNaN(until.getTime())) return error(400, 'InvalidArgument');
    if (header('if-none-match') === '*' && objects.has(key)) return error(412, 'PreconditionFailed');
    objects.set(key, { text, mode, until });
    return [200, ''];
  };

  const list = (query: URLSearchParams): Answer => {
    const prefix = query.get('prefix') ?? '';
    const most = Number(query.get('max-keys') ?? 1000);
    const keys = [...objects.keys()].sort().filter((key) => key.startsWith(prefix));
    const split = query.get('delimiter') ?? '';
    const folders = new Set(keys.map((key) => prefix + (key.slice(prefix.length).split('/')[0] ?? '') + split));
    const found =
      split === ''
        ? keys.slice(0, most).map((key) => `<Contents><Key>${key}</Key></Contents>`)
        : [...folders].map((one) => `<CommonPrefixes><Prefix>${one}</Prefix></CommonPrefixes>`);
    return [200, `<ListBucketResult>${found.join('')}</ListBucketResult>`];
  };

  const answer = (request: IncomingMessage, body: string): Answer => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://s3');
    const [, of = '', ...rest] = decodeURIComponent(pathname).split('/');
    const key = rest.join('/');
    if (failing !== null) return error(failing, 'ServiceUnavailable');
    if (!/^AWS4-HMAC-SHA256 Credential=.+Signature=[\da-f]{64}$/.test(request.headers.authorization ?? ''))
      return error(403, 'AccessDenied');
    if (of !== bucket) return error(404, 'NoSuchBucket');
    if (request.method === 'PUT') return put(key, body, request);
    if (request.method !== 'GET') return error(403, 'AccessDenied'); // nothing is ever deleted
    if (key === '') return list(searchParams);
    const found = objects.get(key);
    return found === undefined ? error(404, 'NoSuchKey') : [200, found.text];
  };

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const [status, text] = answer(request, body);
    response.writeHead(status, { 'content-type': 'application/xml' }).end(text);
  };
  const server = createServer((request, response) => void respond(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bucket,
    objects,
    plant: (key, object) => void objects.set(key, object),
    failWith: (status) => void (failing = status),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
