import type { View, ViewInput } from '../../../shared/contract/views.ts';
import { findField } from '../../../shared/model/fields/registry.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import {
  type ViewColumn,
  type ViewSort,
  viewColumnSchema,
  viewLayouts,
  viewSortSchema,
} from '../../../shared/model/views.ts';
import type { Reader, SqlValue } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import { invalid, notFound } from '../../errors.ts';
import { checkView } from './view-query.ts';

interface ViewRow {
  readonly id: string;
  readonly name: string;
  readonly object: ObjectName;
  readonly layout: string;
  readonly conditions: string | null;
  readonly sort: string | null;
  readonly columns: string | null;
  readonly group_by: string | null;
  readonly is_pinned: number;
  readonly created_at: string;
  readonly updated_at: string;
}

/** What another program left unreadable counts as not given: a view is worth showing without its sort. */
function readJson(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function readSort(text: string | null): ViewSort | null {
  const parsed = viewSortSchema.safeParse(readJson(text));
  return parsed.success ? parsed.data : null;
}

function readColumns(text: string | null): ViewColumn[] | null {
  const parsed = viewColumnSchema.array().safeParse(readJson(text));
  return parsed.success ? parsed.data : null;
}

function toView(row: ViewRow): View {
  return {
    id: row.id,
    name: row.name,
    object: row.object,
    layout: viewLayouts.find((layout) => layout === row.layout) ?? 'table',
    conditions: readJson(row.conditions),
    sort: readSort(row.sort),
    columns: readColumns(row.columns),
    group_by: row.group_by,
    is_pinned: row.is_pinned === 1,
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}

const known = "object IN ('contact', 'company', 'deal', 'task')";

export function listViews(db: Reader, object: ObjectName | undefined): View[] {
  const rows =
    object === undefined
      ? db.all<ViewRow>(`SELECT * FROM views WHERE ${known} ORDER BY seq`)
      : db.all<ViewRow>('SELECT * FROM views WHERE object = ? ORDER BY seq', object);
  return rows.map(toView);
}

/** @throws UserError `not_found` */
export function getView(db: Reader, id: string): View {
  const row = db.get<ViewRow>(`SELECT * FROM views WHERE id = ? AND ${known}`, id);
  if (!row) throw notFound('view', id);
  return toView(row);
}

function check(view: ViewInput, unit: UnitOfWork): void {
  checkView(
    {
      object: view.object,
      conditions: view.conditions,
      sort: view.sort ?? undefined,
      group_by: view.group_by,
    },
    { now: unit.now, timeZone: unit.timeZone },
  );
  for (const [index, column] of (view.columns ?? []).entries()) {
    if (!findField(view.object, column.field)) {
      throw invalid(
        `columns[${index}].field`,
        `A ${view.object} has no field "${column.field}". Leave the column out.`,
      );
    }
  }
}

const json = (value: unknown): string | null =>
  value === null || value === undefined ? null : JSON.stringify(value);

/** @throws UserError naming what the view cannot show */
export function createView(unit: UnitOfWork, view: ViewInput): View {
  check(view, unit);
  const id = unit.ids.next();
  const values: SqlValue[] = [
    id,
    view.name,
    view.object,
    view.layout ?? 'table',
    json(view.conditions),
    json(view.sort),
    json(view.columns),
    view.group_by ?? null,
    view.is_pinned === true ? 1 : 0,
    unit.nowText,
    unit.nowText,
  ];
  unit.db.run(
    `INSERT INTO views (id, name, object, layout, conditions, sort, columns, group_by, is_pinned, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...values,
  );
  unit.touch('view', id);
  return getView(unit.db, id);
}

/** @throws UserError `not_found`, or naming what the view cannot show */
export function updateView(
  unit: UnitOfWork,
  id: string,
  patch: { readonly [K in keyof ViewInput]?: ViewInput[K] | undefined },
): View {
  const before = getView(unit.db, id);
  const given = Object.fromEntries(
    Object.entries(patch).filter(([, value]) => value !== undefined),
  );
  const view: View = { ...before, ...given };
  check(view, unit);
  unit.db.run(
    `UPDATE views SET name = ?, object = ?, layout = ?, conditions = ?, sort = ?, columns = ?, group_by = ?,
       is_pinned = ?, updated_at = ? WHERE id = ?`,
    view.name,
    view.object,
    view.layout,
    json(view.conditions),
    json(view.sort),
    json(view.columns),
    view.group_by,
    view.is_pinned ? 1 : 0,
    unit.nowText,
    id,
  );
  unit.touch('view', id);
  return getView(unit.db, id);
}

/** Forgets a view; the records it showed stay. */
export function removeView(unit: UnitOfWork, id: string): void {
  getView(unit.db, id);
  unit.db.run('DELETE FROM views WHERE id = ?', id);
  unit.touch('view', id);
}
