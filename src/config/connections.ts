/**
 * The two connections to Microsoft as they are configured: the channel to Teams, and the directory. Each says what is missing.
 */
import { CREDENTIAL_KINDS, type Cloud, type Environment, type Problems } from './environment.ts';

/** How the bot authenticates, to Teams or to Graph. */
export type Credential =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'certificate'; readonly thumbprint: string; readonly file: string }
  | { readonly kind: 'managed-identity' };

/** The channel: requests carry Microsoft's token, or come from this machine only. */
export type ChannelConfig =
  | { readonly kind: 'loopback-only' }
  | { readonly kind: 'authenticated'; readonly appId: string; readonly credential: Credential };

/** The directory: a real tenant, or the emulated one on this machine. */
export type GraphConfig =
  | { readonly kind: 'emulated'; readonly origin: string }
  | { readonly kind: 'entra'; readonly clientId: string; readonly credential: Credential; readonly cloud: Cloud };

/** Reads how Teams is connected; `null` when something is missing, which is noted. */
export function readChannel(env: Environment, problems: Problems): ChannelConfig | null {
  if (env.HARDLINE_CHANNEL === 'loopback-only') return { kind: 'loopback-only' };
  const credential = readCredential(env, 'BOT', problems);
  if (env.HARDLINE_BOT_APP_ID === undefined) {
    report(problems, 'HARDLINE_BOT_APP_ID', 'missing. Without it, nobody can be authenticated.');
    return null;
  }
  return credential === null ? null : { kind: 'authenticated', appId: env.HARDLINE_BOT_APP_ID, credential };
}

/** Reads how the directory is connected; `null` when something is missing, which is noted. */
export function readGraph(env: Environment, problems: Problems): GraphConfig | null {
  if (env.HARDLINE_GRAPH === 'emulated') {
    const origin = env.HARDLINE_GRAPH_ORIGIN;
    if (origin !== undefined && isLoopback(new URL(origin).hostname)) return { kind: 'emulated', origin };
    report(
      problems,
      'HARDLINE_GRAPH_ORIGIN',
      'the emulated tenant needs an address on this machine, http://127.0.0.1:PORT.',
    );
    return null;
  }
  const credential = readCredential(env, 'GRAPH', problems);
  if (env.HARDLINE_GRAPH_CLIENT_ID === undefined) {
    report(problems, 'HARDLINE_GRAPH_CLIENT_ID', 'missing. Use a separate app registration, not the one of the bot.');
    return null;
  }
  if (credential === null) return null;
  return { kind: 'entra', clientId: env.HARDLINE_GRAPH_CLIENT_ID, credential, cloud: env.HARDLINE_CLOUD };
}

function readCredential(env: Environment, whose: 'BOT' | 'GRAPH', problems: Problems): Credential | null {
  const name = `HARDLINE_${whose}` as const;
  const missing = (part: string): null => {
    report(problems, `${name}_${part}`, 'missing.');
    return null;
  };
  switch (env[`${name}_CREDENTIAL`]) {
    case 'secret': {
      const secret = env[`${name}_SECRET`];
      return secret === undefined ? missing('SECRET') : { kind: 'secret', secret };
    }
    case 'certificate': {
      const file = env[`${name}_CERTIFICATE_FILE`];
      if (file === undefined) return missing('CERTIFICATE_FILE');
      // The library for Graph computes the thumbprint itself; the one for the channel needs it.
      const thumbprint = env.HARDLINE_BOT_CERTIFICATE_THUMBPRINT ?? '';
      if (whose === 'BOT' && thumbprint === '') return missing('CERTIFICATE_THUMBPRINT');
      return { kind: 'certificate', thumbprint, file };
    }
    case 'managed-identity':
      return { kind: 'managed-identity' };
    case undefined:
      report(problems, `${name}_CREDENTIAL`, `missing. Use one of ${CREDENTIAL_KINDS.join(', ')}.`);
      return null;
  }
}

/** Notes a problem, unless the setting has one already. */
export function report(problems: Problems, name: string, sentence: string): void {
  if (!problems.has(name)) problems.set(name, sentence);
}

/** Whether a host name is this machine. */
export function isLoopback(host: string): boolean {
  return ['127.0.0.1', 'localhost', '::1'].includes(host);
}
