import type { ImportPlan, ImportPreviewRow } from '../../../shared/contract/imports.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import type { Reader } from '../../db/handle.ts';
import { recordKinds } from '../records/kinds.ts';
import type { RecordKind } from '../records/record-kind.ts';
import { findRecord } from '../records/record-store.ts';
import type { RecordIndex } from './record-index.ts';
import type { RowPlanner } from './row-planner.ts';
import type { SourceRow } from './source-row.ts';

interface Prepared {
  readonly planner: RowPlanner;
  readonly index: RecordIndex;
}

/** A row as it will be, as a person sees it before it is. */
export function previewRow(
  db: Reader,
  { object }: ImportPlan,
  { planner, index }: Prepared,
  row: SourceRow,
): ImportPreviewRow {
  const planned = planner.planRow(row);
  const { line } = row;
  const bare = { line, reason: null, note: null, makes: [] };
  if (planned.kind === 'refuse') {
    return { ...bare, action: 'refuse', reason: planned.reason, values: {} };
  }
  if (planned.kind === 'skip')
    return { ...bare, action: 'skip', values: storedValues(db, object, planned.id) };
  const names = Object.fromEntries(planned.links.map(({ field, name }) => [field, name]));
  const made = planned.links.filter((link) => planner.findLinked(link.object, link.name) === null);
  for (const link of made) planner.noteLinked(link.object, link.name);
  const before = planned.kind === 'update' ? storedValues(db, object, planned.id) : {};
  if (planned.kind === 'create') index.add(`row ${line}`, { ...planned.values, ...names });
  return {
    ...bare,
    action: planned.kind,
    values: { ...before, ...planned.values, ...names },
    note: planned.note,
    makes: made.map(({ field }) => field),
  };
}

/** What a record holds, without what only programs read; empty for a row of the file itself. */
function storedValues<O extends ObjectName>(
  db: Reader,
  object: O,
  id: string,
): ImportPreviewRow['values'] {
  const kind: RecordKind<O> = recordKinds[object];
  const record = findRecord(db, kind, id);
  if (!record) return {};
  // Links are shown by the row's own words.
  const entries = Object.entries(record).filter(([name]) => !name.endsWith('_id') && name !== 'id');
  return Object.fromEntries(entries);
}
