import ICAL from 'ical.js';
import { messageOf } from '../../errors.ts';
import type { SourceRow } from './source-row.ts';

/** The columns every card is read into, so that cards are mapped as rows of a table are. */
export const vcardColumns = [
  'First Name',
  'Last Name',
  'Full Name',
  'Organization',
  'Job Title',
  'Email',
  'Other Email',
  'Phone',
  'Other Phone',
  'Address',
  'Website',
  'Birthday',
  'Notes',
  'Categories',
  'Other',
] as const;

type VcardColumn = (typeof vcardColumns)[number];

/** Who wrote the card, when and with which picture: nothing a person would miss. */
const leftOut = new Set(['version', 'prodid', 'rev', 'uid', 'photo', 'logo', 'x-ablabel', 'sound']);

const columnOf: Readonly<Record<string, VcardColumn>> = {
  fn: 'Full Name',
  title: 'Job Title',
  url: 'Website',
  bday: 'Birthday',
  note: 'Notes',
  categories: 'Categories',
};

/** Reads the cards of a file one by one; one that is damaged is a row with a fault, and the next is read. */
export function* readVcards(texts: Iterable<string>): Generator<SourceRow> {
  let rest = '';
  let line = 1;
  let cardLine = 1;
  let card: string[] = [];
  function* lines(): Generator<string> {
    for (const text of texts) {
      rest += text;
      // A carriage return at the end may be half a line end.
      const parts = rest.split(/\r\n|\n|\r(?!$)/);
      rest = parts.pop() ?? '';
      yield* parts;
    }
    if (rest !== '') yield rest;
  }
  for (const text of lines()) {
    if (/^BEGIN:VCARD\s*$/i.test(text)) {
      if (card.some((one) => one.trim() !== '')) yield unfinished(cardLine, card);
      card = [];
      cardLine = line;
    }
    card.push(text);
    if (/^END:VCARD\s*$/i.test(text)) {
      yield toRow(cardLine, card);
      card = [];
      cardLine = line + 1;
    }
    line += 1;
  }
  if (card.some((one) => one.trim() !== '')) yield unfinished(cardLine, card);
}

function unfinished(line: number, card: readonly string[]): SourceRow {
  return { line, cells: [card.join('\n')], fault: 'This card does not end with END:VCARD.' };
}

function toRow(line: number, card: readonly string[]): SourceRow {
  const refuse = (fault: string): SourceRow => ({ line, cells: [card.join('\n')], fault });
  if (card.some((one) => /^VERSION:2\.1/i.test(one)))
    return refuse('This is a card of version 2.1. Export it as vCard 3.0 or 4.0.');
  try {
    return { line, cells: cellsOf(ICAL.parse(card.join('\r\n'))), fault: null };
  } catch (error) {
    return refuse(`This card cannot be read (${messageOf(error)}).`);
  }
}

type Property = readonly [name: string, parameters: object, type: string, ...values: unknown[]];

/** @param parsed as ical.js gives it: `['vcard', properties, …]` */
function cellsOf(parsed: unknown): string[] {
  const properties = Array.isArray(parsed) && Array.isArray(parsed[1]) ? parsed[1] : [];
  const cells = new Map<VcardColumn, string>();
  const put = (column: VcardColumn, text: string, separator = '\n'): void => {
    const before = cells.get(column);
    if (text !== '') cells.set(column, before === undefined ? text : before + separator + text);
  };
  for (const [name, , , ...values] of properties as readonly Property[]) {
    const texts = values.map(textOf).filter((text) => text !== '');
    const [first = ''] = texts;
    if (name === 'n') {
      const [last, given, middle] = partsOf(values[0]);
      put('Last Name', last ?? '');
      put('First Name', [given, middle].filter(Boolean).join(' '));
    } else if (name === 'org') put('Organization', partsOf(values[0])[0] ?? '');
    else if (name === 'email') put(cells.has('Email') ? 'Other Email' : 'Email', first);
    else if (name === 'tel') {
      put(cells.has('Phone') ? 'Other Phone' : 'Phone', first.replace(/^tel:/i, ''));
    } else if (name === 'categories') put('Categories', texts.join(','), ',');
    else if (name === 'adr') put('Address', partsOf(values[0]).filter(Boolean).join(', '));
    else {
      const column = columnOf[name];
      if (column) put(column, first);
      else if (!leftOut.has(name) && first !== '')
        put('Other', `${name.replace(/^x-/, '')}: ${texts.join(', ')}`);
    }
  }
  return vcardColumns.map((column) => cells.get(column) ?? '');
}

function partsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(textOf) : [textOf(value)];
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return Array.isArray(value) ? value.map(textOf).filter(Boolean).join(' ') : '';
}
