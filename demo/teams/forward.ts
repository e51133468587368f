/**
 * Passes requests on to the bot and to the emulated tenant, so that the whole demo has one address. Only two paths are
 * passed on, and only on this machine.
 */
import { type Answer, BadCall, type Call, type Route } from './http.ts';

/** A turn of the bot can take seconds, but never as long as this. */
const FORWARD_LIMIT_MS = 60_000;

async function passOn(call: Call, target: string): Promise<Answer> {
  const { method = 'GET' } = call.request;
  const carriesBody = method !== 'GET' && call.body !== undefined;
  let response: Response;
  try {
    response = await fetch(target, {
      method,
      headers: carriesBody ? { 'content-type': 'application/json; charset=utf-8' } : {},
      ...(carriesBody ? { body: JSON.stringify(call.body) } : {}),
      signal: AbortSignal.timeout(FORWARD_LIMIT_MS),
    });
  } catch (error) {
    throw new BadCall(502, 'NoAnswer', `The bot or the tenant did not answer: ${(error as Error).message}`);
  }
  const text = await response.text();
  call.response.writeHead(response.status, {
    'content-type': response.headers.get('content-type') ?? 'application/json',
    'cache-control': 'no-store',
  });
  call.response.end(text);
  return 'written';
}

/** `POST /api/messages` to the bot, `/_control/...` to the tenant. The origins are functions, because both may start later. */
export function forwardRoutes(origins: { bot: () => string; tenant: () => string }): readonly Route[] {
  const methods = ['GET', 'POST', 'PUT', 'DELETE'] as const;
  return [
    {
      method: 'POST',
      path: /^\/api\/messages$/,
      handle: (call) => passOn(call, `${origins.bot()}/api/messages`),
    },
    ...methods.map((method) => ({
      method,
      path: /^\/_control(?:\/[\w.~@%:-]*)*$/,
      handle: (call: Call) => passOn(call, `${origins.tenant()}${call.url.pathname}${call.url.search}`),
    })),
  ];
}
