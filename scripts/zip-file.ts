/**
 * Builds a zip file of a few small files: stored without compression, and always the same bytes for the same input.
 */
import { crc32 } from 'node:zlib';

/** One file of the package. Names are plain ASCII, without folders. */
export interface PackedFile {
  readonly name: string;
  readonly content: Buffer;
}

const VERSION = 20;
/** 1980-01-01, the first date a zip file can hold: the bytes depend on the content only. */
const FIRST_DAY = 0x21;

/** Builds the zip file. Throws RangeError for any other name. */
export function zipFile(files: readonly PackedFile[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of files) {
    if (!/^[\w-]+(?:\.[\w-]+)*$/.test(name)) throw new RangeError(`${name}: not a plain file name`);
    const fields = headerFields(name, content);
    const local = Buffer.concat([number(0x04034b50, 4), fields, Buffer.from(name), content]);
    // The directory repeats the fields, preceded by the version that made it and followed by the offset.
    const position = Buffer.concat([number(0, 2), number(0, 2), number(0, 2), number(0, 4), number(offset, 4)]);
    directory.push(Buffer.concat([number(0x02014b50, 4), number(VERSION, 2), fields, position, Buffer.from(name)]));
    bodies.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = [number(0x06054b50, 4), number(0, 4), number(files.length, 2), number(files.length, 2)];
  return Buffer.concat([...bodies, listed, ...end, number(listed.length, 4), number(offset, 4), number(0, 2)]);
}

/** The fields both headers share: version, flags, method, time, day, checksum, two sizes, name and extra length. */
function headerFields(name: string, content: Buffer): Buffer {
  const [flags, stored, midnight, extra] = [0, 0, 0, 0];
  return Buffer.concat([
    ...[VERSION, flags, stored, midnight, FIRST_DAY].map((value) => number(value, 2)),
    ...[crc32(content), content.length, content.length].map((value) => number(value, 4)),
    ...[name.length, extra].map((value) => number(value, 2)),
  ]);
}

/** A little-endian number with the given number of bytes. */
function number(value: number, bytes: 2 | 4): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntLE(value, 0, bytes);
  return buffer;
}
