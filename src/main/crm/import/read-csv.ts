import { type Info, type Options, type Parser, parse } from 'csv-parse';
import type { SourceRow } from './source-row.ts';

const delimiters = [',', ';', '\t', '|', ':'] as const;
/** As many rows as tell how a file is made. */
const sampleRows = 50;

/** `sep=;` as the first line is how Excel writes down what parts the cells. */
const separatorLine = /^sep=(.)\r?\n?$/i;

interface ParsedRow {
  readonly record: string[];
  readonly info: Info;
}

const options = {
  info: true,
  // Rows of any length are read: which length is right, the header says.
  relax_column_count: true,
  relax_quotes: true,
  skip_records_with_error: true,
  skip_empty_lines: true,
  record_delimiter: ['\r\n', '\n', '\r'],
} as const satisfies Options;

/** Text that can be read more than once. */
export type Texts = () => Iterable<string>;

/**
 * Reads CSV row by row. Line ends of any kind, also mixed; quotes in the middle of a cell are part of it. A quote that
 * never closes makes what follows it one row with a fault.
 */
export function* readCsv(texts: Texts, delimiter: string): Generator<SourceRow> {
  let isUnclosed = false;
  let lastLine = 0;
  for (const row of rowsOf(texts, { ...options, delimiter }, () => void (isUnclosed = true))) {
    const line = row.info.lines === lastLine + 1 ? row.info.lines : firstLineOf(row);
    lastLine = row.info.lines;
    if (!isSeparatorLine(row)) yield { line, cells: row.record, fault: null };
  }
  if (isUnclosed) {
    yield {
      line: lastLine + 1,
      cells: [swallowedBy(texts, delimiter)],
      fault: 'A quotation mark that opens here is never closed, so nothing after it could be read.',
    };
  }
}

function* rowsOf(
  texts: Texts,
  how: Options,
  skipped: (raw: string | undefined) => void,
): Generator<ParsedRow> {
  const parser = parse({
    ...how,
    on_skip: (_error, raw) => {
      skipped(raw);
      return undefined;
    },
  });
  for (const text of texts()) {
    parser.write(text);
    yield* drain(parser);
  }
  parser.end();
  yield* drain(parser);
}

/** The text behind an unclosed quote. Keeping the text of every row for this rare case would slow all of them. */
function swallowedBy(texts: Texts, delimiter: string): string {
  let swallowed = '';
  const again = rowsOf(texts, { ...options, delimiter, raw: true }, (raw) => {
    swallowed = raw ?? '';
  });
  while (!again.next().done);
  return swallowed.trim();
}

function* drain(parser: Parser): Generator<ParsedRow> {
  for (;;) {
    // `info: true` makes every record one of these.
    const row = parser.read() as ParsedRow | null;
    if (row === null) return;
    yield row;
  }
}

function isSeparatorLine({ record, info }: ParsedRow): boolean {
  return info.lines === 1 && /^sep=/i.test(record[0] ?? '') && record.join('').length <= 5;
}

/** The parser says where a row ends; it may have begun lines before. */
function firstLineOf({ record, info }: ParsedRow): number {
  const breaks = record.reduce((count, cell) => count + cell.split(/\r\n|\n|\r/).length - 1, 0);
  return info.lines - breaks;
}

/** What parts the cells: under it most rows have the same number of cells, and more than one. */
export function guessDelimiter(sample: string): string {
  const named = separatorLine.exec(sample.split('\n')[0] ?? '')?.[1];
  if (named !== undefined) return named;
  let best: { delimiter: string; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of delimiters) {
    const widths = firstRows(sample, delimiter, sampleRows).map((row) => row.cells.length);
    const counts = new Map<number, number>();
    for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
    const [width, count] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? [1, 0];
    if (width < 2) continue;
    // Agreement counts first; of two that agree, the one that finds more cells.
    const score = count / widths.length + Math.min(width, 100) / 1_000;
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** The first rows of a sample; its last one may be cut off, and is left out when there are others. */
export function firstRows(sample: string, delimiter: string, limit: number): SourceRow[] {
  const rows: SourceRow[] = [];
  for (const row of readCsv(() => [sample], delimiter)) {
    rows.push(row);
    if (rows.length > limit) break;
  }
  return rows.length > 1 &&
    rows.length <= limit &&
    !/[\r\n]$/.test(sample) &&
    sample.length > 200_000
    ? rows.slice(0, -1)
    : rows.slice(0, limit);
}

/** Whether the first row names the columns: names are no addresses, numbers or dates, and none is empty. */
export function looksLikeHeader(cells: readonly string[]): boolean {
  const named = cells.filter((cell) => cell.trim() !== '');
  return (
    named.length > 0 &&
    named.length >= cells.length / 2 &&
    !named.some((cell) => /@.+\.|^\s*[+(]?[\d][\d\s().,/:-]*$/.test(cell) || cell.length > 200)
  );
}
