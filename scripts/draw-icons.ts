/**
 * Draws the two icons of the Teams app: an H with a ring in the middle of its crossbar. Teams asks for 192 x 192 in
 * full color, and for 32 x 32 in white on transparent. Running the script again gives the same bytes.
 */
import { writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

type Color = readonly [red: number, green: number, blue: number, alpha: number];
type Point = readonly [x: number, y: number];

const INDIGO: Color = [74, 79, 191, 255];
const WHITE: Color = [255, 255, 255, 255];
const CLEAR: Color = [255, 255, 255, 0];

/** Distance from a point to the line between two points; all on a square of side 1. */
function toLine([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

/** Distance to the white part of the icon; below zero inside it. */
function toMark(at: Point): number {
  const center = Math.hypot(at[0] - 0.5, at[1] - 0.5);
  const ring = Math.abs(center - 0.085) - 0.03;
  const stems = Math.min(toLine(at, [0.24, 0.24], [0.24, 0.76]), toLine(at, [0.76, 0.24], [0.76, 0.76]));
  const bar = toLine(at, [0.24, 0.5], [0.76, 0.5]);
  const letter = Math.min(stems, bar) - 0.055;
  const gap = center - 0.145; // the bar stops short of the ring
  return Math.min(ring, Math.max(letter, -gap));
}

/** Mixes two colors: `share` of the second. */
function mixed(under: Color, over: Color, share: number): Color {
  const mix = (one: number, two: number): number => Math.round(one + (two - one) * share);
  return [mix(under[0], over[0]), mix(under[1], over[1]), mix(under[2], over[2]), mix(under[3], over[3])];
}

/** One chunk of a PNG: length, name, data, checksum. */
function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** A PNG of `side` pixels, 8 bits each for red, green, blue and alpha. */
function png(side: number, under: Color): Buffer {
  const rows = Array.from({ length: side }, (_, y) => {
    const pixels = Array.from({ length: side }, (_none, x) => {
      const distance = toMark([(x + 0.5) / side, (y + 0.5) / side]) * side;
      return mixed(under, WHITE, Math.min(1, Math.max(0, 0.5 - distance)));
    });
    return Buffer.from([0, ...pixels.flat()]); // 0: no filter
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const body = deflateSync(Buffer.concat(rows), { level: 9 });
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', body), chunk('IEND', Buffer.alloc(0))]);
}

const folder = new URL('../appPackage/', import.meta.url);
writeFileSync(new URL('color.png', folder), png(192, INDIGO));
writeFileSync(new URL('outline.png', folder), png(32, CLEAR));
