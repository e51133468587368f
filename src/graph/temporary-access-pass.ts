/**
 * Creates, finds and deletes Temporary Access Passes. A pass is created with exactly one POST, whatever happens, and
 * its code goes from the answer straight into a Secret. Graph's own texts never leave this file; every sentence is
 * written here.
 */
import { z } from 'zod';
import type { PassCreation } from '../casework/ports/directory.ts';
import { Secret } from '../casework/ports/secret.ts';
import type { Deadline } from '../casework/ports/runtime.ts';
import type { IssuedPass, PassOrder } from '../procedure/case.ts';
import type { Instant, PersonId, Reading } from '../procedure/facts.ts';
import { errorMessage, isNotFound, mapReading, readingOf } from './answer.ts';
import type { Answer } from './answer.ts';
import type { GraphClient } from './client.ts';
import { path, segment } from './odata.ts';
import type { GraphPath } from './odata.ts';
import { instant, wholeList } from './shapes.ts';

/** A pass as Graph lists it: everything but the code. */
interface PassFound extends IssuedPass {
  readonly createdAt: Instant;
  readonly usable: boolean;
}

const passShape = z
  .looseObject({
    id: z.string().min(1),
    createdDateTime: instant,
    startDateTime: instant.nullish(),
    lifetimeInMinutes: z.int().min(1),
    isUsableOnce: z.boolean(),
    isUsable: z.boolean(),
  })
  .transform((entry): PassFound => {
    const from = entry.startDateTime ?? entry.createdDateTime;
    return {
      passId: entry.id,
      usableFrom: from,
      usableUntil: (from + entry.lifetimeInMinutes * 60_000) as Instant,
      oneTime: entry.isUsableOnce,
      createdAt: entry.createdDateTime,
      usable: entry.isUsable,
    };
  });

const codeShape = z.looseObject({ temporaryAccessPass: z.string().min(1) });

function passesPath(person: PersonId): GraphPath {
  return path(`/users/${segment(person)}/authentication/temporaryAccessPassMethods`);
}

/** Microsoft's known texts, and what they mean for the technician. Texts may change; `refusal` covers unknown ones. */
const REFUSALS: readonly { readonly pattern: RegExp; readonly meaning: string }[] = [
  { pattern: /LifetimeInMinutes/i, meaning: 'The tenant does not allow a pass of this length.' },
  { pattern: /external guest/i, meaning: 'External guests cannot get a pass.' },
  {
    pattern: /UserCredentialPolicy/i,
    meaning: 'The tenant does not allow a pass for this person: passes are turned off, or the policy excludes them.',
  },
];

function refusal(answer: Answer & { kind: 'answered' }): string {
  if (answer.status === 401 || answer.status === 403) return 'The bot does not have permission to create a pass.';
  if (answer.status === 404) return 'Microsoft Entra does not know this person.';
  if (answer.status === 429) return 'Microsoft Entra is busy (throttled). Wait half a minute and try again.';
  const message = errorMessage(answer);
  const known = REFUSALS.find(({ pattern }) => pattern.test(message));
  return known?.meaning ?? `Microsoft Entra refused to create the pass (status ${answer.status}).`;
}

/**
 * Creates a pass with one POST, never repeated. The order's id is sent as `client-request-id`, so that the tenant's log
 * and the ledger can be compared. 4xx: refused for certain. Any other answer without a readable pass: it may exist. With a
 * `deadline`, the answer is waited for until then, also when that is longer than for other calls.
 */
export async function createPass(
  client: GraphClient,
  caller: PersonId,
  order: PassOrder,
  deadline?: Deadline,
): Promise<PassCreation> {
  const answer = await client.until(deadline).ask({
    call: 'create-pass',
    method: 'POST',
    path: passesPath(caller),
    body: { lifetimeInMinutes: order.lifetimeMinutes, isUsableOnce: order.oneTime },
    requestId: order.orderId,
    ...(deadline !== undefined && { timeoutMs: deadline.left() }),
  });
  if (answer.kind !== 'answered') {
    if (!answer.sent)
      return { kind: 'refused', reason: 'The bot could not sign in to Microsoft Entra. No pass was created.' };
    const reason =
      answer.why === 'timeout' ? 'Microsoft Entra did not answer in time.' : 'The connection to Microsoft Entra broke.';
    return { kind: 'unanswered', reason };
  }
  // A 408 comes from a proxy and says nothing about the pass.
  if (answer.status >= 400 && answer.status < 500 && answer.status !== 408) {
    return { kind: 'refused', reason: refusal(answer) };
  }
  if (answer.status !== 201 && answer.status !== 200) {
    return { kind: 'unanswered', reason: `Microsoft Entra failed (status ${answer.status}).` };
  }
  const pass = passShape.safeParse(answer.body);
  const code = codeShape.safeParse(answer.body);
  if (!pass.success || !code.success) {
    return { kind: 'unanswered', reason: 'Microsoft Entra answered, but the answer cannot be read.' };
  }
  const { passId, usableFrom, usableUntil, oneTime } = pass.data;
  return {
    kind: 'created',
    pass: { passId, usableFrom, usableUntil, oneTime },
    secret: new Secret(code.data.temporaryAccessPass),
  };
}

/** The pass the person has now, usable or not. Graph keeps one per person; if there are more, this is the newest. */
export async function readPass(client: GraphClient, caller: PersonId): Promise<Reading<PassFound | null>> {
  const answer = await client.ask({ call: 'read-pass', method: 'GET', path: passesPath(caller) });
  return mapReading(readingOf(answer, wholeList(passShape)), (passes) =>
    passes.reduce<PassFound | null>(
      (newest, one) => (newest && newest.createdAt >= one.createdAt ? newest : one),
      null,
    ),
  );
}

/** Deletes a pass. `gone` when Graph says so, also if there was none. */
export async function deletePass(client: GraphClient, caller: PersonId, passId: string): Promise<'gone' | 'not-known'> {
  const answer = await client.ask({
    call: 'delete-pass',
    method: 'DELETE',
    path: path(`${passesPath(caller)}/${segment(passId)}`),
  });
  const deleted = answer.kind === 'answered' && (answer.status === 204 || answer.status === 200);
  return deleted || isNotFound(answer) ? 'gone' : 'not-known';
}

const endedShape = z.looseObject({ value: z.literal(true) });

/** Ends a person's sessions, if the permission was granted. It changes something, so it is sent once. */
export async function endSessions(
  client: GraphClient,
  person: PersonId,
): Promise<'ended' | 'not-permitted' | 'not-known'> {
  const answer = await client.ask({
    call: 'end-sessions',
    method: 'POST',
    path: path(`/users/${segment(person)}/revokeSignInSessions`),
  });
  if (answer.kind !== 'answered') return 'not-known';
  if (answer.status === 403) return 'not-permitted';
  return answer.status === 204 || readingOf(answer, endedShape).kind === 'read' ? 'ended' : 'not-known';
}
