import type { Actor } from '../../../shared/events/event-types.ts';
import type { Connection, Reader } from '../../db/handle.ts';
import type { Committer, OpenAction, UnitOfWork } from '../../db/unit-of-work.ts';
import { notFound, UserError } from '../../errors.ts';
import { nextTurn, sliceMs } from '../../in-slices.ts';
import { deleteRow } from '../../journal/journaled-rows.ts';
import type { Clock } from '../../ports.ts';
import { updateRecord, writeBinned } from '../records/record-store.ts';
import { dealKind } from './deal-kind.ts';
import { listPipelineRows, listStages, type StageRow } from './pipeline.ts';
import { findStage, refuseLastOpen, siblingsOf, targetStage } from './pipeline-service.ts';

const batchSize = 100;

interface Parts {
  readonly connection: Connection;
  readonly committer: Committer;
  readonly clock: Clock;
}

/**
 * Removes a stage. Its deals go elsewhere first, in slices that are one action with the removal; no workflow starts
 * because of it.
 *
 * @param moveTo slug of the stage they go to; null refuses when there are any
 * @returns how many deals moved
 * @throws UserError `not_found`, `conflict`, or naming `move_to`
 */
export async function removeStage(
  parts: Parts,
  actor: Actor,
  slug: string,
  moveTo: string | null,
): Promise<number> {
  const { reader } = parts.connection;
  const stage = findStage(reader, slug);
  refuseLastOpen(siblingsOf(reader, stage), stage);
  const { action, count } = await moveDeals(parts, actor, [stage], moveTo);
  parts.committer.commit(actor, (unit) => deleteRow(unit, 'stage', stage.id), { action });
  return count;
}

/** As {@link removeStage}, a whole pipeline. The last one stays: deals must be somewhere. */
export async function removePipeline(
  parts: Parts,
  actor: Actor,
  id: string,
  moveTo: string | null,
): Promise<number> {
  const { reader } = parts.connection;
  const rows = listPipelineRows(reader);
  if (!rows.some((row) => row.id === id)) throw notFound('pipeline', id);
  if (rows.length === 1)
    throw new UserError('conflict', 'This is the only pipeline. Add another one first.');
  const leaving = listStages(reader).filter((stage) => stage.pipeline_id === id);
  const { action, count } = await moveDeals(parts, actor, leaving, moveTo);
  parts.committer.commit(
    actor,
    (unit) => {
      for (const stage of leaving.toReversed()) deleteRow(unit, 'stage', stage.id);
      deleteRow(unit, 'pipeline', id);
    },
    { action },
  );
  return count;
}

async function moveDeals(
  { connection, committer, clock }: Parts,
  actor: Actor,
  leaving: readonly StageRow[],
  moveTo: string | null,
): Promise<{ action: OpenAction; count: number }> {
  const { reader } = connection;
  const ids = JSON.stringify(leaving.map((stage) => stage.id));
  const action: OpenAction = { kind: 'bulk_edit', seq: null };
  const target = moveTo === null ? null : targetStage(reader, moveTo, leaving);
  if (target === null) refuseDeals(reader, ids);
  // Whatever is in the bin goes along unasked, so that it can come back.
  const haven = target ?? havenOf(reader, leaving);
  let count = 0;
  for (;;) {
    const deals = dealsIn(reader, ids);
    if (deals.length === 0) return { action, count };
    const deadline = clock.elapsed() + sliceMs;
    count += committer.commit(
      actor,
      (unit) => {
        let moved = 0;
        for (const deal of deals) {
          moveDeal(unit, deal, haven);
          if (deal.deleted_at === null) moved += 1;
          if (clock.elapsed() >= deadline) break;
        }
        return moved;
      },
      { action, runWorkflows: 'none' },
    );
    await nextTurn(clock);
  }
}

interface DealPlace {
  readonly id: string;
  readonly deleted_at: string | null;
}

function dealsIn(db: Reader, stageIds: string): DealPlace[] {
  return db.all<DealPlace>(
    'SELECT id, deleted_at FROM deals WHERE stage_id IN (SELECT value FROM json_each(?)) LIMIT ?',
    stageIds,
    batchSize,
  );
}

function moveDeal(unit: UnitOfWork, { id, deleted_at: deletedAt }: DealPlace, to: StageRow): void {
  if (deletedAt === null) updateRecord(unit, dealKind, id, { stage: to.slug });
  else writeBinned(unit, dealKind, id, 'stage_id', to.id);
}

function refuseDeals(db: Reader, stageIds: string): void {
  const { count } = db.get<{ count: number }>(
    `SELECT count(*) AS count FROM deals
       WHERE deleted_at IS NULL AND stage_id IN (SELECT value FROM json_each(?))`,
    stageIds,
  ) ?? { count: 0 };
  if (count > 0)
    throw new UserError(
      'conflict',
      `${count} deals are in it. Say where they go: POST …/dissolve with {"move_to": "<stage>"}.`,
    );
}

/** An open stage that stays, of the same pipeline where there is one. */
function havenOf(db: Reader, leaving: readonly StageRow[]): StageRow {
  const staying = listStages(db).filter((stage) => !leaving.some((one) => one.id === stage.id));
  const haven =
    staying.find(
      (stage) => stage.kind === 'open' && stage.pipeline_id === leaving[0]?.pipeline_id,
    ) ?? staying.find((stage) => stage.kind === 'open');
  if (!haven) throw new UserError('conflict', 'No other stage is open. Add one first.');
  return haven;
}
