import type { ConditionGroup } from '../../shared/workflow/conditions/condition-tree.ts';
import type { EnrolmentPreview } from '../../shared/contract/enrolment.ts';
import { type Definition, triggersOf } from '../../shared/workflow/definition.ts';
import type { ObjectName } from '../../shared/model/objects.ts';
import { recordKinds } from '../crm/records/kinds.ts';
import { recordName } from '../crm/records/record-name.ts';
import type { Filter } from '../crm/records/page.ts';
import type { Reader } from '../db/handle.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { invalid } from '../errors.ts';
import type { Clock } from '../ports.ts';
import { conditionSql } from './conditions/condition-sql.ts';
import { alreadyMatches } from './decide/already-matches.ts';
import { insertEnrolment } from './store/enrolment-store.ts';
import { runnableDefinition } from './workflow-service.ts';
import { workingCalendar } from '../crm/settings/working-calendar.ts';

/** As many of the records are named, for the user to pick from. */
const namedAtMost = 200;

/** When, and in which zone, the conditions are judged. */
interface Moment {
  readonly now: number;
  readonly timeZone: string;
}

export function momentOf(db: Reader, definition: Definition, clock: Clock): Moment {
  const zone = definition.settings.time_zone ?? workingCalendar(db).time_zone;
  return { now: clock.now(), timeZone: zone ?? clock.timeZone() };
}

/**
 * The records of one object that a workflow would take in now: as its triggers leave them, as its entry conditions ask
 * for, and not kept out by its rule on coming again.
 */
export function enrolmentFilters(
  workflowId: string,
  definition: Definition,
  object: ObjectName,
  moment: Moment,
): Filter[] {
  const nowText = new Date(moment.now).toISOString();
  const trees = triggersOf(definition).flatMap((trigger): ConditionGroup[] => {
    const matches = alreadyMatches(trigger, nowText);
    return matches?.object === object ? [matches.conditions] : [];
  });
  const { conditions, settings } = definition;
  const any: ConditionGroup = { combinator: 'or', rules: trees };
  return [
    { sql: 'r.deleted_at IS NULL', values: [] },
    conditionSql(any, object, moment),
    ...(conditions === null ? [] : [conditionSql(conditions, object, moment)]),
    ...notRefused(workflowId, settings.re_entry),
  ];
}

function notRefused(workflowId: string, reEntry: Definition['settings']['re_entry']): Filter[] {
  if (reEntry === 'every_event') return [];
  const states =
    reEntry === 'once'
      ? "x.status <> 'skipped'"
      : "x.status IN ('queued', 'running', 'waiting', 'parked')";
  return [
    {
      sql: `NOT EXISTS (SELECT 1 FROM workflow_executions x WHERE x.record_id = r.id AND x.workflow_id = ? AND ${states})`,
      values: [workflowId],
    },
  ];
}

/** The objects whose records a workflow could have taken in already. */
function enrolledObjects(definition: Definition): ObjectName[] {
  const objects = triggersOf(definition).flatMap(
    (trigger) => alreadyMatches(trigger, '')?.object ?? [],
  );
  return [...new Set(objects)];
}

export function previewEnrolment(db: Reader, id: string, clock: Clock): EnrolmentPreview {
  const definition = runnableDefinition(db, id);
  const moment = momentOf(db, definition, clock);
  return {
    objects: enrolledObjects(definition).map((object) => {
      const filters = enrolmentFilters(id, definition, object, moment);
      const { where, values } = whereOf(filters);
      const { table } = recordKinds[object];
      const count =
        db.get<{ count: number }>(`SELECT count(*) AS count FROM ${table} r ${where}`, ...values)
          ?.count ?? 0;
      const records = db
        .all<{ id: string }>(
          `SELECT r.id FROM ${table} r ${where} ORDER BY r.seq DESC LIMIT ?`,
          ...values,
          namedAtMost,
        )
        .map((row) => ({ id: row.id, name: recordName(db, { object, id: row.id }) ?? '' }));
      return { object, matching: count, records };
    }),
  };
}

export interface EnrolmentInput {
  readonly records: 'none' | 'all' | 'pick';
  readonly object?: ObjectName | undefined;
  readonly record_ids?: readonly string[] | undefined;
}

/**
 * Asks for records that match already to be taken in; the executor does it in slices, with one event and one run each.
 *
 * @returns the job and how many it is about; no job for `none`
 * @throws UserError `not_found`, `conflict` when the workflow would not run, or `validation_failed` naming the field
 */
export function enrolRecords(
  unit: UnitOfWork,
  id: string,
  input: EnrolmentInput,
  clock: Clock,
): { enrolment_id: string | null; count: number } {
  const { db } = unit;
  const definition = runnableDefinition(db, id);
  if (input.records === 'none') return { enrolment_id: null, count: 0 };
  const objects = enrolledObjects(definition);
  const object = input.object ?? (objects.length === 1 ? objects[0] : undefined);
  if (object === undefined || !objects.includes(object)) {
    throw invalid(
      'object',
      objects.length === 0
        ? 'The triggers of this workflow leave no records behind that could be taken in.'
        : `object must be one of: ${objects.join(', ')}.`,
    );
  }
  const picked = input.records === 'pick' ? (input.record_ids ?? []) : null;
  if (picked?.length === 0) {
    throw invalid('record_ids', 'record_ids must name at least one record to be taken in.');
  }
  const filters = [
    ...enrolmentFilters(id, definition, object, momentOf(db, definition, clock)),
    ...pickedFilter(picked),
  ];
  const { where, values } = whereOf(filters);
  const { table } = recordKinds[object];
  const { count, last } = db.get<{ count: number; last: number | null }>(
    `SELECT count(*) AS count, max(r.seq) AS last FROM ${table} r ${where}`,
    ...values,
  ) ?? { count: 0, last: null };
  if (count === 0 || last === null) return { enrolment_id: null, count: 0 };
  const enrolmentId = unit.ids.next();
  const job = {
    id: enrolmentId,
    workflow_id: id,
    object,
    record_ids: picked === null ? null : JSON.stringify(picked),
    last_seq: last,
    total: count,
    actor: JSON.stringify(unit.actor),
  };
  insertEnrolment(db, job, unit.nowText);
  unit.touch('workflow', id);
  return { enrolment_id: enrolmentId, count };
}

export function pickedFilter(ids: readonly string[] | null): Filter[] {
  if (ids === null) return [];
  return [{ sql: 'r.id IN (SELECT value FROM json_each(?))', values: [JSON.stringify(ids)] }];
}

export function whereOf(filters: readonly Filter[]) {
  return {
    where: `WHERE ${filters.map(({ sql }) => sql).join(' AND ')}`,
    values: filters.flatMap(({ values }) => values),
  };
}
