// The files of the project, and the TypeScript in them, for the fences to look at.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** A file: its path from the root of the project, with forward slashes, and its text. */
export interface ProjectFile {
  readonly path: string;
  readonly text: string;
}

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** Written by tools, never committed. */
const NOT_OURS = new Set([
  'node_modules',
  '.git',
  'coverage',
  'reports',
  'test-results',
  '.stryker-tmp',
  '.data',
  'devTools',
  'build',
]);

/** Every file under these folders (or files) whose name ends so, sorted. A folder that is not there is empty. */
export function filesIn(places: readonly string[], ending: RegExp): readonly ProjectFile[] {
  return places
    .flatMap((place) => pathsUnder(join(ROOT, place)))
    .filter((path) => ending.test(path))
    .sort()
    .map((path) => ({ path: relative(ROOT, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }));
}

/** The names at the top level, without what tools leave behind. */
export function topLevel(): readonly string[] {
  return readdirSync(ROOT).filter((name) => !NOT_OURS.has(name));
}

function pathsUnder(path: string): readonly string[] {
  try {
    return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
      if (NOT_OURS.has(entry.name)) return [];
      const inside = join(path, entry.name);
      return entry.isDirectory() ? pathsUnder(inside) : [inside];
    });
  } catch (problem) {
    const { code } = problem as NodeJS.ErrnoException;
    if (code === 'ENOTDIR') return [path];
    if (code === 'ENOENT') return [];
    throw problem;
  }
}

/** Parses a file as TypeScript. Nothing is compiled or resolved. */
export function parsed(file: ProjectFile): ts.SourceFile {
  return ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
}

/** Every node of a tree, from the top down. */
export function nodesOf(root: ts.Node): readonly ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return nodes;
}

/** The words of a file that the program can act on: identifiers and text literals. Comments are left out. */
export function wordsOfCode(file: ProjectFile): readonly string[] {
  return nodesOf(parsed(file)).flatMap((node) => {
    if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) return [node.text];
    return ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node) ? [node.text] : [];
  });
}
