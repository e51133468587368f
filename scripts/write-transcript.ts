/**
 * `npm run transcript`: plays a story and writes its transcript to docs/transcript.md. The page is never edited by hand, so
 * it shows what the bot says today. The story masks passes before it prints them.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const STORY = 'phone-left-at-home';
const root = join(import.meta.dirname, '..');

const played = spawnSync(process.execPath, ['demo/run.ts', '--story', STORY], { cwd: root, encoding: 'utf8' });
if (played.status !== 0) {
  process.stderr.write(`${played.stdout}${played.stderr}The story failed; docs/transcript.md was not changed.\n`);
  process.exit(1);
}

const page = `# A whole case, as a transcript

<!-- Written by scripts/write-transcript.ts. Do not edit by hand: npm run transcript -->

\`npm run demo -- --story ${STORY}\` prints this. Lena Hartmann calls: they cannot sign in, and their phone is
at home. The story is played over the same HTTP as in the demo, with the real bot between an emulated tenant and an emulated
Teams.

- \`┃\` marks a card, \`▌\` its heading, \`[ ]\` its buttons.
- \`tenant\` lists the bot's requests to Microsoft Graph, \`ledger\` the entries it wrote.
- \`✔\` is a check that the story makes. Passes are masked.

\`\`\`text
${played.stdout.trim()}
\`\`\`
`;
writeFileSync(join(root, 'docs', 'transcript.md'), page);
