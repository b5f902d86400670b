import type { SearchHit } from '../../../shared/contract/search.ts';
import type { Reader } from '../../db/handle.ts';
import type { ReadScope } from '../../readers/readers.ts';
import { prefixMatch, searchWords, similarMatch } from './match-text.ts';
import { readHits } from './read-hits.ts';
import { nameIndexes, textIndexes } from './search-indexes.ts';
import type { SearchInput } from './search-names.ts';

/** With so many names as typed, nobody asks for others. */
const enough = 3;

/** Activities, notes and texts with these words, and names that differ by a letter where few are spelt as typed. */
export function searchFurther(
  db: Reader,
  { q, limit }: SearchInput,
  { refuseCancelled }: ReadScope,
): SearchHit[] {
  const match = prefixMatch(q);
  if (match === '') return [];
  const words = searchWords(q);
  const hits = textIndexes.flatMap((index) => {
    refuseCancelled();
    return readHits(db, index, match, limit, 'text', words);
  });
  const similar = similarMatch(q);
  if (similar === '') return oncePerRecord(hits);
  for (const index of nameIndexes) {
    refuseCancelled();
    const named = readHits(db, index, match, enough, 'name', words);
    if (named.length >= enough) continue;
    const known = new Set(named.map((hit) => hit.id));
    const found = readHits(db, index, similar, limit, 'similar', words);
    hits.push(...found.filter((hit) => !known.has(hit.id)));
  }
  return oncePerRecord(hits);
}

/** A deal is found by its text and by each of its notes; the first tells enough. */
function oncePerRecord(hits: readonly SearchHit[]): SearchHit[] {
  const byId = new Map<string, SearchHit>();
  for (const hit of hits) if (!byId.has(hit.id)) byId.set(hit.id, hit);
  return [...byId.values()];
}
