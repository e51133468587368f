/**
 * English: how times and lengths of time are written. Intl does most of it.
 */

/** The language for Intl, and the style of its clock times. */
export const intl = { language: 'en', clock: 'en-US' };

/** Less than a minute ago. */
export const justNow: string = 'just now';

/** A length of time too short to count. */
export const lessThanADay: string = 'less than a day';
