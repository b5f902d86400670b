/** The words of what was typed, as FTS5's unicode61 tokenizer would take a text apart. */
export function searchWords(text: string): string[] {
  return text
    .normalize('NFC')
    .split(/[^\p{L}\p{N}\p{M}\p{Co}]+/u)
    .filter((word) => word !== '')
    .slice(0, 12);
}

// Words hold letters and digits alone, so that none can end the quotation.
const quoted = (word: string): string => `"${word}"`;

/** Rows in which each word begins some word; '' when nothing was asked. */
export function prefixMatch(text: string): string {
  return searchWords(text)
    .map((word) => `${quoted(word)}*`)
    .join(' AND ');
}

/** Shorter words resemble too many others. */
const shortestForgiven = 4;
/** Longer ones are no names, and their variants would be thousands. */
const longestForgiven = 20;

/**
 * Rows in which each word is spelt as given or differs by one letter: one left out, one too many, another one, or two
 * swapped. Asking for each variant needs no list of all words there are.
 *
 * @returns '' when no word can be forgiven anything
 */
export function similarMatch(text: string): string {
  const words = searchWords(text).map((word) => word.toLowerCase());
  const isForgiven = (word: string): boolean =>
    word.length >= shortestForgiven && word.length <= longestForgiven;
  if (!words.some(isForgiven)) return '';
  return words
    .slice(0, 4)
    .map((word) =>
      isForgiven(word)
        ? `(${[word, ...oneLetterOff(word)].map(quoted).join(' OR ')})`
        : `${quoted(word)}*`,
    )
    .join(' AND ');
}

/** The index holds letters without accents, so the plain alphabet and the word's own letters are enough. */
const alphabet = 'abcdefghijklmnopqrstuvwxyz';

export function oneLetterOff(word: string): Set<string> {
  const letters = new Set(Array.from(alphabet + word));
  const characters = Array.from(word);
  const variants = new Set<string>();
  for (let at = 0; at <= characters.length; at += 1) {
    const before = characters.slice(0, at).join('');
    const after = characters.slice(at);
    for (const letter of letters) variants.add(before + letter + after.join(''));
    const [here, next, ...rest] = after;
    if (here === undefined) continue;
    variants.add(before + after.slice(1).join(''));
    for (const letter of letters) variants.add(before + letter + after.slice(1).join(''));
    if (next !== undefined) variants.add(before + next + here + rest.join(''));
  }
  variants.delete(word);
  return variants;
}
