/**
 * How well a recognizer does on labeled phrases, in figures. The figures name no phrase, so they may be printed for the
 * held-back third too.
 */
import type { Intent } from '../../src/intents/intent.ts';
import type { LabeledPhrase } from './labeled.ts';

/** What is counted. A harmless text is one that asks for no manual reset. */
export interface PhraseFigures {
  readonly phrases: number;
  readonly understood: number;
  readonly resets: number;
  readonly resetsMissed: number;
  /** Requests for a manual reset that opened a case. */
  readonly resetsOpenedCase: number;
  readonly harmless: number;
  readonly harmlessRefused: number;
  /** Harmless texts about nobody's lockout for which somebody was looked up. */
  readonly searchedByMistake: number;
  /** Phrases that open a case or send a link about somebody, and those of them for which the right person was found. */
  readonly named: number;
  readonly namedRight: number;
}

/** A phrase, and what was made of it. */
export interface Judged {
  readonly phrase: LabeledPhrase;
  readonly intent: Intent;
}

/** Counts what `recognize` makes of the phrases. */
export function figuresOf(phrases: readonly LabeledPhrase[], recognize: (text: string) => Intent): PhraseFigures {
  return figuresOfJudged(phrases.map((phrase) => ({ phrase, intent: recognize(phrase.text) })));
}

/** Counts what was made of phrases. */
export function figuresOfJudged(answers: readonly Judged[]): PhraseFigures {
  const count = (matches: (answer: (typeof answers)[number]) => boolean): number => answers.filter(matches).length;
  const isReset = ({ phrase }: (typeof answers)[number]): boolean => phrase.kind === 'manual-reset';
  const isAbout = ({ phrase }: (typeof answers)[number]): boolean =>
    (phrase.kind === 'open-case' || phrase.kind === 'send-link') && phrase.who !== null;
  return {
    phrases: answers.length,
    understood: count(({ phrase, intent }) => intent.kind === phrase.kind),
    resets: count(isReset),
    resetsMissed: count((answer) => isReset(answer) && answer.intent.kind !== 'manual-reset'),
    resetsOpenedCase: count((answer) => isReset(answer) && answer.intent.kind === 'open-case'),
    harmless: count((answer) => !isReset(answer)),
    harmlessRefused: count((answer) => !isReset(answer) && answer.intent.kind === 'manual-reset'),
    searchedByMistake: count(
      ({ phrase, intent }) =>
        ['help', 'unknown', 'greeting'].includes(phrase.kind) &&
        (intent.kind === 'open-case' || intent.kind === 'send-link') &&
        intent.who !== null,
    ),
    named: count(isAbout),
    namedRight: count((answer) => isAbout(answer) && 'who' in answer.intent && answer.intent.who === answer.phrase.who),
  };
}
