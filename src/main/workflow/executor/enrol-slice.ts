import type { Actor } from '../../../shared/events/event-types.ts';
import { recordKinds } from '../../crm/records/kinds.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import type { Clock } from '../../ports.ts';
import { enrolmentFilters, momentOf, pickedFilter, whereOf } from '../enrolment-service.ts';
import { advanceEnrolment, type Enrolment, openEnrolment } from '../store/enrolment-store.ts';
import { queueEnrolled } from '../workflow-service.ts';
import type { WorkflowCatalog } from './workflow-catalog.ts';

const pageSize = 50;

/**
 * Goes on with taking in records that matched when a workflow was switched on: one event and one queued run each, which
 * the dispatcher carries out as any other. What no longer matches by now is passed over.
 *
 * @param deadline on the clock's `elapsed`
 * @returns whether nothing is left to do
 */
export function enrolSlice(
  unit: UnitOfWork,
  catalog: WorkflowCatalog,
  clock: Clock,
  deadline: number,
): boolean {
  let job = openEnrolment(unit.db);
  while (job) {
    enrolPage(unit, catalog, clock, job);
    if (clock.elapsed() >= deadline) return openEnrolment(unit.db) === undefined;
    job = openEnrolment(unit.db);
  }
  return true;
}

function enrolPage(unit: UnitOfWork, catalog: WorkflowCatalog, clock: Clock, job: Enrolment): void {
  const workflow = catalog.find(job.workflow_id);
  // Switched off meanwhile: nobody is taken in any more.
  if (!workflow) return advanceEnrolment(unit.db, job.id, job.next_seq, 0, unit.nowText);
  const { id, definition } = workflow;
  const { table } = recordKinds[job.object];
  const { where, values } = whereOf([
    ...enrolmentFilters(id, definition, job.object, momentOf(unit.db, definition, clock)),
    ...pickedFilter(readIds(job)),
    { sql: 'r.seq >= ? AND r.seq <= ?', values: [job.next_seq, job.last_seq] },
  ]);
  const rows = unit.db.all<{ seq: number; id: string }>(
    `SELECT r.seq, r.id FROM ${table} r ${where} ORDER BY r.seq LIMIT ?`,
    ...values,
    pageSize,
  );
  // Written by enrolRecords alone.
  const actor = JSON.parse(job.actor) as Actor;
  unit.as({ actor, chain: [] }, () => {
    for (const row of rows) queueEnrolled(unit, id, { object: job.object, id: row.id });
  });
  const last = rows.at(-1);
  const more = rows.length === pageSize && last !== undefined;
  const next = last ? last.seq + 1 : job.last_seq + 1;
  advanceEnrolment(unit.db, job.id, next, rows.length, more ? null : unit.nowText);
  unit.touch('workflow', id);
}

function readIds({ record_ids: ids }: Enrolment): readonly string[] | null {
  return ids === null ? null : (JSON.parse(ids) as readonly string[]);
}
