// Calls of the demo's HTTP API. Every failure becomes an Error with a readable sentence.

export async function call(method, path, body) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Error('The demo does not answer. Is it still running?');
  }
  const text = await response.text();
  let json = null;
  try {
    json = text === '' ? null : JSON.parse(text);
  } catch {
    throw new Error(`The demo answered something unreadable (${response.status}).`);
  }
  if (!response.ok) throw new Error(json?.error?.message ?? json?.error ?? `The demo answered ${response.status}.`);
  return json;
}

export const getSetup = () => call('GET', '/teams/cast');
export const say = (person, text) => call('POST', `/teams/chats/${person}/messages`, { text });
export const press = (person, button) => call('POST', `/teams/chats/${person}/presses`, button);
export const setReach = (person, reach) => call('PUT', `/teams/chats/${person}/reach`, { reach });

/** The creation of the next pass takes four seconds. */
const SLOW = {
  ...{ kind: 'delay', does: 'at-once', ms: 4000, times: 1 },
  ...{ method: 'POST', path: '/v1.0/users/*/authentication/temporaryAccessPassMethods' },
};
let isSlow = false;
/** Called whenever a guide is chosen. It calls the tenant only if something changes. */
export async function slowPass(wanted) {
  if (!wanted && !isSlow) return;
  isSlow = wanted;
  await call('POST', '/_control/clearFaults');
  if (wanted) await call('POST', '/_control/fault', SLOW);
}

/** A call takes half a minute for bot, tenant and Teams, and a moment on the page: nobody is reached in less. */
export const ringsForHalfAMinute = () => call('POST', '/_control/clock', { advanceSeconds: 30 });

export const verifyLedger = () => call('POST', '/teams/ledger/verify', {});
