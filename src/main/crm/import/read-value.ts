import { parse as parseDate } from 'date-fns';
import type { ColumnPlan, DateOrder } from '../../../shared/contract/imports.ts';
import type { Field } from '../../../shared/model/fields/field.ts';
import { fieldSchema } from '../../../shared/model/fields/schemas.ts';
import { foldText } from '../../../shared/workflow/conditions/comparable.ts';
import { startOfDate, timeOnDate } from '../../../shared/workflow/relative-date.ts';

/** Why a cell cannot be the value of its field, for a person. */
export class CellFault {
  readonly reason: string;

  constructor(reason: string) {
    this.reason = reason;
  }
}

export type CellValue = string | number | boolean | string[];

/** Reads one cell that is not empty. */
export type CellReader = (cell: string) => CellValue | CellFault;

/** A stage or a pipeline: its slug, and what people call it. */
interface Named {
  readonly slug: string;
  readonly name: string;
}

export interface ReadingContext {
  /** IANA name of the zone in which times without one are meant. */
  readonly timeZone: string;
  readonly stages: readonly Named[];
  readonly pipelines: readonly Named[];
}

/** How the cells of a column become values of a field; made once a column, called for every row. */
export function cellReader(field: Field, plan: ColumnPlan, context: ReadingContext): CellReader {
  const read = readerOf(field, plan, context);
  const schema = fieldSchema(field);
  return (cell) => {
    const value = read(cell);
    if (value instanceof CellFault) return value;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data as CellValue;
    return new CellFault(
      `"${shortened(cell)}": ${parsed.error.issues[0]?.message ?? `${field.name} is not valid`}.`,
    );
  };
}

function readerOf(field: Field, plan: ColumnPlan, context: ReadingContext): CellReader {
  switch (field.type) {
    case 'number':
    case 'money':
      return (cell) => readNumber(cell, plan.decimal ?? '.');
    case 'date':
      return (cell) => readDate(cell, plan.date_order ?? 'ymd')?.date ?? noDate(cell, plan);
    case 'datetime':
      return (cell) => readInstant(cell, plan, context.timeZone);
    case 'boolean':
      return readBoolean;
    case 'choice':
      return (cell) =>
        plan.values?.[cell] ?? matchingChoice(field.choices ?? [], cell) ?? unknownChoice(cell);
    case 'stage':
      return (cell) =>
        plan.values?.[cell] ?? matchingSlug(context.stages, cell) ?? unknownChoice(cell);
    case 'pipeline':
      return (cell) => matchingSlug(context.pipelines, cell) ?? unknownChoice(cell);
    case 'multi_choice':
      return (cell) =>
        splitList(cell).map((one) => matchingChoice(field.choices ?? [], one) ?? one);
    case 'tags':
      return splitTags;
    case 'currency':
      return (cell) => cell.toUpperCase();
    case 'domain':
      return readDomain;
    case 'email':
      return (cell) => cell.replace(/^mailto:/i, '');
    default:
      return (cell) => cell;
  }
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function unknownChoice(cell: string): CellFault {
  return new CellFault(`"${shortened(cell)}" is none of the choices. Say what it means.`);
}

/** As people write lists in a cell, and as Google parts them. */
export function splitList(cell: string): string[] {
  return cell
    .split(/ ::: |[;\n]|,(?!\d)/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Google marks its own groups with a star. */
function splitTags(cell: string): string[] {
  return splitList(cell).filter((name) => !name.startsWith('*'));
}

function readDomain(cell: string): string {
  return cell
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/^www\./i, '')
    .replace(/[/?#].*$/, '')
    .toLowerCase();
}

const yes = new Set(['yes', 'y', 'true', '1', 'x', 'on', 'ja', 'oui', 'si', 'sí', 'wahr', 'vrai']);
const no = new Set(['no', 'n', 'false', '0', 'off', 'nein', 'non', 'falsch', 'faux', '-']);

function readBoolean(cell: string): boolean | CellFault {
  const word = cell.toLowerCase();
  if (yes.has(word)) return true;
  return no.has(word) ? false : new CellFault(`"${shortened(cell)}" is neither yes nor no.`);
}

export function matchingChoice(choices: readonly string[], cell: string): string | undefined {
  const folded = foldText(cell);
  return choices.find((choice) => foldText(choice) === folded);
}

export function matchingSlug(named: readonly Named[], cell: string): string | undefined {
  const folded = foldText(cell);
  const found = named.find(
    ({ name, slug }) => foldText(name) === folded || foldText(slug) === folded,
  );
  return found?.slug;
}

/** Signs of currencies and blanks of any width say nothing about the number. */
function readNumber(cell: string, decimal: ',' | '.'): number | CellFault {
  const bare = cell.replaceAll(/[\p{Sc}\p{Zs}'’_]|\b[A-Z]{3}\b/gu, '');
  if (!/^[+-]?[\d.,]*\d[\d.,]*$/.test(bare))
    return new CellFault(`"${shortened(cell)}" is no number.`);
  const mark = decimalMark(bare) ?? decimal;
  const plain = bare.replaceAll(mark === ',' ? '.' : ',', '').replace(',', '.');
  const value = Number(plain);
  return Number.isFinite(value) ? value : new CellFault(`"${shortened(cell)}" is no number.`);
}

/** What parts whole and part where only one reading is possible; null where the column has to say it. */
function decimalMark(number: string): ',' | '.' | null {
  const comma = number.lastIndexOf(',');
  const point = number.lastIndexOf('.');
  if (comma >= 0 && point >= 0) return comma > point ? ',' : '.';
  const mark = comma >= 0 ? ',' : '.';
  const parts = number.split(mark);
  // Twice: it groups thousands. Not followed by three digits: it does not.
  if (parts.length > 2) return mark === ',' ? '.' : ',';
  return parts.length === 2 && parts[1]?.length !== 3 ? mark : null;
}

/** The mark of a column's decimals, by the cells in which it is certain. */
export function guessDecimal(cells: readonly string[]): ',' | '.' {
  for (const cell of cells) {
    const bare = cell.replaceAll(/[^\d.,]/g, '');
    const mark = /[.,]/.test(bare) ? decimalMark(bare) : null;
    if (mark !== null) return mark;
  }
  return '.';
}

interface ReadDate {
  readonly date: string;
  /** `14:30:00`; null where none was given. */
  readonly time: string | null;
}

const numeric =
  /^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})\.?(?:[T,\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([AP]M)?)?$/i;
const worded = ['d MMM yyyy', 'd MMMM yyyy', 'MMM d yyyy', 'MMMM d yyyy'] as const;
/** Any day: only what it lacks would be taken from it, and nothing is lacking. */
const reference = new Date(2000, 0, 1);

function readDate(cell: string, order: DateOrder): ReadDate | null {
  const found = numeric.exec(cell);
  if (!found) return readWordedDate(cell);
  const [, first = '', second = '', third = ''] = found;
  // A year in front leaves no doubt.
  const by = first.length > 2 ? 'ymd' : order;
  const [year, month, day] =
    by === 'ymd'
      ? [first, second, third]
      : by === 'dmy'
        ? [third, second, first]
        : [third, first, second];
  if (day.length > 2) return null;
  const date = dayOf(Number(year) + centuryOf(year), Number(month), Number(day));
  const time = timeOf(found[4], found[5], found[6], found[7]);
  return date === null || time === undefined ? null : { date, time };
}

function centuryOf(year: string): number {
  if (year.length > 2) return 0;
  return Number(year) < 70 ? 2_000 : 1_900;
}

function dayOf(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year < 10_000;
  return isReal ? date.toISOString().slice(0, 10) : null;
}

/** @returns null where none was given, undefined where it is none */
function timeOf(
  hour: string | undefined,
  minute = '00',
  second = '00',
  half?: string,
): string | null | undefined {
  if (hour === undefined) return null;
  const offset = half === undefined ? 0 : half.toUpperCase() === 'PM' ? 12 : 0;
  const hours = (half === undefined ? Number(hour) : Number(hour) % 12) + offset;
  if (hours > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  return `${String(hours).padStart(2, '0')}:${minute}:${second}`;
}

/** `5 Mar 2024`, `March 5, 2024`, with a day of the week or a time around it. */
function readWordedDate(cell: string): ReadDate | null {
  const [, words = '', hour, minute, second, half] =
    /^(.*?)(?:[,\s]+(?:at\s+)?(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AP]M)?)?$/i.exec(cell) ?? [];
  const bare = words
    .replace(/^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+/i, '')
    .replaceAll(/[.,-]|(?<=\d)(?:st|nd|rd|th)\b/gi, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (!/[a-z]{3}/i.test(bare) || !/\b\d{4}\b/.test(bare)) return null;
  const time = timeOf(hour, minute, second, half);
  if (time === undefined) return null;
  for (const format of worded) {
    const date = parseDate(bare, format, reference);
    if (!Number.isNaN(date.getTime()))
      return { date: dayOf(date.getFullYear(), date.getMonth() + 1, date.getDate()) ?? '', time };
  }
  return null;
}

const orderWords: Readonly<Record<DateOrder, string>> = {
  ymd: 'year, month, day',
  dmy: 'day, month, year',
  mdy: 'month, day, year',
};

function noDate(cell: string, plan: ColumnPlan): CellFault {
  const order = orderWords[plan.date_order ?? 'ymd'];
  return new CellFault(`"${shortened(cell)}" is no date in the order ${order}.`);
}

const withZone = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})$/;

/** A time without a zone is meant in that of the file; a day without a time begins there. */
function readInstant(cell: string, plan: ColumnPlan, timeZone: string): string | CellFault {
  if (withZone.test(cell)) {
    const ms = Date.parse(cell.replace(' ', 'T'));
    return Number.isNaN(ms) ? noDate(cell, plan) : new Date(ms).toISOString();
  }
  const read = readDate(cell, plan.date_order ?? 'ymd');
  if (read === null) return noDate(cell, plan);
  const { date, time } = read;
  const start =
    time === null ? startOfDate(date, timeZone) : timeOnDate(date, time.slice(0, 5), timeZone);
  const seconds = time === null ? 0 : Number(time.slice(6));
  return new Date(start + seconds * 1_000).toISOString();
}

/** In which order the cells of a column put the numbers of a date. `isAmbiguous`: more than one would do. */
export function guessDateOrder(cells: readonly string[]): {
  readonly order: DateOrder;
  readonly isAmbiguous: boolean;
} {
  const dates = cells.filter((cell) => numeric.test(cell));
  const leading = dates.filter((cell) => !/^\d{3,}/.test(cell));
  if (leading.length === 0) return { order: 'ymd', isAmbiguous: false };
  const fits = (order: DateOrder): number =>
    leading.filter((cell) => readDate(cell, order) !== null).length;
  const scores = { dmy: fits('dmy'), mdy: fits('mdy') };
  if (scores.dmy !== scores.mdy)
    return { order: scores.dmy > scores.mdy ? 'dmy' : 'mdy', isAmbiguous: false };
  // Points are put between day and month where the day comes first; slashes in both worlds.
  const hasPoints = leading.every((cell) => cell.includes('.'));
  return { order: 'dmy', isAmbiguous: !hasPoints };
}
