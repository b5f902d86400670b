import type { Page } from '../../../shared/contract/lists.ts';
import type { ViewGroup, ViewListInput, ViewSelection } from '../../../shared/contract/views.ts';
import type { Field } from '../../../shared/model/fields/field.ts';
import { findField, type RecordDto } from '../../../shared/model/fields/registry.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { reachedObjects } from '../../../shared/model/reached-objects.ts';
import { checkConditions } from '../../../shared/workflow/conditions/check-conditions.ts';
import { Findings } from '../../../shared/workflow/definition-findings.ts';
import type { PlanMoment } from '../../../shared/workflow/conditions/plan-rule.ts';
import type { Reader, SqlValue } from '../../db/handle.ts';
import { invalid } from '../../errors.ts';
import { conditionSql } from '../../workflow/conditions/condition-sql.ts';
import { customFields } from '../fields/custom-field-store.ts';
import { pipelineSlugs, stageSlugs } from '../deals/pipeline.ts';
import { recordKinds } from '../records/kinds.ts';
import { readStored } from '../records/record-store.ts';
import type { Filter } from '../records/page.ts';
import type { RecordKind, Row } from '../records/record-kind.ts';
import { prefixMatch } from '../search/match-text.ts';
import { listIndex } from '../search/search-indexes.ts';
import { linkedNames } from './linked-names.ts';
import { narrowingFilters } from './narrow.ts';
import {
  checkedSort,
  encodePlace,
  groupedPhase,
  linkPhases,
  newestFirst,
  type Phase,
  type Place,
  sortPhases,
} from './view-sort.ts';

const defaultPageSize = 50;

/** Every 64th row asks whether the answer is still wanted: often enough to stop at once, seldom enough to cost nothing. */
const stillWanted: Filter = { sql: '(r.seq % 64 <> 0 OR trellis_wanted())', values: [] };

/**
 * The conditions of a view as filters on the records `r`.
 *
 * @throws UserError naming the rule that cannot be asked
 */
export function selectionFilters(selection: ViewSelection, moment: PlanMoment): Filter[] {
  const { object, conditions, q } = selection;
  const filters: Filter[] = [{ sql: 'r.deleted_at IS NULL', values: [] }];
  if (conditions !== undefined && conditions !== null) {
    const findings = new Findings(moment.custom);
    const tree = checkConditions(conditions, 'conditions', reachedObjects[object], findings);
    const [problem] = [...findings.faults, ...findings.gaps];
    if (problem) throw invalid(problem.path, problem.message);
    if (tree && tree.rules.length > 0) {
      filters.push(...narrowingFilters(tree, object, moment), conditionSql(tree, object, moment));
    }
  }
  const match = prefixMatch(q ?? '');
  if (match !== '') {
    const { index } = listIndex(object);
    filters.push({
      sql: `r.seq IN (SELECT rowid FROM ${index} WHERE ${index} MATCH ?)`,
      values: [match],
    });
  }
  filters.push(stillWanted);
  return filters;
}

function whereOf(filters: readonly Filter[]): { sql: string; values: SqlValue[] } {
  return {
    sql: filters.map((filter) => filter.sql).join(' AND '),
    values: filters.flatMap((filter) => filter.values),
  };
}

/** What the readers get: the view, and the moment its dates are meant at. */
export interface ListViewInput extends ViewListInput {
  readonly moment: PlanMoment;
}

type AnyDto = Record<string, string | number | boolean | string[] | null>;

/**
 * One page of a view, by keyset. The keys are sorted first and the records fetched by them, so that a sort of a million
 * rows carries none of their other columns along.
 */
export function listView(db: Reader, input: ListViewInput): Page<AnyDto> {
  const { object, group } = input;
  const moment = { ...input.moment, custom: customFields(db) };
  const kind = recordKinds[object];
  const filters = selectionFilters(input, moment);
  if (group) filters.push(groupFilter(object, group.field, group.value));
  const limit = input.limit ?? defaultPageSize;

  const places: Place[] = [];
  for (const phase of phasesOf(input)) {
    if (places.length > limit) break;
    places.push(...readPlaces(db, kind.table, filters, phase, limit + 1 - places.length));
  }
  const page = places.slice(0, limit);
  const rows = db.all<Row & { seq: number }>(
    `${kind.select} WHERE r.seq IN (SELECT value FROM json_each(?))`,
    JSON.stringify(page.map((place) => place.at(-1))),
  );
  const bySeq = new Map(rows.map((row) => [row.seq, row]));
  const last = page.at(-1);
  return {
    items: page.flatMap((place) => {
      const row = bySeq.get(Number(place.at(-1)));
      // A record of any kind: whoever asked knows of which.
      return row ? [dtoOf(db, object, row)] : [];
    }),
    next_cursor: places.length > limit && last ? encodePlace(last) : null,
  };
}

function dtoOf<O extends ObjectName>(db: Reader, object: O, row: Row): RecordDto<O> {
  const kind: RecordKind<O> = recordKinds[object];
  return readStored(db, kind, row).record;
}

function phasesOf(input: ListViewInput): Phase[] {
  const { object, sort, group_by: groupBy, cursor } = input;
  const expression = sort ? checkedSort(object, sort.field) : null;
  if (groupBy) {
    const group = checkedSort(object, groupedField(object, groupBy).name);
    const inGroup = sort && expression !== null ? { expression, direction: sort.direction } : null;
    return groupedPhase(group, inGroup, cursor);
  }
  if (sort && !input.conditions && !input.q && !input.group) {
    const linked = linkPhases(object, sort.field, sort.direction, cursor);
    if (linked) return linked;
  }
  return sort && expression !== null
    ? sortPhases(expression, sort.direction, cursor)
    : newestFirst(cursor);
}

function readPlaces(
  db: Reader,
  table: string,
  filters: readonly Filter[],
  phase: Phase,
  limit: number,
): Place[] {
  const { sql, values } = whereOf([{ sql: phase.where, values: phase.values }, ...filters]);
  const names = phase.place.map((expression, index) => `${expression} AS key_${index}`);
  return db
    .all<Readonly<Record<string, Place[number]>>>(
      `SELECT ${names.join(', ')} FROM ${phase.from ?? `${table} r`} WHERE ${sql} ORDER BY ${phase.order} LIMIT ?`,
      ...values,
      limit,
    )
    .map((row) => Object.values(row));
}

export interface CountViewInput extends ViewSelection {
  readonly moment: PlanMoment;
}

export function countView(db: Reader, input: CountViewInput): number {
  const moment = { ...input.moment, custom: customFields(db) };
  const { sql, values } = whereOf(selectionFilters(input, moment));
  const { table } = recordKinds[input.object];
  return (
    db.get<{ count: number }>(`SELECT count(*) AS count FROM ${table} r WHERE ${sql}`, ...values)
      ?.count ?? 0
  );
}

/** A field records can be grouped by: it has few values, or names other records. */
function isGroupable(field: Field): boolean {
  return (
    field.type === 'choice' ||
    field.type === 'stage' ||
    field.type === 'pipeline' ||
    field.type === 'link' ||
    field.type === 'currency'
  );
}

function groupedField(object: ObjectName, name: string): Field {
  const field = findField(object, name);
  if (field && isGroupable(field)) return field;
  throw invalid(
    'group_by',
    `A ${object} cannot be grouped by "${name}". Use a field with choices, a stage or a link.`,
  );
}

/** SQL for the value a record is grouped by. */
function groupExpression(object: ObjectName, field: Field): string {
  return recordKinds[object].expressions[field.name] ?? `r.${field.name}`;
}

function groupFilter(object: ObjectName, name: string, value: string | null): Filter {
  const field = groupedField(object, name);
  if (field.type === 'stage')
    return { sql: 'r.stage_id = (SELECT id FROM stages WHERE slug = ?)', values: [value] };
  return { sql: `${groupExpression(object, field)} IS ?`, values: [value] };
}

export interface GroupsInput extends ViewSelection {
  readonly group_by: string;
  readonly moment: PlanMoment;
}

/** More groups than anybody scrolls through; the largest are shown. */
const mostGroups = 200;

/** The groups that have records: by the order of the choices, else the largest first; empty values last. */
export function readGroups(db: Reader, input: GroupsInput): ViewGroup[] {
  const { object, group_by: groupBy, moment } = input;
  const field = groupedField(object, groupBy);
  const { sql, values } = whereOf(selectionFilters(input, moment));
  const expression = groupExpression(object, field);
  // Grouped by the stored column, named afterwards: a name is looked up once a group, not once a record.
  const column = field.type === 'stage' ? 'r.stage_id' : expression;
  const rows = db.all<{ value: string | null; label: string | null; count: number }>(
    `SELECT ${expression} AS value, ${field.type === 'link' ? linkedNames(field) : 'NULL'} AS label, count(*) AS count
       FROM ${recordKinds[object].table} r WHERE ${sql} GROUP BY ${column} ORDER BY count(*) DESC LIMIT ${mostGroups}`,
    ...values,
  );
  const order = choiceOrder(db, field);
  const rank = ({ value }: ViewGroup): number => {
    if (value === null) return Number.MAX_SAFE_INTEGER;
    const place = order.indexOf(value);
    return place === -1 ? order.length : place;
  };
  return rows.toSorted((a, b) => rank(a) - rank(b));
}

function choiceOrder(db: Reader, field: Field): readonly string[] {
  if (field.type === 'pipeline') return pipelineSlugs(db);
  return field.type === 'stage' ? stageSlugs(db) : (field.choices ?? []);
}

/** @throws UserError when the view's conditions, sort or grouping name what is not there */
export function checkView(view: ViewListInput, moment: PlanMoment): void {
  selectionFilters(view, moment);
  phasesOf({ ...view, moment });
}
