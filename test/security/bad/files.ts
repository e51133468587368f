/** Keys, certificates, folders and ports with which the bot must not start. */
import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { selfSigned } from '../self-signed.ts';
import { bad, ENTRA, file, SOMEWHERE, type BadConfiguration, type Change, type Place } from './configuration.ts';

const ed25519 = (): string =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const p256 = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const publicHalf = (): string =>
  generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString();

function certificate(title: string, made: (place: Place) => Change, problem: string, says: RegExp): BadConfiguration {
  return bad(title, (place) => ({ ...ENTRA, HARDLINE_BOT_CREDENTIAL: 'certificate', ...made(place) }), problem, {
    says,
  });
}

function pem(place: Place, { daysLeft = 30, mode = 0o600, parts = 'both' } = {}): Change {
  const own = selfSigned({ daysLeft });
  const key = parts === 'foreign key' ? selfSigned({ daysLeft }).privateKey : own.privateKey;
  const text = own.certificate + (parts === 'no key' ? '' : key);
  return {
    HARDLINE_BOT_CERTIFICATE_FILE: file(place, 'bot.pem', text, mode),
    HARDLINE_BOT_CERTIFICATE_THUMBPRINT: own.thumbprint,
  };
}

/** Keys, certificates, folders and ports. */
export const FILES: readonly BadConfiguration[] = [
  bad(
    'a checkpoint key that is named and not there',
    ({ folder }) => ({ HARDLINE_CHECKPOINT_KEY_FILE: join(folder, SOMEWHERE, 'gone.pem') }),
    'HARDLINE_CHECKPOINT_KEY_FILE:',
    { says: /no such file/ },
  ),
  bad(
    'an index key that is named and not there',
    ({ folder }) => ({ HARDLINE_INDEX_KEY_FILE: join(folder, SOMEWHERE, 'gone') }),
    'HARDLINE_INDEX_KEY_FILE:',
    { says: /no such file/ },
  ),
  bad(
    'a checkpoint key that others can read',
    (place) => ({ HARDLINE_CHECKPOINT_KEY_FILE: file(place, 'key.pem', ed25519(), 0o644) }),
    'HARDLINE_CHECKPOINT_KEY_FILE:',
    { says: /others can read/ },
  ),
  bad(
    'an index key that the group can read',
    (place) => ({ HARDLINE_INDEX_KEY_FILE: file(place, 'key', 'ab'.repeat(32), 0o640) }),
    'HARDLINE_INDEX_KEY_FILE:',
    { says: /others can read/ },
  ),
  bad(
    'a checkpoint key of another kind',
    (place) => ({ HARDLINE_CHECKPOINT_KEY_FILE: file(place, 'key.pem', p256()) }),
    'HARDLINE_CHECKPOINT_KEY_FILE:',
    { says: /Ed25519/ },
  ),
  bad(
    'the public half of a checkpoint key',
    (place) => ({ HARDLINE_CHECKPOINT_KEY_FILE: file(place, 'key.pem', publicHalf()) }),
    'HARDLINE_CHECKPOINT_KEY_FILE:',
    { says: /Ed25519/ },
  ),
  bad(
    'an index key that is no key',
    (place) => ({ HARDLINE_INDEX_KEY_FILE: file(place, 'key', 'not-a-key-at-all') }),
    'HARDLINE_INDEX_KEY_FILE:',
  ),
  bad(
    'a folder as checkpoint key',
    ({ folder }) => ({ HARDLINE_CHECKPOINT_KEY_FILE: folder }),
    'HARDLINE_CHECKPOINT_KEY_FILE:',
  ),
  bad(
    'a key beside the ledger that others can read',
    (place) => ({ HARDLINE_DATA: join(file(place, 'checkpoint-key.pem', ed25519(), 0o644), '..') }),
    'checkpoint-key.pem in HARDLINE_DATA:',
    { says: /others can read/ },
  ),
  certificate(
    'a certificate file that is not there',
    ({ folder }) => ({
      HARDLINE_BOT_CERTIFICATE_FILE: join(folder, SOMEWHERE),
      HARDLINE_BOT_CERTIFICATE_THUMBPRINT: 'AB'.repeat(20),
    }),
    'HARDLINE_BOT_CERTIFICATE_FILE:',
    /no such file/,
  ),
  certificate(
    'a certificate file with something else in it',
    (place) => ({ ...pem(place), HARDLINE_BOT_CERTIFICATE_FILE: file(place, 'bot.pem', 'no certificate') }),
    'HARDLINE_BOT_CERTIFICATE_FILE:',
    /certificate/,
  ),
  certificate(
    'a certificate without its key',
    (place) => pem(place, { parts: 'no key' }),
    'HARDLINE_BOT_CERTIFICATE_FILE:',
    /private key/,
  ),
  certificate(
    'a certificate with the key of another',
    (place) => pem(place, { parts: 'foreign key' }),
    'HARDLINE_BOT_CERTIFICATE_FILE:',
    /belong/,
  ),
  certificate(
    'a certificate that has expired',
    (place) => pem(place, { daysLeft: -2 }),
    'HARDLINE_BOT_CERTIFICATE_FILE:',
    /expired/,
  ),
  certificate(
    'a certificate whose key others can read',
    (place) => pem(place, { mode: 0o644 }),
    'HARDLINE_BOT_CERTIFICATE_FILE:',
    /others can read/,
  ),
  certificate(
    'the thumbprint of another certificate',
    (place) => ({ ...pem(place), HARDLINE_BOT_CERTIFICATE_THUMBPRINT: 'AB'.repeat(20) }),
    'HARDLINE_BOT_CERTIFICATE_THUMBPRINT:',
    /another certificate/,
  ),
  bad(
    'a certificate for Graph that others can read',
    (place) => ({
      ...ENTRA,
      HARDLINE_GRAPH_CREDENTIAL: 'certificate',
      HARDLINE_GRAPH_CERTIFICATE_FILE: pem(place, { mode: 0o604 }).HARDLINE_BOT_CERTIFICATE_FILE,
    }),
    'HARDLINE_GRAPH_CERTIFICATE_FILE:',
    { says: /others can read/ },
  ),
  bad('a file as data folder', (place) => ({ HARDLINE_DATA: file(place, 'data', '') }), 'HARDLINE_DATA:'),
  bad(
    'a data folder inside of a file',
    (place) => ({ HARDLINE_DATA: join(file(place, 'data', ''), 'in-it') }),
    'HARDLINE_DATA:',
  ),
  bad('a data folder where nothing can be written', { HARDLINE_DATA: '/proc/hardline-data' }, 'HARDLINE_DATA:'),
  bad(
    'a data folder that everybody can write to',
    (place) => {
      const folder = join(file(place, 'unused', ''), '..', 'data');
      mkdirSync(folder);
      chmodSync(folder, 0o777);
      return { HARDLINE_DATA: folder };
    },
    'HARDLINE_DATA:',
    { says: /everybody/ },
  ),
  bad('a port that is taken', ({ takenPort }) => ({ PORT: String(takenPort) }), 'PORT:', { says: /another process/ }),
];
