/**
 * Two words on the technician's card and in the caller's notice, read out to show that both see the same case.
 * The words prove the helpdesk to the caller, never the caller to the helpdesk; no button asks for them.
 */
import { createHash } from 'node:crypto';
import type { Case } from '../../procedure/case.ts';

/** Short, common, and hard to mistake for each other on a bad line. */
const WORDS = (
  'anchor apple autumn badger bamboo basket beacon bottle bridge candle canyon carpet castle cactus cherry circle ' +
  'cobalt coffee copper cotton dolphin dragon eagle ember falcon feather forest garden ginger glacier granite guitar ' +
  'hammer harbor hazel hollow indigo island jacket jasmine jungle kettle ladder lagoon lantern lemon magnet maple ' +
  'marble meadow mirror nickel novel oyster paper pepper pigeon planet pocket puzzle rabbit raven ribbon river saddle'
).split(' ');

/** The two words of a case: the same after a restart, different for every case. */
export function matchingWords(
  lockout: Pick<Case, 'id' | 'caller' | 'technician' | 'openedAt'>,
): readonly [string, string] {
  const { id, caller, technician, openedAt } = lockout;
  const bytes = createHash('sha256').update(`${id}/${caller}/${technician}/${openedAt}`).digest();
  return [pick(bytes.readUInt32BE(0)), pick(bytes.readUInt32BE(4))];
}

function pick(number: number): string {
  return WORDS[number % WORDS.length] ?? 'river';
}
