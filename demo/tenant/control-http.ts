/**
 * The control API over HTTP, under /_control. Every argument is checked, and a wrong one is reported.
 */
import { z } from 'zod';
import { controlCalls } from './control-schema.ts';
import type { ControlCall } from './control-schema.ts';
import type { TenantControl } from './control.ts';
import { GraphFailure } from './exchange.ts';
import type { ControlHandler } from './serve.ts';

/** `GET /_control/state`, `GET /_control/clock`, `GET /_control/journal`, and `POST /_control/{call}` with the argument as JSON. */
export function controlOverHttp(control: TenantControl): ControlHandler {
  return (method, url, body) => {
    const name = url.replace(/^\/_control\/?/, '').replace(/\?.*$/, '');
    if (method === 'GET' && name === 'state') return { status: 200, body: control.state() };
    if (method === 'GET' && name === 'clock') return { status: 200, body: control.clockReading() };
    if (method === 'GET' && name === 'journal') return { status: 200, body: control.journal() };
    if (method !== 'POST' || !isCall(name)) return { status: 404, body: { error: `There is no ${method} ${name}.` } };
    try {
      const input: unknown = controlCalls[name].parse(body);
      const calls = control as unknown as Record<ControlCall, (argument: unknown) => unknown>;
      return { status: 200, body: { result: calls[name](input) ?? null } };
    } catch (error) {
      if (error instanceof z.ZodError) return { status: 400, body: { error: z.prettifyError(error) } };
      if (error instanceof RangeError || error instanceof GraphFailure)
        return { status: 400, body: { error: error.message } };
      throw error;
    }
  };
}

function isCall(name: string): name is ControlCall {
  return Object.hasOwn(controlCalls, name);
}
