/**
 * The Teams apps people have: listing them, installing one, and its chat. An installation is answered with 201 and no
 * body, and Teams is told once it is done.
 */
import { isoTime } from './ages.ts';
import { answerCollection } from './collection.ts';
import { badRequest, GRAPH, GraphFailure, notFound, ok } from './exchange.ts';
import type { GraphAnswer, Route, RouteCall } from './exchange.ts';
import { personIn } from './person-resource.ts';
import type { Json, PersonRecord } from './world.ts';

const NEEDS = ['TeamsAppInstallation.ReadWriteSelfForUser.All'] as const;
const BASE = '/*/users/{user}/teamwork/installedApps';

/** Everything below teamwork/installedApps. */
export const appRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: BASE,
    needs: NEEDS,
    answer: (call) => {
      const person = personIn(call);
      return answerCollection(call, installations(call, person), {
        context: `users('${person.id}')/teamwork/installedApps`,
        filterable: { 'teamsApp/id': ['eq'], 'teamsApp/externalId': ['eq'] },
        expandable: ['teamsApp'],
        pageSize: 100,
        maxPageSize: 999,
      });
    },
  },
  { method: 'POST', path: BASE, needs: NEEDS, answer: install },
  { method: 'GET', path: `${BASE}/{installation}/chat`, needs: NEEDS, answer: chat },
];

function installations({ world }: RouteCall, person: PersonRecord): Json[] {
  return [...person.apps].map(([appId, id]) => ({
    id,
    consentedPermissionSet: null,
    teamsApp: { ...world.teamsApps.find((app) => app.id === appId), distributionMethod: 'organization' },
  }));
}

const BOUND = /^https:\/\/graph\.microsoft\.com\/(?:v1\.0|beta)\/appCatalogs\/teamsApps\/([0-9a-f-]{36})$/i;

function install(call: RouteCall): GraphAnswer {
  const person = personIn(call);
  const bound = (call.request.body as Json | undefined)?.['teamsApp@odata.bind'];
  const appId = typeof bound === 'string' ? BOUND.exec(bound)?.[1]?.toLowerCase() : undefined;
  if (appId === undefined) throw badRequest("The request must name an app by 'teamsApp@odata.bind'.");
  if (!call.world.teamsApps.some(({ id }) => id === appId))
    throw new GraphFailure(404, 'NotFound', 'The app does not exist in the catalog.');
  if (person.apps.has(appId)) throw new GraphFailure(409, 'Conflict', 'The app is already installed.');
  person.apps.set(appId, call.world.newId());
  call.world.onInstall(person.id);
  return { status: 201, headers: {} };
}

function chat(call: RouteCall): GraphAnswer {
  const person = personIn(call);
  const installation = call.at('installation');
  const [appId] = [...person.apps].find(([, id]) => id === installation) ?? [];
  const app = call.world.teamsApps.find(({ id }) => id === appId);
  if (app === undefined) throw notFound(installation);
  return ok({
    '@odata.context': `${GRAPH}/${call.request.version}/$metadata#chats/$entity`,
    id: `19:${person.id}_${app.externalId}@unq.gbl.spaces`,
    chatType: 'oneOnOne',
    topic: null,
    createdDateTime: isoTime(call.world.startedAt),
  });
}
