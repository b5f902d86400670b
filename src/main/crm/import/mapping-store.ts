import { createHash } from 'node:crypto';
import type { ImportPlan } from '../../../shared/contract/imports.ts';
import type { Reader } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';

/** So many mappings are kept: the exports a person knows. */
const keptMappings = 50;

/** Files with the same columns are exports of the same kind. */
function keyOf(headers: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(headers)).digest('hex');
}

/** What was chosen for the same columns before; null when they are new. */
export function recallPlan(db: Reader, headers: readonly string[]): Partial<ImportPlan> | null {
  const row = db.get<{ plan: string }>(
    'SELECT plan FROM import_mappings WHERE columns = ?',
    keyOf(headers),
  );
  if (!row) return null;
  try {
    const plan: unknown = JSON.parse(row.plan);
    return typeof plan === 'object' ? plan : null;
  } catch {
    // Made unreadable by SQL: as if it were new.
    return null;
  }
}

export function rememberPlan(
  unit: UnitOfWork,
  headers: readonly string[],
  { object, columns, match_on, on_match, create_links }: ImportPlan,
): void {
  unit.db.run(
    'INSERT OR REPLACE INTO import_mappings (columns, plan, used_at) VALUES (?, ?, ?)',
    keyOf(headers),
    JSON.stringify({ object, columns, match_on, on_match, create_links }),
    unit.nowText,
  );
  unit.db.run(
    `DELETE FROM import_mappings WHERE columns NOT IN
       (SELECT columns FROM import_mappings ORDER BY used_at DESC LIMIT ${keptMappings})`,
  );
}
