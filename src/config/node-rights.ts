/**
 * What the process may still do once the bot is running. `npm start` runs it under Node's permission model: no other
 * programs, no threads, no inspector, from the first line on. What only the start needs is given up here, for good.
 * This keeps mistakes and simple attacks in bounds. It is no sandbox: SQLite is native code and not bound by it.
 */

/** The rights that only the start needs: making the folder and the keys, and loading SQLite. */
const FOR_THE_START = ['fs.write', 'addon'] as const;

/** Node's permission model; newer than its types. */
interface Rights {
  has(scope: string): boolean;
  drop?(scope: string): void;
}

/** Node's permission model; `undefined` when Node was started without `--permission`. */
function rightsOf(process: NodeJS.Process): Rights | undefined {
  return (process as { readonly permission?: Rights }).permission;
}

/** Whether Node was started with `--permission`. */
export function hasLimitedRights(): boolean {
  return rightsOf(process) !== undefined;
}

/** Gives up what only the start needs. An older Node cannot; there, they stay as the command line gave them. */
export function giveUpStartRights(): void {
  const rights = rightsOf(process);
  for (const scope of FOR_THE_START) rights?.drop?.(scope);
}
