import {
  type ColumnPlan,
  type ImportAnalysis,
  type ImportColumn,
  type ImportPlan,
  importPlanSchema,
} from '../../../shared/contract/imports.ts';
import type { Field } from '../../../shared/model/fields/field.ts';
import { findField } from '../../../shared/model/fields/registry.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { foldText } from '../../../shared/workflow/conditions/comparable.ts';
import type { Reader } from '../../db/handle.ts';
import { invalid } from '../../errors.ts';
import { listStages, type StageRow } from '../deals/pipeline.ts';
import { customFields } from '../fields/custom-field-store.ts';
import { guessObject, guessTargets } from './guess-mapping.ts';
import { recallPlan } from './mapping-store.ts';
import { firstRows, guessDelimiter, looksLikeHeader, readCsv } from './read-csv.ts';
import { guessDateOrder, guessDecimal, matchingChoice, matchingSlug } from './read-value.ts';
import { readVcards, vcardColumns } from './read-vcard.ts';
import { matchKeys } from './record-index.ts';
import type { SourceFile } from './source-file.ts';
import { cleanCell, type SourceRow } from './source-row.ts';

const sampleRows = 200;
const shownSamples = 4;
const shownDistinct = 40;

export interface Reading {
  readonly encoding: string;
  readonly delimiter: string;
  readonly has_header: boolean;
}

export interface AnalyseOptions {
  readonly object?: ObjectName | undefined;
  readonly encoding?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly has_header?: boolean | undefined;
}

function formatOf(file: SourceFile, encoding: string): 'csv' | 'vcard' {
  return /^\uFEFF?\s*BEGIN:VCARD/i.test(file.sampleText(encoding).slice(0, 200)) ? 'vcard' : 'csv';
}

/** All rows of a file but the header. */
export function* rowsOf(
  file: SourceFile,
  { encoding, delimiter, has_header: hasHeader }: Reading,
  progress?: (bytes: number) => void,
): Generator<SourceRow> {
  const texts = (): Iterable<string> => file.texts(encoding, progress);
  if (formatOf(file, encoding) === 'vcard') {
    yield* readVcards(texts());
    return;
  }
  let isHeader = hasHeader;
  for (const row of readCsv(texts, delimiter)) {
    if (!isHeader) yield row;
    isHeader = false;
  }
}

/** What the columns are called; of a file without header by their number. */
export function headersOf(file: SourceFile, reading: Reading): string[] {
  const { encoding, delimiter, has_header: hasHeader } = reading;
  if (formatOf(file, encoding) === 'vcard') return [...vcardColumns];
  const [first, ...others] = firstRows(file.sampleText(encoding), delimiter, sampleRows);
  if (hasHeader && first) return namedHeaders(first.cells.map(cleanCell));
  const width = Math.max(0, ...[first, ...others].map((row) => row?.cells.length ?? 0));
  return namedHeaders(Array.from({ length: width }, () => ''));
}

/** The same name twice is told apart by a number, no name is one. */
function namedHeaders(cells: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return cells.map((cell, at) => {
    const name = cell === '' ? `Column ${at + 1}` : cell;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}

/**
 * Looks at a file as a whole and suggests how to import it.
 *
 * @throws UserError saying what is wrong with the file: empty, binary, without a row
 */
export function analyse(db: Reader, file: SourceFile, options: AnalyseOptions): ImportAnalysis {
  file.check();
  const encoding = options.encoding ?? file.guessEncoding();
  const sample = file.sampleText(encoding);
  const format = formatOf(file, encoding);
  const delimiter = options.delimiter ?? (format === 'csv' ? guessDelimiter(sample) : ',');
  const first = format === 'csv' ? firstRows(sample, delimiter, 1)[0] : undefined;
  const hasHeader =
    format === 'vcard' || (options.has_header ?? looksLikeHeader(first?.cells ?? []));
  const reading = { encoding, delimiter, has_header: hasHeader };
  const headers = headersOf(file, reading);
  const rows = sampleOf(file, reading);
  if (rows.length === 0) {
    throw invalid(
      'file',
      hasHeader && headers.length > 0
        ? `${file.name} has a first line with names and no row below it. Turn "First row has the names" off if it is a row.`
        : `${file.name} has no rows: there is nothing to import.`,
    );
  }
  const readable = rows.filter((row) => row.fault === null);
  const cells = headers.map((_, at) => cellsOf(readable, at));
  const remembered = hasHeader ? recallPlan(db, headers) : null;
  const object =
    options.object ??
    (format === 'vcard'
      ? 'contact'
      : (remembered?.object ?? guessObject(headers, file.name, customFields(db))));
  const fresh = suggest(db, object, reading, headers, cells);
  const plan = remembered?.object === object ? withRemembered(fresh, remembered) : fresh;
  return {
    format,
    columns: headers.map((name, at) =>
      describeColumn(db, object, name, plan.columns[at]?.target ?? null, cells[at] ?? []),
    ),
    plan,
    is_remembered: plan !== fresh,
    keys: matchKeys[object].map(({ name, fields }) => ({ name, fields: [...fields] })),
    has_unreadable: sample.includes('\uFFFD'),
    row_estimate: estimateRows(file, sample, readable.length),
  };
}

/** Remembered by an older version, or edited by SQL: only what is still a plan for these columns counts. */
function withRemembered(fresh: ImportPlan, remembered: Partial<ImportPlan>): ImportPlan {
  const parsed = importPlanSchema.safeParse({ ...fresh, ...remembered });
  return parsed.success && parsed.data.columns.length === fresh.columns.length
    ? parsed.data
    : fresh;
}

function sampleOf(file: SourceFile, reading: Reading): SourceRow[] {
  const rows: SourceRow[] = [];
  for (const row of rowsOf(file, reading)) {
    rows.push(row);
    if (rows.length >= sampleRows) break;
  }
  return rows;
}

function estimateRows(file: SourceFile, sample: string, sampled: number): number {
  if (sampled < sampleRows) return sampled;
  const breaks = sample.split(/\r\n|\n|\r/).length;
  return Math.round((breaks / Buffer.byteLength(sample)) * file.size);
}

function cellsOf(rows: readonly SourceRow[], at: number): string[] {
  return rows.map((row) => cleanCell(row.cells[at] ?? '')).filter((cell) => cell !== '');
}

function suggest(
  db: Reader,
  object: ObjectName,
  reading: Reading,
  headers: readonly string[],
  cells: readonly (readonly string[])[],
): ImportPlan {
  const custom = customFields(db);
  const isFilled = (at: number): boolean => (cells[at]?.length ?? 0) > 0;
  const targets = guessTargets(object, headers, custom, isFilled);
  const columns = targets.map((target, at): ColumnPlan => {
    const field = target === null ? undefined : findField(object, target, custom);
    return { target, ...formatPlan(db, field, cells[at] ?? []) };
  });
  const known = new Set(targets);
  const usable = matchKeys[object].filter(
    ({ fields }) =>
      fields.some((field) => known.has(field)) &&
      fields.every((field) => known.has(field) || field === 'last_name' || known.has('full_name')),
  );
  return {
    object,
    ...reading,
    columns,
    // The surest key there is; what is the same by a name alone, people may be too.
    match_on: usable.slice(0, 1).map((key) => key.name),
    on_match: 'update',
    create_links: true,
    run_workflows: 'none',
  };
}

/** How the cells of a column are to be read, for the field they go to. */
function formatPlan(
  db: Reader,
  field: Field | undefined,
  cells: readonly string[],
): Omit<ColumnPlan, 'target'> {
  switch (field?.type) {
    case 'date':
    case 'datetime':
      return { date_order: guessDateOrder(cells).order };
    case 'number':
    case 'money':
      return { decimal: guessDecimal(cells) };
    case 'stage':
      return valuePlan(cells, (cell) => guessStage(listStages(db), cell));
    case 'choice':
      return valuePlan(cells, (cell) => guessChoice(field.choices ?? [], cell));
    default:
      return {};
  }
}

function valuePlan(
  cells: readonly string[],
  guess: (cell: string) => string | undefined,
): Omit<ColumnPlan, 'target'> {
  const values: Record<string, string> = {};
  for (const cell of new Set(cells)) {
    const value = guess(cell);
    if (value !== undefined) values[cell] = value;
  }
  return { values };
}

/** By its name; else by what other programs call won and lost; else the first open one, which the user sees and changes. */
function guessStage(stages: readonly StageRow[], cell: string): string | undefined {
  const folded = foldText(cell);
  const kind = /\bwon\b|gewonnen/.test(folded)
    ? 'won'
    : /\blost\b|verloren/.test(folded)
      ? 'lost'
      : 'open';
  return matchingSlug(stages, cell) ?? stages.find((stage) => stage.kind === kind)?.slug;
}

const choiceWords: readonly (readonly [value: string, words: RegExp])[] = [
  ['meeting', /meet|lunch|demo|visit|termin|appointment/],
  ['call', /call|phone|anruf/],
  ['email', /mail/],
  ['task', /task|to ?do|deadline|follow|aufgabe/],
  ['high', /high|urgent|important|hoch/],
  ['low', /low|niedrig/],
  ['normal', /normal|medium|mittel/],
];

function guessChoice(choices: readonly string[], cell: string): string | undefined {
  const folded = foldText(cell);
  return (
    matchingChoice(choices, cell) ??
    choiceWords.find(([value, words]) => choices.includes(value) && words.test(folded))?.[0]
  );
}

function describeColumn(
  db: Reader,
  object: ObjectName,
  name: string,
  target: string | null,
  cells: readonly string[],
): ImportColumn {
  const field = target === null ? undefined : findField(object, target, customFields(db));
  const isDate = field?.type === 'date' || field?.type === 'datetime';
  return {
    name,
    samples: [...new Set(cells)].slice(0, shownSamples).map((cell) => cell.slice(0, 80)),
    distinct: [...new Set(cells)].slice(0, shownDistinct).map((cell) => cell.slice(0, 200)),
    is_ambiguous: isDate && guessDateOrder(cells).isAmbiguous,
  };
}
