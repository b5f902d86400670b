import type { View } from '../../../shared/contract/views.ts';
import type { Field } from '../../../shared/model/fields/field.ts';
import { fieldsOf, findField } from '../../../shared/model/fields/registry.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import type { ViewColumn, ViewLayout, ViewSort } from '../../../shared/model/views.ts';
import { customFields } from '../records/known-custom-fields.ts';
import { tableFields } from '../records/record-layout.ts';

/** Everything about a view that can be changed on the screen. */
export interface ViewState {
  readonly layout: ViewLayout;
  readonly conditions: unknown;
  readonly sort: ViewSort | null;
  /** Null: as the registry has them. */
  readonly columns: readonly ViewColumn[] | null;
  readonly group_by: string | null;
}

const defaults: Readonly<Record<ObjectName, ViewState>> = {
  contact: plain('table'),
  company: plain('table'),
  deal: plain('board'),
  task: plain('table'),
};

function plain(layout: ViewLayout): ViewState {
  return { layout, conditions: null, sort: null, columns: null, group_by: null };
}

/** A saved view, or the one each kind of record begins with, and what was changed since. */
export function viewState(
  object: ObjectName,
  saved: View | undefined,
  draft: Partial<ViewState>,
): ViewState {
  const base: ViewState = saved ?? defaults[object];
  const { layout, conditions, sort, columns, group_by } = { ...base, ...draft };
  return { layout, conditions, sort, columns, group_by };
}

/** Whether a tree asks anything. */
export function hasRules(conditions: unknown): boolean {
  return (
    typeof conditions === 'object' &&
    conditions !== null &&
    'rules' in conditions &&
    Array.isArray(conditions.rules) &&
    conditions.rules.length > 0
  );
}

export function isGroupable(field: Field): boolean {
  return ['choice', 'stage', 'pipeline', 'link', 'currency'].includes(field.type);
}

/** What the columns of a board can stand for: fields whose choices are known. */
export function boardFields(object: ObjectName): readonly Field[] {
  return fieldsOf(object).filter(
    (field) => (field.type === 'choice' || field.type === 'stage') && field.editable,
  );
}

export function isSortable(field: Field): boolean {
  return !['id', 'tags', 'multi_choice', 'long_text'].includes(field.type);
}

/** Fields that may be columns: everything but what is shown by another one's help. */
export function columnFields(object: ObjectName): readonly Field[] {
  return fieldsOf(object, customFields()).filter((field) => field.type !== 'id');
}

/** The columns of a table, in order, with the widths that were chosen. */
export function shownColumns(
  object: ObjectName,
  columns: readonly ViewColumn[] | null,
): readonly { readonly field: Field; readonly width: number | undefined }[] {
  const chosen: readonly ViewColumn[] =
    columns ?? tableFields(object, customFields()).map((field) => ({ field: field.name }));
  return chosen.flatMap(({ field: name, width }) => {
    const field = findField(object, name, customFields());
    return field ? [{ field, width }] : [];
  });
}

/** The date that places a record of this kind in a calendar; null: it has none. */
export function calendarField(object: ObjectName): 'due_at' | 'expected_close_date' | null {
  if (object === 'task') return 'due_at';
  return object === 'deal' ? 'expected_close_date' : null;
}

export function layoutsOf(object: ObjectName): readonly ViewLayout[] {
  const layouts: ViewLayout[] = boardFields(object).length > 0 ? ['board', 'table'] : ['table'];
  if (calendarField(object) !== null) layouts.push('calendar');
  return layouts;
}
