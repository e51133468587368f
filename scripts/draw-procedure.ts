/** `npm run diagram`: writes docs/procedure-diagram.md. */
import { writeFileSync } from 'node:fs';
import { procedureDocument } from './procedure-diagram.ts';

writeFileSync(new URL('../docs/procedure-diagram.md', import.meta.url), procedureDocument());
