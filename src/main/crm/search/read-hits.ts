import type { ObjectName } from '../../../shared/model/objects.ts';
import type { SearchHit } from '../../../shared/contract/search.ts';
import { foldText } from '../../../shared/workflow/conditions/comparable.ts';
import type { Reader } from '../../db/handle.ts';
import { searchWords } from './match-text.ts';
import type { SearchIndex } from './search-indexes.ts';

interface HitRow {
  readonly object: ObjectName;
  readonly id: string;
  readonly title: string | null;
  readonly detail: string | null;
  readonly text: string | null;
  readonly updated_at: string;
}

/** The newest rows that match. The index runs from the newest to the oldest, so a common word costs no more than a rare one. */
export function readHits(
  db: Reader,
  { object, index, table, title, detail, text }: SearchIndex,
  match: string,
  limit: number,
  foundBy: SearchHit['found_by'],
  words: readonly string[],
): SearchHit[] {
  const reference =
    object === null ? 'r.object, r.record_id AS id' : `'${object}' AS object, r.id AS id`;
  const rows = db.all<HitRow>(
    // CROSS JOIN: the index first, the record by its key.
    `SELECT ${reference}, ${title} AS title, ${detail} AS detail, ${text ?? 'NULL'} AS text, r.updated_at
       FROM ${index} f CROSS JOIN ${table} r ON r.seq = f.rowid
      WHERE f.${index} MATCH ? AND r.deleted_at IS NULL AND trellis_wanted()
      ORDER BY f.rowid DESC LIMIT ?`,
    match,
    limit,
  );
  return rows.flatMap((row): SearchHit[] => {
    if (row.title === null) return [];
    const found = row.text === null ? null : around(row.text, words);
    return [
      {
        object: row.object,
        id: row.id,
        title: row.title,
        detail: found ?? row.detail,
        found_by: foundBy,
        updated_at: row.updated_at,
      },
    ];
  });
}

/** Letters shown on each side of a word that was found. */
const shownAround = 60;

/** The words of a text around the first one asked for; null when it is found elsewhere. */
function around(text: string, words: readonly string[]): string | null {
  for (const { index: at, 0: word } of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const folded = foldText(word);
    if (!words.some((asked) => folded.startsWith(foldText(asked)))) continue;
    const from = Math.max(0, at - shownAround);
    const to = Math.min(text.length, at + word.length + shownAround);
    const part = text.slice(from, to).replaceAll(/\s+/gu, ' ').trim();
    return `${from > 0 ? '… ' : ''}${part}${to < text.length ? ' …' : ''}`;
  }
  return null;
}

/** Best first: the very name, its beginning, the beginning of a word; among equals the newest, as they come. */
export function byCloseness(hits: readonly SearchHit[], asked: string): SearchHit[] {
  const wanted = searchWords(asked).map(foldText).join(' ');
  const rank = ({ title }: SearchHit): number => {
    const name = searchWords(title).map(foldText).join(' ');
    if (name === wanted) return 0;
    if (name.startsWith(wanted)) return 1;
    return name.includes(` ${wanted}`) ? 2 : 3;
  };
  return hits
    .map((hit) => ({ hit, rank: rank(hit) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ hit }) => hit);
}
