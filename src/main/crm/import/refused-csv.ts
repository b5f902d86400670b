import { csvLine } from '../export/csv-text.ts';
import type { RefusedRow } from './import-session.ts';

interface Refused {
  readonly headers: readonly string[];
  readonly delimiter: string;
  readonly rows: readonly RefusedRow[];
}

const rowsAtOnce = 500;

/** The refused rows as they stood, each with its line and the reason: mended, the file can be imported as it is. */
export async function* refusedCsv({
  headers,
  delimiter,
  rows,
}: Refused): AsyncGenerator<{ text: string }> {
  // The mark tells spreadsheets that it is UTF-8.
  yield { text: `\uFEFF${csvLine([...headers, 'Trellis line', 'Trellis reason'], delimiter)}` };
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const lines = rows.slice(from, from + rowsAtOnce).map(({ cells, line, reason }) => {
      const filled = [...cells, ...headers.slice(cells.length).map(() => '')];
      return csvLine([...filled, String(line), reason], delimiter);
    });
    yield { text: lines.join('') };
    await Promise.resolve();
  }
}
