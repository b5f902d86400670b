import type { SearchHit } from '../../../shared/contract/search.ts';
import type { Reader } from '../../db/handle.ts';
import { prefixMatch, searchWords } from './match-text.ts';
import { byCloseness, readHits } from './read-hits.ts';
import { nameIndexes } from './search-indexes.ts';

export interface SearchInput {
  readonly q: string;
  /** Hits of each kind. */
  readonly limit: number;
}

/** So many of the newest matches are put in order by how close they are. */
const considered = 60;

/** Contacts, companies and deals whose names have words that begin as typed. */
export function searchNames(db: Reader, { q, limit }: SearchInput): SearchHit[] {
  const match = prefixMatch(q);
  if (match === '') return [];
  const words = searchWords(q);
  return nameIndexes.flatMap((index) =>
    byCloseness(readHits(db, index, match, considered, 'name', words), q).slice(0, limit),
  );
}
