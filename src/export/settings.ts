/**
 * What can be set about the shipping of the ledger. config/shipping-settings.ts reads it.
 */

/** A collector that takes OpenTelemetry logs over HTTP (OTLP). */
export interface OtlpSettings {
  /** Where logs are posted, with its path. */
  readonly url: string;
  /** Sent with every request; may hold a secret. */
  readonly headers: Readonly<Record<string, string>>;
  readonly protocol: 'http/protobuf' | 'http/json';
  readonly compression: 'gzip' | 'none';
  /** How long one request may take, in milliseconds. */
  readonly timeoutMs: number;
  /** PEM files: who may have signed the collector's certificate, and our own certificate with its key. */
  readonly tls: { readonly ca: string | null; readonly cert: string | null; readonly key: string | null };
}

/** Where entries go while the bot runs. */
export interface ShippingSettings {
  /** The number of an open file that gets JSON lines. */
  readonly lines: number | null;
  readonly otlp: OtlpSettings | null;
}
