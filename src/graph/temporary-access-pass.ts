/**
 * Creates, finds and deletes Temporary Access Passes. A pass is created with exactly one POST, whatever happens, and
 * its code goes from the answer straight into a Secret. Graph's own texts never leave this file; every sentence is
 * written here.
 */
import { z } from 'zod';
import type { PassCreation, PassFound, PassLook } from '../casework/ports/directory.ts';
import { Secret } from '../casework/ports/secret.ts';
import type { Deadline } from '../casework/ports/runtime.ts';
import type { PassOrder } from '../procedure/case.ts';
import type { Instant, PersonId, Reading } from '../procedure/facts.ts';
import { errorMessage, isNotFound, mapReading, read, readingOf } from './answer.ts';
import type { Answer } from './answer.ts';
import type { GraphClient } from './client.ts';
import { isAlive } from './methods.ts';
import { path, segment } from './odata.ts';
import type { GraphPath } from './odata.ts';
import { instant, wholeList } from './shapes.ts';

const passShape = z
  .looseObject({
    id: z.string().min(1),
    createdDateTime: instant,
    startDateTime: instant.nullish(),
    lifetimeInMinutes: z.int().min(1),
    isUsableOnce: z.boolean(),
    methodUsabilityReason: z.string().nullish(),
  })
  .transform((entry): PassFound => {
    const from = entry.startDateTime ?? entry.createdDateTime;
    return {
      passId: entry.id,
      usableFrom: from,
      usableUntil: (from + entry.lifetimeInMinutes * 60_000) as Instant,
      oneTime: entry.isUsableOnce,
      createdAt: entry.createdDateTime,
      alive: isAlive(entry.methodUsabilityReason ?? null),
    };
  });

const passList = wholeList(passShape);
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

/** The pass the person has now, alive or not. Graph keeps one; of several, one that is alive counts. */
export async function readPass(client: GraphClient, caller: PersonId): Promise<Reading<PassFound | null>> {
  const answer = await client.ask({ call: 'read-pass', method: 'GET', path: passesPath(caller) });
  return mapReading(readingOf(answer, passList), (passes) => passes.find(({ alive }) => alive) ?? passes[0] ?? null);
}

/**
 * Deletes a pass, and looks whether it is still listed. A server that lags behind answers "not found" for a pass that works, so
 * neither the answer to the deletion nor the list is believed alone, and this is only one look: see `PassLook`. When Graph does
 * not know the person any more, they have no pass either.
 */
export async function deletePass(client: GraphClient, caller: PersonId, passId: string): Promise<PassLook> {
  const answer = await client.ask({
    call: 'delete-pass',
    method: 'DELETE',
    path: path(`${passesPath(caller)}/${segment(passId)}`),
  });
  const notThere = isNotFound(answer);
  const deleted = answer.kind === 'answered' && (answer.status === 204 || answer.status === 200);
  const list = await client.ask({ call: 'read-pass', method: 'GET', path: passesPath(caller) });
  const listed = notThere && isNotFound(list) ? read([]) : readingOf(list, passList);
  if (listed.kind !== 'read') return 'not-known';
  const pass = listed.value.find((one) => one.passId === passId);
  if (pass?.alive === true) return 'still-there';
  // Expired or used up: Graph says so itself. Not listed at all counts only when the deletion was answered, too.
  return pass !== undefined || deleted || notThere ? 'gone' : 'not-known';
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
