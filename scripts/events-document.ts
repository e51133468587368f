/** Prints the catalogue of the ledger's codes as a document, so that the document is never out of date. */
import { format, resolveConfig } from 'prettier';
import { CATALOGUE, RETIRED } from '../src/casework/ports/events/catalogue.ts';
import type { EventDescription, Field } from '../src/casework/ports/events/described.ts';

const PAGE = new URL('../docs/events.md', import.meta.url);

const OPENING = `# The codes of the ledger

Generated from \`src/casework/ports/events/\` by \`npm run events\`; a test fails when it is out of date.

Every entry of the ledger has a number, a time, a code, an actor, the person it is about, the number of a case, the id that pairs an
outcome with its intent, and a detail. The list of codes is closed: an entry with another code, or with a field that is not
listed here, does not compile or fails a test. Codes never change their meaning.

- **By** is the actor of the entry. The bot writes as \`hardline\`, everybody else with their Entra object id.
- **Detail** is kept apart from the chained record. It goes when the data of the person is erased; who, when and which code stay.
  Fields marked _(personal)_ hold what a person wrote. All others hold codes, counts and times, which say something about
  somebody only together with the ids of the entry. No field holds a name, a full number, a pass, or words of a search.
- Every detail also has **\`turn\`**: the id of the message, the click or the run of the bot's own work that led to the entry. Requests to
  Microsoft Graph carry it as \`client-request-id\` (the order of a pass is named by it, too), requests to Teams and the answer to a
  click as \`x-ms-client-request-id\`, log lines as \`turn\`; an apology shows its first eight characters. Reads that several people
  share, such as a round of the tenant feed, have ids of their own. Entries of older versions have none.
- Every \`.intent\` is written before something is done, its \`.outcome\` afterwards. When the bot ended in between, the next run writes
  \`unknown: no answer was written down\` as the outcome.`;

/** The whole document, formatted like every other. */
export async function eventsDocument(): Promise<string> {
  const groups = Object.entries(CATALOGUE).map(([name, events]) => group(name, events));
  const retired = Object.entries(RETIRED).map(([code, now]) => `| \`${code}\` | \`${now}\` |`);
  const text = [
    OPENING,
    ...groups,
    '## Codes of older versions',
    'Nothing writes them any more; their entries stay readable.',
    ['| Code | Today |', '| --- | --- |', ...retired].join('\n'),
    '',
  ].join('\n\n');
  return format(text, { ...(await resolveConfig(PAGE)), parser: 'markdown' });
}

function group(name: string, events: Readonly<Record<string, EventDescription>>): string {
  const rows = Object.entries(events).map(
    ([code, { when, by, fields }]) => `| \`${code}\` | ${when} | ${by.join(', ')} | ${detail(fields)} |`,
  );
  return [`## ${name}`, ['| Code | When | By | Detail |', '| --- | --- | --- | --- |', ...rows].join('\n')].join(
    '\n\n',
  );
}

function detail(fields: EventDescription['fields']): string {
  const all = Object.entries(fields).map(([name, field]) => `\`${name}\` (${kind(field)}): ${field.means}`);
  return all.length === 0 ? '–' : all.join('<br>');
}

function kind({ type, optional, nullable, personal }: Field): string {
  return [
    type === 'texts' ? 'list of texts' : type,
    ...(nullable === true ? ['or null'] : []),
    ...(optional === true ? ['where it applies'] : []),
    ...(personal === true ? ['_(personal)_'] : []),
  ].join(', ');
}
