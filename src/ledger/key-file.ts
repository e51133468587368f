/**
 * Reading a file that holds a key. A key that others can read is no key any more, and one that was named by an operator
 * and is gone must come back from them: a new one would hide that the old one was lost.
 */
import { readFileSync, statSync } from 'node:fs';
import { systemCode, unsuitable } from './failures.ts';

/** What became of reading a key file. */
export type KeyText =
  | { readonly kind: 'read'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'open-to-others' }
  /** `code`: what the system says, such as `EACCES`. */
  | { readonly kind: 'unreadable'; readonly code: string; readonly cause: unknown };

/** Whether a file that is not there is made, or stops the start because an operator named it. */
export type WhenMissing = 'make' | 'refuse';

/** Reads a file that only its owner may read. */
export function readKeyText(file: string): KeyText {
  try {
    if (openToOthers(statSync(file))) return { kind: 'open-to-others' };
    return { kind: 'read', text: readFileSync(file, 'utf8') };
  } catch (error) {
    const code = systemCode(error);
    return code === 'ENOENT' ? { kind: 'missing' } : { kind: 'unreadable', code, cause: error };
  }
}

/** The text of a key file; `null` when there is none and one may be made. Throws Fault `configuration` for everything else. */
export function keyTextOf(what: string, file: string, whenMissing: WhenMissing): string | null {
  const read = readKeyText(file);
  switch (read.kind) {
    case 'read':
      return read.text;
    case 'missing':
      if (whenMissing === 'make') return null;
      throw unsuitable(`${what} is missing; a key that is named is never made anew`);
    case 'open-to-others':
      throw unsuitable(`${what} can be read by others than its owner (mode 0600 is right)`);
    case 'unreadable':
      throw unsuitable(`${what} cannot be read (${read.code})`, read.cause);
  }
}

/** What the system says of a file. */
interface FileRights {
  readonly mode: number;
  readonly uid: number;
  isFile(): boolean;
}

/**
 * Whether others than the owner may read or change a file. A platform such as Kubernetes mounts secrets as files of root that
 * the process can read through its group alone: that is allowed, because the process could not read them otherwise.
 */
export function openToOthers(file: FileRights, me: number | undefined = process.getuid?.()): boolean {
  if (process.platform === 'win32' || !file.isFile()) return false; // there, the rights of the folder decide
  const mounted = file.uid === 0 && me !== 0;
  return (file.mode & (mounted ? 0o037 : 0o077)) !== 0;
}
