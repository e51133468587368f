/**
 * Case bodies as earlier versions wrote them, read in today's shape.
 * A body in the file is never rewritten for its shape: its digest is sealed into the chain. It is translated each time it
 * is read, until the case moves and is written anew. What an earlier version did not record becomes unread, never a guess.
 */

type Fields = Readonly<Record<string, unknown>>;

/** What an earlier version never asked for. */
const NOT_ASKED = { kind: 'unread', why: 'not-asked' } as const;

/** A case body in today's shape. What is no case body comes back as it is, and the schema then refuses it. */
export function currentBody(body: unknown): unknown {
  if (!isFields(body) || !isFields(body['state'])) return body;
  const named = 'kind' in body['state'] ? body : withKinds(body, body['state']);
  const { reasons, kind, manager } = isFields(named['state']) ? named['state'] : {};
  return {
    ...{ issued: null, leftBehind: null },
    // Whoever was asked for a second person still has to ask, also after going back.
    reasonsFound: Array.isArray(reasons) ? reasons : [],
    managersAsked: kind === 'awaiting-manager' ? [manager] : [],
    ...named,
    // Older versions did not remember whom they told; whoever the facts name as the manager may still object.
    ...(isFields(named['issued']) && { issued: { managersTold: [], ...named['issued'] } }),
    facts: withLaterFacts(withAges(named['facts'])),
    state: withLaterFields(named['state']),
  };
}

/** In 0.1.0 a reading said `read: true` or `false`, a state bore a `name`, and a proof said `by` what it was given. */
function withKinds(body: Fields, state: Fields): Fields {
  return { ...body, facts: currentFacts(body['facts']), state: currentState(state) };
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

function currentState({ name, ...rest }: Fields): Fields {
  return { kind: name, ...rest, ...(isFields(rest['proof']) && { proof: currentProof(rest['proof']) }) };
}

function currentProof({ by, ...rest }: Fields): unknown {
  return { kind: by, ...rest };
}

/** Where a case went after "This was not me". */
const OBJECTED = { outcome: 'escalated', because: 'caller-objected', stops: [] } as const;

/** Fields that states got later, with what they mean for a case that was there before. */
const LATER_FIELDS: Readonly<Record<string, Fields>> = {
  'awaiting-callback': { numberDigest: '' },
  'awaiting-approval': { needs: 'approver', approvals: [], lastAttempt: null },
  'ready-to-issue': { lastAttempt: null },
  'awaiting-backup-method': { issuedOn: null },
  'withdrawing-pass': { firstGoneAt: null },
};

function withLaterFields(state: unknown): unknown {
  if (!isFields(state)) return state;
  const { proof, methodsBefore, order, issuedOn, then } = state;
  return {
    ...LATER_FIELDS[String(state['kind'])],
    ...withThen(withApprovals(state)),
    ...(isFields(issuedOn) && { issuedOn: withApprovals(issuedOn) }),
    ...(isFields(then) && { then: withApprovals(then) }),
    ...(isFields(proof) && proof['kind'] === 'callback' && { proof: { numberDigest: '', ...proof } }),
    // Whatever pass is found counts as ordered, so that none is left alone.
    ...(isFields(order) && { order: { passBefore: null, ...order } }),
    ...(Array.isArray(methodsBefore) && { methodsBefore: methodsBefore.map(asKnownMethod) }),
  };
}

/** There was at most one approval, and only approvers gave any. */
function withApprovals(given: Fields): Fields {
  if (!('approval' in given)) return given;
  const { approval, ...rest } = given;
  return { ...rest, approvals: isFields(approval) ? [{ as: 'approver', ...approval }] : [] };
}

/** While a pass was created, only "This was not me" was remembered. */
function withThen(state: Fields): Fields {
  if (!('objected' in state)) return state;
  const { objected, ...rest } = state;
  return { ...rest, then: objected === true ? OBJECTED : null };
}

/** A method registered before the pass was only its reference. */
function asKnownMethod(method: unknown): unknown {
  return typeof method === 'string' ? { ref: method, digest: null } : method;
}

/** Before the bot kept digests, a number said `changedAt` and `exact`, and the manager had no age. */
function withAges(facts: unknown): unknown {
  if (!isFields(facts) || 'managerAge' in facts) return facts;
  return {
    ...facts,
    numbers: eachOf(facts['numbers'], ({ changedAt, exact, ...rest }) => ({
      ...rest,
      digest: '',
      age: changedAt === null ? NOT_ASKED : { kind: 'read', value: { since: changedAt, changed: exact } },
    })),
    methods: eachOf(facts['methods'], (method) => ({ ...method, digest: null })),
    managerAge: NOT_ASKED,
  };
}

/**
 * What was not asked of the groups and of the history makes them unread: both are read again before anything depends on them.
 * Before these were read, a number was any text, and a manager any account: *Issue* reads them all for its press.
 */
function withLaterFacts(facts: unknown): unknown {
  if (!isFields(facts)) return facts;
  const known = (part: unknown, field: string): unknown =>
    isFields(part) && isFields(part['value']) && !(field in part['value']) ? NOT_ASKED : part;
  return {
    // Before the bot looked for passes of others and compared the clocks.
    ...{ existingPass: NOT_ASKED, clock: NOT_ASKED },
    managerAccount: NOT_ASKED,
    technicianNumbers: NOT_ASKED,
    ...facts,
    numbers: eachOf(facts['numbers'], (number) => ({ unfit: null, others: NOT_ASKED, ...number })),
    groups: known(facts['groups'], 'inHelpdeskGroup'),
    history: known(facts['history'], 'noes'),
  };
}

/** Translates each item of a list that was read. */
function eachOf(reading: unknown, translate: (item: Fields) => Fields): unknown {
  if (!isFields(reading) || !Array.isArray(reading['value'])) return reading;
  const items: readonly unknown[] = reading['value'];
  return { ...reading, value: items.map((item) => (isFields(item) ? translate(item) : item)) };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
