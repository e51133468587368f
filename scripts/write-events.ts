/** `npm run events`: writes docs/events.md from the catalogue of the ledger's codes. */
import { writeFile } from 'node:fs/promises';
import { eventsDocument } from './events-document.ts';

await writeFile(new URL('../docs/events.md', import.meta.url), await eventsDocument());
