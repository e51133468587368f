/**
 * Gives the ledger a new key: `npm run ledger:rotate-key -- --help`. Exit code 0: done. 2: not done, and the ledger works with the key
 * that it had; after an interruption the same command finishes what was begun.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Fault } from '../casework/ports/fault.ts';
import { rotateKey } from '../ledger/rotate-key.ts';
import type { Instant } from '../procedure/facts.ts';

const HELP = `Gives the ledger a new key for its checkpoints. Stop the bot first.

  npm run ledger:rotate-key -- [--data DIR] [--key FILE] [--new-key FILE] [--index-key FILE] [--dry-run]

  --data DIR        the data folder (HARDLINE_DATA); .data otherwise
  --key FILE        the key in use; checkpoint-key.pem in the data folder otherwise
  --new-key FILE    the new key; one is made otherwise
  --index-key FILE  the key of HARDLINE_INDEX_KEY_FILE; index-key in the data folder otherwise
  --dry-run         only says what would be done

The ledger gets an entry about the change, and both keys sign a checkpoint of its end, which is printed as a line for your log
collector. The new key takes the place of the old file; the old one is renamed to FILE.retired-ID and never deleted. For a key in
an environment variable or in Key Vault, write the old and the new one to files (mode 0600), run this, and put the new one in
place of the old one there.

Exit codes: 0 done, 2 not done.
`;

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      key: { type: 'string' },
      'new-key': { type: 'string' },
      'index-key': { type: 'string' },
      'dry-run': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) {
    process.stdout.write(HELP);
    return;
  }
  const folder = values.data ?? '.data';
  const rotation = {
    file: join(folder, 'hardline.sqlite'),
    keyFile: values.key ?? join(folder, 'checkpoint-key.pem'),
    newKeyFile: values['new-key'] ?? null,
    indexKeyFile: values['index-key'] ?? join(folder, 'index-key'),
    now: () => Date.now() as Instant,
    newId: () => randomUUID(),
  };
  const { from, to, retiredFile, checkpoint } = await rotateKey(rotation, values['dry-run'] === true ? 'look' : 'do');
  if (checkpoint === null) {
    process.stdout.write(
      `nothing was changed. The key ${from} would become ${retiredFile}, and a new key take its place.\n`,
    );
    return;
  }
  process.stdout.write(`${JSON.stringify({ time: Date.now(), checkpoint, msg: 'ledger checkpoint' })}\n`);
  process.stdout.write(`key changed: ${from} is ${retiredFile} now, ${to} is in use\n`);
}

try {
  await run();
} catch (error) {
  const why = error instanceof Fault ? error.internal : error instanceof Error ? error.message : String(error);
  process.stdout.write(`key not changed: ${why}\n`);
  process.exitCode = 2;
}
