/** The server that publishes the channel's signing keys, on loopback. It answers as the test says, also badly or not at all. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const ISSUER = 'https://api.botframework.com';

/** One answer. `ordinary` gives the one that an honest server would give. */
type KeyServerAnswer = (response: ServerResponse, ordinary: () => void) => void;

export interface KeyServer {
  readonly metadataUrl: string;
  /** The paths that were asked for, in order: one read is `/openid` and then `/keys`. */
  readonly asked: string[];
  /** What is published, changeable in a test. */
  keys: readonly unknown[];
  /** How it answers for the metadata and for the keys, changeable in a test. */
  onMetadata: KeyServerAnswer;
  onKeys: KeyServerAnswer;
  close(): Promise<void>;
}

const honest: KeyServerAnswer = (_response, ordinary) => ordinary();

/** Never answers. */
export const hangs: KeyServerAnswer = () => undefined;

/** Answers with this. */
export const says =
  (status: number, text: string, headers: Record<string, string> = {}): KeyServerAnswer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(text);
  };

export async function startKeyServer(keys: readonly unknown[]): Promise<KeyServer> {
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    published.asked.push(path);
    const body = path === '/keys' ? { keys: published.keys } : { issuer: ISSUER, jwks_uri: `${origin}/keys` };
    const ordinary = (): void => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(body));
    };
    const answer = path === '/keys' ? published.onKeys : published.onMetadata;
    answer(response, ordinary);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const published: KeyServer = {
    metadataUrl: `${origin}/openid`,
    asked: [],
    keys,
    onMetadata: honest,
    onKeys: honest,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return published;
}
