import type { Reader } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';

/** Every two of the ids, the lesser first. */
function pairsOf(ids: readonly string[]): (readonly [string, string])[] {
  const sorted = [...new Set(ids)].toSorted();
  return sorted.flatMap((one, at) => sorted.slice(at + 1).map((other) => [one, other] as const));
}

export function dismissDuplicates(unit: UnitOfWork, ids: readonly string[]): void {
  for (const [one, other] of pairsOf(ids)) {
    unit.db.run(
      'INSERT OR IGNORE INTO duplicate_dismissals (record_id, other_id, at) VALUES (?, ?, ?)',
      one,
      other,
      unit.nowText,
    );
  }
}

export function recallDuplicates(unit: UnitOfWork, ids: readonly string[]): void {
  for (const [one, other] of pairsOf(ids))
    unit.db.run(
      'DELETE FROM duplicate_dismissals WHERE record_id = ? AND other_id = ?',
      one,
      other,
    );
}

/** Whether somebody said that two records are not the same. */
export function dismissedPairs(db: Reader): (one: string, other: string) => boolean {
  const pairs = new Set(
    db
      .all<{ record_id: string; other_id: string }>(
        'SELECT record_id, other_id FROM duplicate_dismissals',
      )
      .map((row) => `${row.record_id} ${row.other_id}`),
  );
  return (one, other) => pairs.has(one < other ? `${one} ${other}` : `${other} ${one}`);
}
