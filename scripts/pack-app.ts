/**
 * Packs the Teams app: `npm run pack-app -- [NAME=VALUE ...] [--out FILE]`. Values come from the arguments or the
 * environment: TEAMS_APP_ID, BOT_ID, GRAPH_CLIENT_ID (the one of HARDLINE_GRAPH_CLIENT_ID), DEVELOPER_NAME, WEBSITE_URL,
 * PRIVACY_URL, TERMS_URL. All problems are reported at once, and then no file is written.
 *
 * This is a build step, not an operator command: it needs the source tree and development dependencies, not an
 * installed bot.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { packageFiles, PackageProblem } from './app-package.ts';
import { zipFile } from './zip-file.ts';

const { values, positionals } = parseArgs({
  options: { out: { type: 'string', default: 'appPackage/build/hardline.zip' } },
  allowPositionals: true,
});
const given = Object.fromEntries(
  positionals.map((pair): [string, string] => {
    const sign = pair.indexOf('=');
    return sign < 0 ? [pair, ''] : [pair.slice(0, sign), pair.slice(sign + 1)];
  }),
);

try {
  const files = await packageFiles({ ...process.env, ...given });
  const out = resolve(values.out);
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, zipFile(files));
  console.log(`packed ${files.length} files into ${values.out}`);
} catch (problem) {
  if (!(problem instanceof PackageProblem)) throw problem;
  for (const line of problem.problems) console.error(line);
  process.exitCode = 1;
}
