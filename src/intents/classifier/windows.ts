/**
 * A long text is judged in parts, so that one sentence counts the same however much mail stands around it. Parts
 * overlap, and each word is in a fixed number of them.
 */
import type { Word } from '../words.ts';

/** Longer sentences are cut; half of each piece is repeated in the next. */
const WORDS_IN_PART = 30;
/** Neighboring sentences are also read together: "She forgot her password. Set it to Welcome1." */
const SENTENCES_TOGETHER = 2;
/** A text of at most this many words is also read as a whole. */
const SHORT_TEXT = 45;

/** The parts of a text, in its order. Never empty for a text with words. */
export function windowsOf(words: readonly Word[]): readonly (readonly Word[])[] {
  const sentences = sentencesOf(words);
  const windows: (readonly Word[])[] = [];
  for (let at = 0; at < sentences.length; at += 1) {
    for (let count = 1; count <= SENTENCES_TOGETHER && at + count <= sentences.length; count += 1) {
      windows.push(sentences.slice(at, at + count).flat());
    }
  }
  if (sentences.length > SENTENCES_TOGETHER && words.length <= SHORT_TEXT) windows.push(words);
  return windows;
}

function sentencesOf(words: readonly Word[]): readonly (readonly Word[])[] {
  const sentences: Word[][] = [];
  let sentence: Word[] = [];
  const end = (): void => {
    if (sentence.length > 0) sentences.push(sentence);
  };
  for (const word of words) {
    sentence.push(word);
    if (word.then === 'stop') {
      end();
      sentence = [];
    } else if (sentence.length === WORDS_IN_PART) {
      end();
      sentence = sentence.slice(WORDS_IN_PART / 2);
    }
  }
  end();
  return sentences;
}
