/**
 * Draws the procedure from its table as a Mermaid state diagram.
 * The one rule kept here: the picture is computed; nobody draws it by hand.
 */
import { PROCEDURE } from '../src/procedure/lockout.ts';

/** The whole document: a diagram, and the same as a table to read aloud. */
export function procedureDocument(): string {
  const lines: string[] = [];
  const rows: string[] = [];
  for (const [state, events] of Object.entries(PROCEDURE)) {
    const edges = new Map<string, string[]>();
    for (const [event, row] of Object.entries(events) as readonly [string, { readonly to: readonly string[] }][]) {
      const leadsTo = row.to.length === 0 ? ['(stays)'] : row.to;
      rows.push(`| ${state} | ${event} | ${leadsTo.join(', ')} |`);
      for (const target of row.to) {
        if (target !== state) edges.set(target, [...(edges.get(target) ?? []), event]);
      }
    }
    for (const [target, names] of edges) lines.push(`  ${id(state)} --> ${id(target)}: ${names.join(', ')}`);
  }
  const names = Object.keys(PROCEDURE).map((state) => `  state "${state}" as ${id(state)}`);
  return [
    '# The procedure as a picture',
    '',
    'Computed from the table in `src/procedure/lockout.ts` by `npm run diagram`; a test fails when it is stale.',
    'What is not drawn is refused. Staying in a state is always possible and is not drawn.',
    '',
    '```mermaid',
    'stateDiagram-v2',
    ...names,
    `  [*] --> ${id('asking-methods')}: snapshot-read`,
    `  [*] --> ${id('closed')}: snapshot-read, stopped`,
    ...lines,
    `  ${id('closed')} --> [*]`,
    '```',
    '',
    '| where the case stands | what happens | where it may lead |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function id(state: string): string {
  return state.replaceAll('-', '_');
}
