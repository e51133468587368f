/**
 * Cursors of sources that need more than Graph's own link to go on. A cursor is text in the index; one that cannot be read
 * counts as none, and the source begins anew.
 */
import type { z } from 'zod';

/** The text of a cursor. */
export function writeCursor(cursor: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(cursor);
}

/** Reads a cursor; `null` when there is none, or when it is not of this shape. */
export function readCursor<T>(text: string | null, shape: z.ZodType<T>): T | null {
  if (text === null) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null; // written by another version
  }
  return shape.safeParse(parsed).data ?? null;
}
