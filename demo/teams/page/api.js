// Calls of the demo's HTTP API. Every failure becomes an Error with a sentence a person can read.

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

export const getCast = () => call('GET', '/teams/cast');
export const say = (person, text) => call('POST', `/teams/chats/${person}/messages`, { text });
export const press = (person, button) => call('POST', `/teams/chats/${person}/presses`, button);
export const verifyLedger = () => call('POST', '/teams/ledger/verify', {});
