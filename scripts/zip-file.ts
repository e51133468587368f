/**
 * Builds a zip file of a few small files: stored without compression, and always the same bytes for the same input.
 */
import { crc32 } from 'node:zlib';

/** One file of the package. Names are plain ASCII and lie at the root. */
export interface PackedFile {
  readonly name: string;
  readonly content: Buffer;
}

const VERSION = 20;
/** 1980-01-01, the first day zip knows: the package depends on its content and on nothing else. */
const FIRST_DAY = 0x21;

/** Builds the zip file. Throws RangeError for a name that is not plain. */
export function zipFile(files: readonly PackedFile[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of files) {
    if (!/^[\w-]+(?:\.[\w-]+)*$/.test(name)) throw new RangeError(`${name}: not a plain file name`);
    const fields = described(name, content);
    const local = Buffer.concat([number(0x04034b50, 4), fields, Buffer.from(name), content]);
    // The directory repeats the fields, with the version that made it in front and the place behind.
    const place = Buffer.concat([number(0, 2), number(0, 2), number(0, 2), number(0, 4), number(offset, 4)]);
    directory.push(Buffer.concat([number(0x02014b50, 4), number(VERSION, 2), fields, place, Buffer.from(name)]));
    bodies.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = [number(0x06054b50, 4), number(0, 4), number(files.length, 2), number(files.length, 2)];
  return Buffer.concat([...bodies, listed, ...end, number(listed.length, 4), number(offset, 4), number(0, 2)]);
}

/** The fields both headers share: version, flags, method, time, day, checksum, two sizes, name and extra length. */
function described(name: string, content: Buffer): Buffer {
  const [flags, stored, midnight, extra] = [0, 0, 0, 0];
  return Buffer.concat([
    ...[VERSION, flags, stored, midnight, FIRST_DAY].map((value) => number(value, 2)),
    ...[crc32(content), content.length, content.length].map((value) => number(value, 4)),
    ...[name.length, extra].map((value) => number(value, 2)),
  ]);
}

/** A little-endian number of so many bytes. */
function number(value: number, bytes: 2 | 4): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntLE(value, 0, bytes);
  return buffer;
}
