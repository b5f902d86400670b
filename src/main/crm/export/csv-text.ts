/** A cell that a spreadsheet would take for a formula; what begins so is never shown as it is by one. */
const formula = /^[=+\-@\t\r]/;
/** A number with its sign, or a phone number: a spreadsheet has nothing to calculate in it. */
const harmless = /^[+-]?\d+(?:[.,]\d+)?$|^\+\d[\d\s()./]*$/;

/**
 * One cell of CSV. Text that a spreadsheet would calculate gets an apostrophe before it, as a person would write it
 * there; reading it back takes it off again.
 */
function csvCell(text: string, delimiter: string): string {
  const safe = formula.test(text) && !harmless.test(text) ? `'${text}` : text;
  return safe.includes(delimiter) || /["\r\n]|^\s|\s$/.test(safe)
    ? `"${safe.replaceAll('"', '""')}"`
    : safe;
}

/** A line of CSV with its end. */
export function csvLine(cells: readonly string[], delimiter = ','): string {
  return `${cells.map((cell) => csvCell(cell, delimiter)).join(delimiter)}\r\n`;
}
