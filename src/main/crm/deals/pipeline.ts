import type { BoardStage, Pipeline, Stage } from '../../../shared/contract/pipelines.ts';
import { fromMinorUnits } from '../../../shared/model/money.ts';
import type { Reader } from '../../db/handle.ts';
import { invalid, notFound } from '../../errors.ts';

export interface StageRow extends Stage {
  readonly id: string;
  readonly pipeline_id: string;
}

/** The stages of all pipelines: those of the first pipeline first, each in its order. */
export function listStages(db: Reader): StageRow[] {
  return db.remember('stages', 'all', () =>
    db.all<StageRow>(
      `SELECT s.id, s.slug, s.name, s.position, s.kind, s.probability, s.pipeline_id, p.slug AS pipeline
         FROM stages s JOIN pipelines p ON p.id = s.pipeline_id
         ORDER BY p.position, p.seq, s.position, s.seq`,
    ),
  );
}

export function stageSlugs(db: Reader): string[] {
  return listStages(db).map((stage) => stage.slug);
}

export function pipelineSlugs(db: Reader): string[] {
  return listPipelineRows(db).map((row) => row.slug);
}

/** @throws UserError naming the field when no stage has this slug */
export function stageBySlug(db: Reader, slug: string, field = 'stage'): StageRow {
  const stages = listStages(db);
  const stage = stages.find((known) => known.slug === slug);
  if (!stage) {
    const known = stages.map((one) => one.slug).join(', ');
    throw invalid(field, `Unknown stage "${slug}". Use one of: ${known}.`);
  }
  return stage;
}

export interface PipelineRow {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly position: number;
}

export function listPipelineRows(db: Reader): PipelineRow[] {
  return db.remember('pipelines', 'all', () =>
    db.all<PipelineRow>('SELECT id, slug, name, position FROM pipelines ORDER BY position, seq'),
  );
}

/** @throws UserError naming the field when no pipeline has this slug */
export function pipelineBySlug(db: Reader, slug: string): PipelineRow {
  const rows = listPipelineRows(db);
  const row = rows.find((known) => known.slug === slug);
  if (!row) {
    const known = rows.map((one) => one.slug).join(', ');
    throw invalid('pipeline', `Unknown pipeline "${slug}". Use one of: ${known}.`);
  }
  return row;
}

/** What is told of a stage; the rows have their keys beside it. */
export function toStage({ slug, name, position, kind, probability, pipeline }: StageRow): Stage {
  return { slug, name, position, kind, probability, pipeline };
}

export function listPipelines(db: Reader): Pipeline[] {
  const stages = listStages(db);
  return listPipelineRows(db).map(({ id, slug, name, position }) => ({
    id,
    slug,
    name,
    position,
    stages: stages.filter((stage) => stage.pipeline_id === id).map(toStage),
  }));
}

/** @throws UserError `not_found` */
export function getPipeline(db: Reader, id: string): Pipeline {
  const found = listPipelines(db).find((one) => one.id === id);
  if (!found) throw notFound('pipeline', id);
  return found;
}

/**
 * The stages of a pipeline with the number of deals in each and their sums, one per currency.
 *
 * @param slug of the pipeline; left out: the first one
 * @throws UserError naming `pipeline` when there is none of this slug
 */
export function readBoard(db: Reader, slug?: string): BoardStage[] {
  const stages = listStages(db);
  const pipelineId = slug === undefined ? stages[0]?.pipeline_id : pipelineBySlug(db, slug).id;
  const sums = db.all<{
    stage_id: string;
    currency: string;
    deal_count: number;
    total: number | null;
  }>(
    `SELECT stage_id, currency, count(*) AS deal_count, sum(value_minor) AS total FROM deals
       WHERE deleted_at IS NULL AND stage_id IN (SELECT id FROM stages WHERE pipeline_id = ?)
       GROUP BY stage_id, currency`,
    pipelineId ?? null,
  );
  return stages
    .filter((stage) => stage.pipeline_id === pipelineId)
    .map((stage) => {
      const mine = sums.filter((sum) => sum.stage_id === stage.id);
      const totals = mine
        .filter((sum) => sum.total !== null)
        .map((sum) => ({
          currency: sum.currency,
          value: fromMinorUnits(sum.total ?? 0, sum.currency),
        }))
        .toSorted((a, b) => b.value - a.value);
      const dealCount = mine.reduce((count, sum) => count + sum.deal_count, 0);
      return { ...toStage(stage), deal_count: dealCount, totals };
    });
}
