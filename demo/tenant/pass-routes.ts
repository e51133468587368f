/**
 * Temporary Access Passes: list, read, create, delete. The value of a pass is in the 201 of its creation and in no
 * other answer.
 */
import { z } from 'zod';
import { isoTime } from './ages.ts';
import { badRequest, GRAPH, noContent, notFound, ok } from './exchange.ts';
import type { GraphAnswer, Route, RouteCall } from './exchange.ts';
import { writeAudit } from './logs.ts';
import type { Initiator } from './logs.ts';
import { passPolicyAllows, passResource, visiblePass } from './method-resource.ts';
import { personIn } from './person-resource.ts';
import type { PassRecord, PersonRecord, World } from './world.ts';

const LIST = '/*/users/{user}/authentication/temporaryAccessPassMethods';
const WRITE = ['UserAuthMethod-TAP.ReadWrite.All'] as const;
const READ = ['UserAuthMethod-TAP.ReadWrite.All', 'UserAuthenticationMethod.Read.All'] as const;

const order = z.strictObject({
  '@odata.type': z.literal('#microsoft.graph.temporaryAccessPassAuthenticationMethod').optional(),
  startDateTime: z.iso.datetime({ offset: true }).optional(),
  lifetimeInMinutes: z.int().min(10).max(43_200).optional(),
  isUsableOnce: z.boolean().optional(),
});

/** The pass that is asked for. Absent properties follow the policy. */
export interface PassRequest {
  readonly startsAt?: number | undefined;
  readonly lifetimeMinutes?: number | undefined;
  readonly oneTime?: boolean | undefined;
}

/** The four calls on passes. */
export const passRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: LIST,
    needs: READ,
    family: 'methods',
    answer: (call) => {
      const person = personIn(call);
      const pass = visiblePass(call.world, person);
      return ok({
        '@odata.context': context(call, person),
        value: pass === null ? [] : [passResource(call.world, person, pass)],
      });
    },
  },
  {
    method: 'GET',
    path: `${LIST}/{id}`,
    needs: READ,
    family: 'methods',
    answer: (call) => {
      const person = personIn(call);
      const pass = visiblePass(call.world, person);
      if (pass?.id !== call.at('id')) throw notFound(call.at('id'));
      return ok({ '@odata.context': `${context(call, person)}/$entity`, ...passResource(call.world, person, pass) });
    },
  },
  { method: 'POST', path: LIST, needs: WRITE, family: 'methods', answer: create },
  {
    method: 'DELETE',
    path: `${LIST}/{id}`,
    needs: WRITE,
    family: 'methods',
    answer: (call) => {
      const person = personIn(call);
      // A pass that is not visible yet can be deleted by its id: it exists, only the lists lag behind.
      if (person.pass?.id !== call.at('id')) throw notFound(call.at('id'));
      deletePass(call.world, person);
      return noContent;
    },
  },
];

function context(call: RouteCall, person: PersonRecord): string {
  return `${GRAPH}/${call.request.version}/$metadata#users('${person.id}')/authentication/temporaryAccessPassMethods`;
}

function create(call: RouteCall): GraphAnswer {
  const person = personIn(call);
  const wanted = order.safeParse(call.request.body ?? {});
  if (!wanted.success) {
    throw badRequest(
      `Invalid request body: ${wanted.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`.trim()).join('; ')}`,
    );
  }
  const { startDateTime, lifetimeInMinutes, isUsableOnce } = wanted.data;
  const startsAt = startDateTime === undefined ? undefined : Date.parse(startDateTime);
  const pass = makePass(
    call.world,
    person,
    { startsAt, lifetimeMinutes: lifetimeInMinutes, oneTime: isUsableOnce },
    'bot',
  );
  return {
    status: 201,
    headers: {
      Location: `${GRAPH}/${call.request.version}/users/${person.id}/authentication/temporaryAccessPassMethods/${pass.id}`,
    },
    body: {
      '@odata.context': `${context(call, person)}/$entity`,
      ...passResource(call.world, person, pass),
      temporaryAccessPass: pass.value,
    },
  };
}

/**
 * Creates a pass. An existing one is replaced, used or not.
 * Throws Graph's 400 for external guests, people outside the policy, and lifetimes the policy forbids. That the first
 * two are a 400 `badRequest` is an assumption: Microsoft publishes their texts but not their codes.
 */
export function makePass(world: World, person: PersonRecord, wanted: PassRequest, by: Initiator): PassRecord {
  const { passPolicy: policy } = world;
  if (person.user['userType'] === 'Guest' && person.user['creationType'] === 'Invitation') {
    throw badRequest('Temporary Access Pass cannot be added to an external guest user.');
  }
  const lifetimeMinutes = wanted.lifetimeMinutes ?? policy.defaultLifetimeInMinutes;
  const againstOneTime = policy.isUsableOnce && wanted.oneTime === false;
  if (!passPolicyAllows(world, person) || againstOneTime) {
    throw badRequest(
      'Converged UserCredentialPolicy does not allow creating or updating TemporaryAccessPass for the user.',
    );
  }
  if (lifetimeMinutes < policy.minimumLifetimeInMinutes || lifetimeMinutes > policy.maximumLifetimeInMinutes) {
    throw badRequest(
      'Invalid LifetimeInMinutes specified. The valid range between ' +
        `${String(policy.minimumLifetimeInMinutes)} and ${String(policy.maximumLifetimeInMinutes)}.`,
    );
  }
  const now = world.now();
  const pass: PassRecord = {
    id: world.newId(),
    value: world.newPass(policy.defaultLength),
    createdAt: now,
    startsAt: wanted.startsAt ?? now,
    lifetimeMinutes,
    oneTime: policy.isUsableOnce || (wanted.oneTime ?? false),
    visibleAt: now + world.settings.visibilityDelaySeconds * 1000,
    usedAt: null,
  };
  person.pass = pass;
  writeAudit(world, {
    service: 'Authentication Methods',
    activity: 'Admin registered security info',
    result: 'success',
    reason: 'Admin registered temporary access pass method for user',
    target: person.id,
    by,
    correlationId: world.newId(),
    details: { TemporaryAccessPassStart: isoTime(pass.startsAt) },
  });
  return pass;
}

/** Deletes a person's pass. It can no longer be used, and the session started with it ends. */
export function deletePass(world: World, person: PersonRecord, by: Initiator = 'bot'): void {
  const until = world.now() + world.settings.deletionDelaySeconds * 1000;
  person.passStillListed = person.pass === null ? null : { pass: person.pass, until };
  person.pass = null;
  person.session = null;
  writeAudit(world, {
    service: 'Authentication Methods',
    activity: 'Admin deleted security info',
    result: 'success',
    reason: 'Admin deleted temporary access pass method for user',
    target: person.id,
    by,
    correlationId: world.newId(),
  });
}
