/**
 * Installs this bot for one person, so that it can write to them. It installs no other app. The request is sent once,
 * and "installed" is reported only when Graph says so. Whether the person can be reached is known only when Teams
 * tells the bot about the new chat.
 */
import type { PersonId } from '../procedure/facts.ts';
import type { GraphClient } from './client.ts';
import { path, segment } from './odata.ts';

/** The result of an installation. */
type Installation = 'installed' | 'already-there' | 'not-permitted' | 'not-known';

/** The app in the organization's catalog. */
interface CatalogApp {
  /** The id from the catalog, not the one in the manifest. `null`: none is configured, so nothing is installed. */
  readonly teamsAppId: string | null;
  /** Scheme and host of Graph, with which the app's URL in the catalog begins. */
  readonly graphHost: string;
}

/** Installs the app for a person. Graph answers 201 without a body, or 409 when it was already installed. */
export async function installApp(client: GraphClient, app: CatalogApp, person: PersonId): Promise<Installation> {
  if (app.teamsAppId === null) return 'not-permitted';
  const answer = await client.ask({
    call: 'install-app',
    method: 'POST',
    path: path(`/users/${segment(person)}/teamwork/installedApps`),
    body: { 'teamsApp@odata.bind': `${app.graphHost}/v1.0/appCatalogs/teamsApps/${segment(app.teamsAppId)}` },
  });
  if (answer.kind !== 'answered') return 'not-known';
  if (answer.status === 201) return 'installed';
  if (answer.status === 409) return 'already-there';
  return answer.status === 401 || answer.status === 403 ? 'not-permitted' : 'not-known';
}
