import type { CsvExportInput } from '../../../shared/contract/exports.ts';
import type { Field } from '../../../shared/model/fields/field.ts';
import { findField } from '../../../shared/model/fields/registry.ts';
import type { Reader } from '../../db/handle.ts';
import { invalid } from '../../errors.ts';
import { listStages } from '../deals/pipeline.ts';
import { customFields } from '../fields/custom-field-store.ts';
import { recordName } from '../records/record-name.ts';
import { localUser } from '../settings/file-settings.ts';
import { csvLine } from './csv-text.ts';
import {
  type ExportedPart,
  type ExportedRecord,
  type ExportParts,
  readPages,
} from './read-pages.ts';

/**
 * What a view shows as CSV: UTF-8 with a mark, as spreadsheets expect it. What a spreadsheet would calculate is text.
 *
 * @throws UserError naming a column that is no field
 */
export async function* exportCsv(
  parts: ExportParts,
  db: Reader,
  input: CsvExportInput,
  signal: AbortSignal | undefined,
): AsyncGenerator<ExportedPart> {
  const { columns, ...view } = input;
  const fields = columns.map((name, at) => {
    const field = findField(input.object, name, customFields(db));
    if (!field) throw invalid(`columns.${at}`, `A ${input.object} has no field "${name}".`);
    return field;
  });
  let rows = 0;
  yield { text: `\uFEFF${csvLine(fields.map((field) => field.label))}`, rows };
  for await (const records of readPages(parts, view, signal)) {
    const names = new Map<string, string>();
    rows += records.length;
    const lines = records.map((record) =>
      csvLine(fields.map((field) => cellOf(db, field, record, names))),
    );
    yield { text: lines.join(''), rows };
  }
}

function cellOf(
  db: Reader,
  field: Field,
  record: ExportedRecord,
  names: Map<string, string>,
): string {
  const value = record[field.name];
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.join('; ');
  if (field.type === 'stage')
    return listStages(db).find((stage) => stage.slug === value)?.name ?? String(value);
  if (field.type !== 'link' || typeof value !== 'string') return String(value);
  let name = names.get(value);
  if (name === undefined) {
    const target = field.links_to ?? 'contact';
    name =
      target === 'user'
        ? localUser(db).name
        : (recordName(db, { object: target, id: value }) ?? '');
    names.set(value, name);
  }
  return name;
}
