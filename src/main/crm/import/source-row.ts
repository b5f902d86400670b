/** One row of a file, whatever its format. */
export interface SourceRow {
  /** Where it begins in the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Why it cannot be read; null when it can. */
  readonly fault: string | null;
}

/** Signs that no one can see or type: they come from broken exports, and no field holds them. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const controlSigns = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g;

/** Without what cannot be seen, and without the sign our own export puts before what a spreadsheet would calculate. */
export function cleanCell(text: string): string {
  const seen = text.replace(controlSigns, '').trim();
  return /^'[=+\-@]/.test(seen) ? seen.slice(1) : seen;
}
