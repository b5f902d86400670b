import { parseWhen } from '../records/parse-when.ts';

export type QuickAddType = 'task' | 'call' | 'meeting' | 'email';

export interface QuickAddLine {
  readonly type: QuickAddType;
  /** What is left of the line when its day and its tags are taken out. */
  readonly title: string;
  /** As the API takes it, on this machine's clock; null: no day was said. */
  readonly due_at: string | null;
  readonly tags: readonly string[];
  /** Who it is about, as typed: the words after the verb; null: there are none. */
  readonly about: string | null;
}

const verbs: Readonly<Record<string, QuickAddType>> = {
  call: 'call',
  ring: 'call',
  phone: 'call',
  meet: 'meeting',
  meeting: 'meeting',
  email: 'email',
  mail: 'email',
  write: 'email',
};

/** A moment is said in so many words at most: `on Friday at 10:00 am`. */
const longestMoment = 5;

/** Words that belong to a moment and say nothing without it. */
const fillers = new Set(['on', 'at', 'by', 'due', 'next', 'this']);

/** Words between the verb and the person. */
const links = new Set(['with', 'to']);

/**
 * Reads a line such as `call Anna Friday 10:00 #proposal`.
 *
 * @param now on this machine's clock
 */
export function parseQuickAdd(typed: string, now = new Date()): QuickAddLine {
  const words = typed.trim().split(/\s+/u).filter(Boolean);
  const tags = words.filter(isTag).map((word) => word.slice(1));
  const { before, after, due_at } = takeMoment(
    words.filter((word) => !isTag(word)),
    now,
  );
  const rest = [...before, ...after];
  const type = verbs[rest[0]?.toLowerCase() ?? ''];
  // Only what stands between the verb and the moment names somebody; what follows is what it is about.
  const named = type === undefined ? [] : before.slice(1).filter((word) => !links.has(word));
  const title = rest.join(' ');
  return {
    type: type ?? 'task',
    title: title.charAt(0).toUpperCase() + title.slice(1),
    due_at,
    tags: [...new Set(tags)],
    about: named.length === 0 ? null : named.join(' '),
  };
}

function isTag(word: string): boolean {
  return /^#[\p{L}\p{N}]/u.test(word);
}

/** The longest run of words that is a moment; of several as long, the last, where people put it. */
function takeMoment(words: readonly string[], now: Date) {
  for (let length = Math.min(longestMoment, words.length); length > 0; length -= 1) {
    for (let start = words.length - length; start >= 0; start -= 1) {
      const due = readMoment(words.slice(start, start + length), now);
      if (due === null) continue;
      return {
        before: words.slice(0, start),
        after: words.slice(start + length),
        due_at: due,
      };
    }
  }
  return { before: words, after: [], due_at: null };
}

function readMoment(words: readonly string[], now: Date): string | null {
  const said = words.filter((word) => !fillers.has(word.toLowerCase()));
  // Digits alone are a number of something, and a short word alone may be a name: May, Sun.
  const isAmbiguous = said.length === 1 && /^(?:\d+|may|sun|mar|wed|sat)$/iu.test(said[0] ?? '');
  if (said.length === 0 || (isAmbiguous && said.length === words.length)) return null;
  return parseWhen(said.join(' '), now);
}
