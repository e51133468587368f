/**
 * Case bodies as version 0.1.0 wrote them, read in today's shape.
 * A body in the file is never rewritten for its shape: its digest is sealed into the chain. It is translated each time it
 * is read, until the case moves and is written anew.
 */

type Fields = Readonly<Record<string, unknown>>;

/** In 0.1.0 a reading said `read: true` or `false`, a state bore a `name`, and a proof said `by` what it was given. */
export function currentBody(body: unknown): unknown {
  if (!isFields(body) || !isFields(body['state']) || 'kind' in body['state']) return body;
  return { ...body, facts: currentFacts(body['facts']), state: currentState(body['state']) };
}

function currentFacts(facts: unknown): unknown {
  if (!isFields(facts)) return facts;
  return Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, currentReading(fact)]));
}

function currentReading(fact: unknown): unknown {
  if (!isFields(fact) || typeof fact['read'] !== 'boolean') return fact;
  const { read, ...rest } = fact;
  return { kind: read ? 'read' : 'unread', ...rest };
}

function currentState({ name, ...rest }: Fields): unknown {
  return { kind: name, ...rest, ...(isFields(rest['proof']) && { proof: currentProof(rest['proof']) }) };
}

function currentProof({ by, ...rest }: Fields): unknown {
  return { kind: by, ...rest };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
