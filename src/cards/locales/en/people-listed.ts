/**
 * English: how many people a message was for. A list that is longer than was read is never given as if it were whole.
 */
import type { GroupMembers } from '../../../casework/ports/directory.ts';

/** Whether everybody was listed, or only the first pages. */
export type Listed = GroupMembers['listed'];

/** `3`, or `more than 900`. */
export const howMany = (of: number, listed: Listed): string => (listed === 'all' ? String(of) : `more than ${of}`);
