/**
 * Microsoft's adapter, with the settings its defaults get wrong.
 * The one rule kept here: a request to Teams is made once, to where it was addressed, and ends in time.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { TeamsAdapter } from '@microsoft/teams-ai';
import type { TurnContext } from 'botbuilder';
import {
  AuthenticationConfiguration,
  AuthenticationError,
  CertificateServiceClientCredentialsFactory,
  FederatedServiceClientCredentialsFactory,
  JwtTokenProviderFactory,
  ManagedIdentityServiceClientCredentialsFactory,
} from 'botframework-connector';
import type { Claim, ServiceClientCredentialsFactory } from 'botframework-connector';
import { Fault } from '../casework/ports/fault.ts';
import type { AuthenticatedMode, TeamsMode } from './mode.ts';
import { issuerOf } from './mode.ts';

/** Milliseconds one request to Teams may take, the bot's own token included. */
export const CONNECTOR_TIMEOUT_MILLISECONDS = 5_000;

/** The adapter, and what it found out about a request beside its answer. */
export interface Channel {
  readonly adapter: TeamsAdapter;
  /**
   * Runs `work`; afterwards `proven` tells whether the token of the request held. The SDK answers 500 for a forged
   * signature and for our own bugs alike; this keeps them apart.
   */
  watch<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly proven: boolean }>;
}

/** Builds the adapter of a mode. `assertSoundMode` was called before. Opens no connection. */
export function createChannel(mode: TeamsMode, timeoutMilliseconds = CONNECTOR_TIMEOUT_MILLISECONDS): Channel {
  const proofs = new AsyncLocalStorage<{ proven: boolean }>();
  const adapter = mode.kind === 'authenticated' ? authenticated(mode, () => markProven(proofs)) : new TeamsAdapter({});
  adapter.use(async (context, next) => {
    hardenConnector(context, adapter, timeoutMilliseconds, mode.kind === 'loopback-only');
    await next();
  });
  return {
    adapter,
    async watch(work) {
      const proof = { proven: mode.kind === 'loopback-only' };
      return { result: await proofs.run(proof, work), proven: proof.proven };
    },
  };
}

function markProven(proofs: AsyncLocalStorage<{ proven: boolean }>): void {
  const proof = proofs.getStore();
  if (proof !== undefined) proof.proven = true;
}

function authenticated(mode: AuthenticatedMode, onProven: () => void): TeamsAdapter {
  const { endpoints } = mode;
  return new TeamsAdapter(
    {
      MicrosoftAppId: mode.appId,
      MicrosoftAppTenantId: mode.tenantId,
      // A type the SDK does not know would silently mean "any tenant"; so it is never taken from configuration text.
      MicrosoftAppType: 'SingleTenant',
      ...(mode.credentials.kind === 'secret' && { MicrosoftAppPassword: mode.credentials.secret }),
      ...(endpoints && {
        ToBotFromChannelTokenIssuer: endpoints.issuer,
        ToBotFromChannelOpenIdMetadataUrl: endpoints.openIdMetadataUrl,
        ToBotFromEmulatorOpenIdMetadataUrl: endpoints.emulatorOpenIdMetadataUrl,
        ToChannelFromBotLoginUrl: endpoints.loginUrl,
        ToChannelFromBotOAuthScope: endpoints.oauthScope,
        OAuthUrl: endpoints.oauthUrl,
        ValidateAuthority: true,
      }),
    },
    credentialsOf(mode),
    new AuthenticationConfiguration(['msteams'], (claims) => acceptChannelOnly(mode, claims, onProven)),
  );
}

/** The second lock behind the gate: whatever path the SDK took, the proven claims must be the channel's own. */
function acceptChannelOnly(mode: AuthenticatedMode, claims: readonly Claim[], onProven: () => void): Promise<void> {
  const claimed = (type: string): unknown => claims.find((claim) => claim.type === type)?.value;
  const serviceUrl = claimed('serviceurl');
  const isChannel = claimed('iss') === issuerOf(mode) && claimed('aud') === mode.appId;
  if (!isChannel || typeof serviceUrl !== 'string' || serviceUrl === '') {
    return Promise.reject(new AuthenticationError('Not the channel.', 401));
  }
  onProven();
  return Promise.resolve();
}

/** Who signs the bot's own requests. For a secret the SDK builds it itself, from the settings above. */
function credentialsOf({
  appId,
  tenantId,
  credentials,
}: AuthenticatedMode): ServiceClientCredentialsFactory | undefined {
  switch (credentials.kind) {
    case 'secret':
      return undefined;
    case 'certificate':
      return new CertificateServiceClientCredentialsFactory(
        appId,
        credentials.thumbprint,
        credentials.privateKey,
        tenantId,
      );
    case 'managed-identity':
      return new ManagedIdentityServiceClientCredentialsFactory(appId, new JwtTokenProviderFactory());
    case 'federated':
      return new FederatedServiceClientCredentialsFactory(appId, credentials.managedIdentityClientId, tenantId);
    case 'own':
      return credentials.factory;
  }
}

/** As much of the connector's HTTP pipeline as is changed here; the SDK's own types keep it private. */
interface ConnectorPipeline {
  removePolicy(policy: { name: string }): unknown;
  addPolicy(
    policy: {
      name: string;
      sendRequest(request: { timeout: number }, next: (request: unknown) => Promise<unknown>): Promise<unknown>;
    },
    options: { beforePolicies: string[] },
  ): void;
}

/**
 * The connector's own pipeline tries a POST four times (a message may arrive four times), never times out, and follows
 * a redirect to any host with the bot's token in hand.
 */
function hardenConnector(context: TurnContext, adapter: TeamsAdapter, timeout: number, isLoopback: boolean): void {
  const connector = context.turnState.get<{ client: { pipeline: ConnectorPipeline } }>(adapter.ConnectorClientKey);
  const { pipeline } = connector.client;
  pipeline.removePolicy({ name: 'defaultRetryPolicy' });
  pipeline.removePolicy({ name: 'redirectPolicy' });
  if (isLoopback) pipeline.removePolicy({ name: 'proxyPolicy' }); // a proxy of the environment cannot reach our loopback
  pipeline.addPolicy(
    {
      name: 'hardlineDeadline',
      sendRequest: (request, next) => {
        request.timeout = timeout;
        return within(timeout, next(request));
      },
    },
    { beforePolicies: ['ServiceClientContext_Credentials_SignRequest'] },
  );
}

/** Fetching the bot's token has no timeout of its own; this one covers both. */
function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const deadline = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    deadline.reject(new Fault('teams-unreachable', { internal: 'connector: no answer in time' }));
  }, milliseconds);
  return Promise.race([work, deadline.promise]).finally(() => clearTimeout(timer));
}
