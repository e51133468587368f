/** Type-checks src/ with some files changed in memory, for tests of what must not compile. */
import { join, relative } from 'node:path';
import ts from 'typescript';
import { ROOT } from './tree.ts';

/** An error of the compiler: where, and what it says. */
export interface CompileError {
  readonly path: string;
  readonly message: string;
}

/** Files that no call changed, parsed once. */
const parsed = new Map<string, ts.SourceFile>();
const nameOf = (path: string): string => relative(ROOT, path).replaceAll('\\', '/');

/** The errors of the procedure and of what reads clicks, with each named file changed by its function. Nothing is written. */
export function compileWith(changes: Readonly<Record<string, (text: string) => string>>): readonly CompileError[] {
  const isChanged = (path: string): boolean => Object.hasOwn(changes, nameOf(path));
  const configuration = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(configuration.config, ts.sys, ROOT);
  const host = ts.createCompilerHost(options);
  const read = host.readFile.bind(host);
  const load = host.getSourceFile.bind(host);
  host.getSourceFile = (path, ...how) => {
    if (isChanged(path)) return load(path, ...how);
    const known = parsed.get(path) ?? load(path, ...how);
    if (known !== undefined) parsed.set(path, known);
    return known;
  };
  host.readFile = (path) => {
    const text = read(path);
    const change = changes[nameOf(path)];
    if (text === undefined || change === undefined) return text;
    const changed = change(text);
    if (changed === text) throw new Error(`nothing was changed in ${path}`);
    return changed;
  };
  const roots = ['src/procedure/lockout.ts', 'src/intents/read-action.ts', 'src/casework/turns/action-event.ts'];
  const program = ts.createProgram(
    roots.map((path) => join(ROOT, path)),
    { ...options, types: ['node'] },
    host,
  );
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => ({
    path: file === undefined ? '' : nameOf(file.fileName),
    message: ts.flattenDiagnosticMessageText(messageText, ' '),
  }));
}
