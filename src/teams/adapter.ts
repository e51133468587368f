/**
 * Microsoft's adapter, with safe settings in place of some of its defaults.
 * A request to Teams is sent once, goes only to the address it was meant for, and has a timeout.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { TeamsAdapter } from '@microsoft/teams-ai';
import type { Activity, InvokeResponse, TurnContext } from 'botbuilder';
import {
  AuthenticationConfiguration,
  AuthenticationConstants,
  AuthenticationError,
  CertificateServiceClientCredentialsFactory,
  FederatedServiceClientCredentialsFactory,
  JwtTokenProviderFactory,
  ManagedIdentityServiceClientCredentialsFactory,
} from 'botframework-connector';
import type { Claim, ServiceClientCredentialsFactory } from 'botframework-connector';
import { Fault } from '../casework/ports/fault.ts';
import { inTime, REAL_TIMING, startDeadline, type Timing } from '../casework/ports/runtime.ts';
import { turnId } from '../casework/ports/turn-id.ts';
import type { AuthenticatedMode, TeamsMode } from './mode.ts';
import { issuerOf, signingKeysUrlOf } from './mode.ts';
import { giveKeysToSdk } from './sdk-keys.ts';
import type { SigningKeys } from './signing-keys.ts';

/** Milliseconds one request to Teams may take, including fetching the bot's own token. */
const CONNECTOR_TIMEOUT_MILLISECONDS = 5_000;

/** What became of an activity. */
export type Receipt =
  /** `status` and `body` are the answer to the request. */
  | { readonly kind: 'answered'; readonly status: number; readonly body: unknown }
  /** The SDK did not accept the token, and no turn ran. */
  | { readonly kind: 'not-proven'; readonly error: unknown };

/** The adapter, and the way in for activities. */
export interface Channel {
  readonly adapter: TeamsAdapter;
  /**
   * Lets the SDK check the token, and runs `turn` when it is valid. Rejects when the SDK fails after that. The SDK throws the same
   * errors for a forged signature and for a bug of ours; whether the claims were reached tells them apart.
   */
  receive(authorization: string, activity: object, turn: (context: TurnContext) => Promise<void>): Promise<Receipt>;
}

/** What the channel needs. */
export interface ChannelOptions {
  /** How the time of a request is measured; real time otherwise. */
  readonly timing?: Timing | undefined;
  /** The keys of the channel; the SDK reads none itself. `null` when no tokens are checked. */
  readonly keys: SigningKeys | null;
  /** Milliseconds one request to Teams may take. */
  readonly timeoutMilliseconds?: number | undefined;
}

/**
 * The SDK's own entry for HTTP prints every error to stderr and writes error messages into the answer. This one is behind that:
 * the same checks, without a word.
 */
class QuietAdapter extends TeamsAdapter {
  receive(
    authorization: string,
    activity: Activity,
    turn: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(authorization, activity, turn);
  }
}

/** Builds the adapter of a mode. `assertSoundMode` was called before. Opens no connection. */
export function createChannel(mode: TeamsMode, options: ChannelOptions): Channel {
  const { keys, timeoutMilliseconds = CONNECTOR_TIMEOUT_MILLISECONDS, timing = REAL_TIMING } = options;
  const proofs = new AsyncLocalStorage<{ proven: boolean }>();
  const adapter = mode.kind === 'authenticated' ? authenticated(mode, () => markProven(proofs)) : new QuietAdapter({});
  if (mode.kind === 'authenticated' && keys !== null) giveKeysToSdk(metadataUrlsOf(mode), keys);
  adapter.use(async (context, next) => {
    const limits = { timeoutMilliseconds, timing };
    hardenConnector(context, adapter, limits, mode.kind === 'loopback-only');
    await next();
  });
  return {
    adapter,
    async receive(authorization, activity, turn) {
      const proof = { proven: mode.kind === 'loopback-only' };
      try {
        const answer = await proofs.run(proof, () => adapter.receive(authorization, activity as Activity, turn));
        if (!proof.proven) throw new AuthenticationError('The claims were not checked.', 401);
        return { kind: 'answered', status: answer?.status ?? 200, body: answer?.body as unknown };
      } catch (error) {
        if (proof.proven) throw error;
        return { kind: 'not-proven', error };
      }
    },
  };
}

function markProven(proofs: AsyncLocalStorage<{ proven: boolean }>): void {
  const proof = proofs.getStore();
  if (proof !== undefined) proof.proven = true;
}

/** Where the SDK would read keys: for the channel, and for the emulator, whose tokens are not accepted. */
function metadataUrlsOf(mode: AuthenticatedMode): readonly string[] {
  const emulator =
    mode.endpoints?.emulatorOpenIdMetadataUrl ?? AuthenticationConstants.ToBotFromEmulatorOpenIdMetadataUrl;
  return [signingKeysUrlOf(mode), emulator];
}

function authenticated(mode: AuthenticatedMode, onProven: () => void): QuietAdapter {
  const { endpoints } = mode;
  return new QuietAdapter(
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
        request: { abortSignal?: AbortSignal; headers: { set(name: string, value: string): void } },
        next: (request: unknown) => Promise<unknown>,
      ): Promise<unknown>;
    },
    options: { beforePolicies: string[] },
  ): void;
}

/**
 * The header in which Microsoft's client sends an id with every request, made up for each. It carries the id of the turn instead.
 * A field of the activity itself would be kept with the message and shown to every client in the chat.
 */
export const REQUEST_ID_HEADER = 'x-ms-client-request-id';

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
          const turn = turnId();
          if (turn !== null) request.headers.set(REQUEST_ID_HEADER, turn);
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
