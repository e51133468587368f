/**
 * The files and the folder that the settings name: keys, certificates, the data folder. They are looked at before anything
 * is opened, so that everything that is wrong with them is said at once. No message repeats a path or what is in a file.
 */
import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import type { Environment, Problems } from './environment.ts';
import { checkpointKeyIn } from '../ledger/checkpoint-key.ts';
import { indexKeyIn } from '../ledger/index-key.ts';
import { systemCode } from '../ledger/failures.ts';
import { readKeyText } from '../ledger/key-file.ts';

const EVERYBODY_WRITES = 0o002;
const NAMED = 'there is no such file. A key that is named is never made anew: put it back, or take the setting away.';
const OPEN = 'others can read it. Give it to the account of the bot alone (mode 0600).';

type Note = (name: string, sentence: string) => void;
type Settings = Partial<Environment>;

/** Notes what is wrong with the files of these settings. A setting that could not be read is passed over. */
export function checkFiles(env: Settings, problems: Problems): void {
  const note: Note = (name, sentence) => {
    if (!problems.has(name)) problems.set(name, sentence);
  };
  checkKey(env.HARDLINE_CHECKPOINT_KEY_FILE, checkpointKeyIn, 'HARDLINE_CHECKPOINT_KEY_FILE', CHECKPOINT_KEY, note);
  checkKey(env.HARDLINE_INDEX_KEY_FILE, indexKeyIn, 'HARDLINE_INDEX_KEY_FILE', INDEX_KEY, note);
  if (env.HARDLINE_BOT_CREDENTIAL === 'certificate') {
    const thumbprint = env.HARDLINE_BOT_CERTIFICATE_THUMBPRINT ?? null;
    checkCertificate(env.HARDLINE_BOT_CERTIFICATE_FILE, 'HARDLINE_BOT_CERTIFICATE', thumbprint, note);
  }
  if (env.HARDLINE_GRAPH_CREDENTIAL === 'certificate') {
    checkCertificate(env.HARDLINE_GRAPH_CERTIFICATE_FILE, 'HARDLINE_GRAPH_CERTIFICATE', null, note);
  }
  if (env.HARDLINE_POLICY_FILE !== undefined) checkPolicyFile(env.HARDLINE_POLICY_FILE, note);
  if (env.HARDLINE_DATA !== undefined) checkDataFolder(env, env.HARDLINE_DATA, note);
}

const CHECKPOINT_KEY = 'holds no Ed25519 private key in PEM form; openssl genpkey -algorithm ed25519 makes one.';
const INDEX_KEY = 'holds no key of 64 hex digits; openssl rand -hex 32 makes one.';

function checkKey(
  file: string | undefined,
  keyIn: (text: string) => KeyObject | null,
  name: string,
  otherwise: string,
  note: Note,
): void {
  if (file === undefined) return;
  const text = read(file, name, note);
  if (text !== null && keyIn(text) === null) note(name, otherwise);
}

/** The text of a file with a key; `null` when there is something to note about it. */
function read(file: string, name: string, note: Note): string | null {
  const found = readKeyText(file);
  if (found.kind === 'read') return found.text;
  if (found.kind === 'missing') note(name, name.includes('CERTIFICATE') ? 'there is no such file.' : NAMED);
  if (found.kind === 'open-to-others') note(name, OPEN);
  if (found.kind === 'unreadable') note(name, `cannot be read (${found.code}).`);
  return null;
}

/** A certificate and its private key in one PEM file. `thumbprint`: what the setting beside it says, or `null`. */
function checkCertificate(file: string | undefined, setting: string, thumbprint: string | null, note: Note): void {
  if (file === undefined) return;
  const name = `${setting}_FILE`;
  const text = read(file, name, note);
  if (text === null) return;
  const certificate = certificateIn(text);
  if (certificate === null) {
    note(name, 'holds no certificate in PEM form.');
    return;
  }
  const wrong = wrongWithCertificate(certificate, privateKeyIn(text));
  if (wrong !== null) {
    note(name, wrong);
    return;
  }
  const own = certificate.fingerprint.replaceAll(':', '');
  if (thumbprint !== null && thumbprint.replaceAll(/[:\s]/g, '').toUpperCase() !== own) {
    note(`${setting}_THUMBPRINT`, 'belongs to another certificate than the one in the file (SHA-1, 40 hex digits).');
  }
}

function wrongWithCertificate(certificate: X509Certificate, key: KeyObject | null): string | null {
  if (key === null) return 'holds no private key in PEM form beside the certificate.';
  if (!certificate.checkPrivateKey(key)) return 'the certificate and the private key do not belong together.';
  return certificate.validToDate.getTime() <= Date.now() ? 'the certificate has expired.' : null;
}

function certificateIn(text: string): X509Certificate | null {
  try {
    return new X509Certificate(text);
  } catch {
    return null; // what OpenSSL says of it could quote the file
  }
}

function privateKeyIn(text: string): KeyObject | null {
  try {
    return createPrivateKey(text);
  } catch {
    return null; // the same
  }
}

function checkPolicyFile(file: string, note: Note): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (process.platform === 'win32' || found?.isFile() !== true) return; // reading it says what else is wrong
  if ((found.mode & EVERYBODY_WRITES) !== 0) note('HARDLINE_POLICY_FILE', 'everybody on this machine can change it.');
}

/** The ledger keeps every file in it to its owner (mode 0600), so that others may look into the folder, but not write to it. */
function checkDataFolder(env: Settings, folder: string, note: Note): void {
  const wrong = wrongWith(folder);
  if (wrong !== null) note('HARDLINE_DATA', wrong);
  if (wrong !== null) return;
  const namedKey = env.HARDLINE_CHECKPOINT_KEY_FILE ?? env.HARDLINE_CHECKPOINT_KEY ?? env.HARDLINE_CHECKPOINT_KEY_VAULT;
  const beside = [
    ['checkpoint-key.pem', namedKey, checkpointKeyIn, CHECKPOINT_KEY],
    ['index-key', env.HARDLINE_INDEX_KEY_FILE, indexKeyIn, INDEX_KEY],
  ] as const;
  for (const [key, named, keyIn, otherwise] of beside) {
    const file = join(folder, key);
    if (named !== undefined || statSync(file, { throwIfNoEntry: false }) === undefined) continue;
    checkKey(file, keyIn, `${key} in HARDLINE_DATA`, otherwise, note);
  }
}

/** What is wrong with the data folder; `null` when it can be used. It is made here when it is missing, for its owner alone. */
function wrongWith(folder: string): string | null {
  try {
    makeFolder(folder);
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    const everybody = process.platform !== 'win32' && (statSync(folder).mode & EVERYBODY_WRITES) !== 0;
    return everybody ? 'everybody on this machine can write to this folder.' : null;
  } catch (error) {
    // A file in the way, or no right to look or to write.
    return `is no folder that the bot can write to (${systemCode(error)}).`;
  }
}

/** Not with `recursive`: Node tries forever where the system answers that a folder cannot be there, as in /proc. */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return;
  const above = dirname(resolve(folder));
  if (above !== resolve(folder)) makeFolder(above);
  mkdirSync(folder, { mode: 0o700 });
}
