/** A certificate that signs itself, made in memory: tests need good, expired and foreign ones, and no private key lies in the repository. */
import { createPublicKey, generateKeyPairSync, sign, X509Certificate } from 'node:crypto';

/** A certificate and its private key, as PEM. */
export interface Identity {
  readonly certificate: string;
  readonly privateKey: string;
  /** SHA-1 of the certificate in capital hex digits, as Entra shows it. */
  readonly thumbprint: string;
}

const DAY = 86_400_000;
const SHA256_WITH_RSA = Buffer.from('300d06092a864886f70d01010b0500', 'hex');
const COMMON_NAME = Buffer.from('0603550403', 'hex');

const ALTERNATIVE_NAMES = Buffer.from('0603551d11', 'hex');
const LOOPBACK = Buffer.from([127, 0, 0, 1]);

/** What the certificate is for: nobody in particular, or a server on 127.0.0.1. */
interface Wanted {
  readonly daysLeft: number;
  readonly forLoopback?: boolean;
}

/** An RSA identity that is good from yesterday until `daysLeft` days from now. */
export function selfSigned({ daysLeft, forLoopback = false }: Wanted): Identity {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const name = sequence(set(sequence(COMMON_NAME, der(0x0c, Buffer.from('hardline test')))));
  const until = Date.now() + daysLeft * DAY;
  const body = sequence(
    der(0xa0, integer(2)),
    integer(1),
    SHA256_WITH_RSA,
    name,
    sequence(time(Math.min(until, Date.now()) - DAY), time(until)),
    name,
    createPublicKey(privateKey).export({ type: 'spki', format: 'der' }),
    ...(forLoopback
      ? [der(0xa3, sequence(sequence(ALTERNATIVE_NAMES, der(0x04, sequence(der(0x87, LOOPBACK))))))]
      : []),
  );
  const signature = der(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]));
  const certificate = new X509Certificate(sequence(body, SHA256_WITH_RSA, signature));
  return {
    certificate: certificate.toString(),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    thumbprint: certificate.fingerprint.replaceAll(':', ''),
  };
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

function set(part: Buffer): Buffer {
  return der(0x31, part);
}

function integer(value: number): Buffer {
  return der(0x02, Buffer.from([value]));
}

function time(at: number): Buffer {
  const digits = new Date(at).toISOString().replace(/[-:T]/g, '').slice(0, 14);
  return der(0x18, Buffer.from(`${digits}Z`));
}
