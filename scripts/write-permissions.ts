/**
 * `npm run permissions`: writes docs/permissions.md from the lists that the code checks.
 */
import { writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { permissionsPage } from '../src/graph/permissions-page.ts';

const page = new URL('../docs/permissions.md', import.meta.url);
const style = await resolveConfig(page);
await writeFile(page, await format(permissionsPage(), { ...style, parser: 'markdown' }));
