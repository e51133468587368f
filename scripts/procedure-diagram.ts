/**
 * Draws the procedure as a Mermaid state diagram, from the table itself, so that the diagram is never out of date.
 */
import { PROCEDURE } from '../src/procedure/lockout.ts';

/** The whole document: the diagram, and the same as a table. */
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
    '# The procedure as a diagram',
    '',
    'Generated from the table in `src/procedure/lockout.ts` by `npm run diagram`; a test fails when it is out of date.',
    'Anything not in the diagram is refused. An event that leaves the case in the same state is not drawn.',
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
    '| state of the case | event | next state |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function id(state: string): string {
  return state.replaceAll('-', '_');
}
