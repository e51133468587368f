/**
 * Writes docs/permissions.md from the lists the code checks.
 * The one rule kept here: the page has no other source.
 */
import { writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { permissionsPage } from '../src/graph/permissions-page.ts';

const page = new URL('../docs/permissions.md', import.meta.url);
const style = await resolveConfig(page);
await writeFile(page, await format(permissionsPage(), { ...style, parser: 'markdown' }));
