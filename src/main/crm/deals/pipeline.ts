import type { BoardStage, Stage } from '../../../shared/contract/pipelines.ts';
import { fromMinorUnits } from '../../../shared/model/money.ts';
import type { Reader } from '../../db/handle.ts';

export interface StageRow extends Stage {
  readonly id: string;
}

/** The stages of the one pipeline, in order. */
export function listStages(db: Reader): StageRow[] {
  return db.remember('stages', 'all', () =>
    db.all<StageRow>('SELECT id, slug, name, position, kind FROM stages ORDER BY position, seq'),
  );
}

export function stageSlugs(db: Reader): string[] {
  return listStages(db).map((stage) => stage.slug);
}

/** The stages with the number of deals in each and their sums, one per currency. */
export function readBoard(db: Reader): BoardStage[] {
  const sums = db.all<{
    stage_id: string;
    currency: string;
    deal_count: number;
    total: number | null;
  }>(
    `SELECT stage_id, currency, count(*) AS deal_count, sum(value_minor) AS total
       FROM deals WHERE deleted_at IS NULL GROUP BY stage_id, currency`,
  );
  return listStages(db).map(({ id, slug, name, position, kind }) => {
    const mine = sums.filter((sum) => sum.stage_id === id);
    const totals = mine
      .filter((sum) => sum.total !== null)
      .map((sum) => ({
        currency: sum.currency,
        value: fromMinorUnits(sum.total ?? 0, sum.currency),
      }))
      .toSorted((a, b) => b.value - a.value);
    const dealCount = mine.reduce((count, sum) => count + sum.deal_count, 0);
    return { slug, name, position, kind, deal_count: dealCount, totals };
  });
}
