/**
 * Microsoft's adapter, with safe settings in place of some of its defaults.
 * A request to Teams is sent once, goes only to the address it was meant for, and has a timeout.
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
import { inTime, REAL_TIMING, startDeadline, type Timing } from '../casework/ports/runtime.ts';
import type { AuthenticatedMode, TeamsMode } from './mode.ts';
import { issuerOf } from './mode.ts';

/** Milliseconds one request to Teams may take, including fetching the bot's own token. */
const CONNECTOR_TIMEOUT_MILLISECONDS = 5_000;

/** The adapter, and a way to learn whether a request was authenticated. */
export interface Channel {
  readonly adapter: TeamsAdapter;
  /**
   * Runs `work`; afterwards `proven` says whether the token of the request was valid. The SDK answers 500 both for a forged
   * signature and for a bug of ours; this tells them apart.
   */
  watch<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly proven: boolean }>;
}

/** Builds the adapter of a mode. `assertSoundMode` was called before. Opens no connection. */
export function createChannel(
  mode: TeamsMode,
  timeoutMilliseconds = CONNECTOR_TIMEOUT_MILLISECONDS,
  timing = REAL_TIMING,
): Channel {
  const proofs = new AsyncLocalStorage<{ proven: boolean }>();
  const adapter = mode.kind === 'authenticated' ? authenticated(mode, () => markProven(proofs)) : new TeamsAdapter({});
  adapter.use(async (context, next) => {
    const limits = { timeoutMilliseconds, timing };
    hardenConnector(context, adapter, limits, mode.kind === 'loopback-only');
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
      // The SDK silently reads an unknown type as "any tenant", so the type is never taken from the configuration.
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

/** The second check, after the request guard's: whichever way the SDK validated the token, its claims must be the channel's. */
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

/** The credentials for the bot's own requests. For a secret, the SDK builds them from the settings above. */
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

/** The part of the connector's HTTP pipeline that is changed here. The SDK's types keep it private. */
interface ConnectorPipeline {
  removePolicy(policy: { name: string }): unknown;
  addPolicy(
    policy: {
      name: string;
      sendRequest(
        request: { abortSignal?: AbortSignal },
        next: (request: unknown) => Promise<unknown>,
      ): Promise<unknown>;
    },
    options: { beforePolicies: string[] },
  ): void;
}

const CANCELED_BY = Symbol('what ends the requests of this context');

/** Ends the requests of this context when the signal aborts. What has not been sent by then is never sent. */
export function cancelWith(context: TurnContext, signal: AbortSignal): void {
  context.turnState.set(CANCELED_BY, signal);
}

/**
 * By default the connector sends a POST up to four times (so a message may arrive four times), has no timeout, and follows
 * redirects to any host with the bot's token.
 */
function hardenConnector(
  context: TurnContext,
  adapter: TeamsAdapter,
  { timeoutMilliseconds, timing }: { readonly timeoutMilliseconds: number; readonly timing: Timing },
  isLoopback: boolean,
): void {
  const connector = context.turnState.get<{ client: { pipeline: ConnectorPipeline } }>(adapter.ConnectorClientKey);
  const { pipeline } = connector.client;
  pipeline.removePolicy({ name: 'defaultRetryPolicy' });
  pipeline.removePolicy({ name: 'redirectPolicy' });
  if (isLoopback) pipeline.removePolicy({ name: 'proxyPolicy' }); // a proxy from the environment cannot reach this machine's loopback address
  const { turnState } = context;
  pipeline.addPolicy(
    {
      name: 'hardlineDeadline',
      // Covers fetching the bot's token, too, which has no timeout of its own.
      async sendRequest(request, next) {
        const canceledBy = turnState.get<AbortSignal | undefined>(CANCELED_BY);
        const deadline = startDeadline(timeoutMilliseconds, timing, canceledBy === undefined ? [] : [canceledBy]);
        try {
          request.abortSignal = deadline.signal;
          deadline.signal.throwIfAborted();
          const answer = await inTime(next(request), deadline.signal);
          if (answer.kind === 'done') return answer.value;
          throw new Fault('teams-unreachable', { internal: 'connector: no answer in time' });
        } finally {
          deadline.end();
        }
      },
    },
    { beforePolicies: ['ServiceClientContext_Credentials_SignRequest'] },
  );
}
