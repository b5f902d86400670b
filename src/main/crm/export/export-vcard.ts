import ICAL from 'ical.js';
import type { ExportSelection } from '../../../shared/contract/exports.ts';
import type { Reader } from '../../db/handle.ts';
import { recordName } from '../records/record-name.ts';
import {
  type ExportedPart,
  type ExportedRecord,
  type ExportParts,
  readPages,
} from './read-pages.ts';

/** Contacts as vCard 3.0, which every address book reads. */
export async function* exportVcards(
  parts: ExportParts,
  db: Reader,
  selection: ExportSelection,
  signal: AbortSignal | undefined,
): AsyncGenerator<ExportedPart> {
  let rows = 0;
  for await (const records of readPages(parts, { object: 'contact', ...selection }, signal)) {
    rows += records.length;
    yield { text: records.map((record) => cardOf(db, record)).join(''), rows };
  }
}

type Property = [name: string, parameters: object, type: string, ...values: unknown[]];

function cardOf(db: Reader, record: ExportedRecord): string {
  const text = (name: string): string => String(record[name] ?? '');
  const properties: Property[] = [
    ['version', {}, 'text', '3.0'],
    ['uid', {}, 'text', text('id')],
    ['fn', {}, 'text', text('name')],
    ['n', {}, 'text', [text('last_name'), text('first_name'), '', '', '']],
  ];
  const add = (name: string, value: string, parameters = {}): void => {
    if (value !== '') properties.push([name, parameters, 'text', value]);
  };
  add('email', text('email'), { type: 'INTERNET' });
  add('tel', text('phone'), { type: 'WORK' });
  add('title', text('job_title'));
  const { company_id: company, tags } = record;
  if (typeof company === 'string') {
    // A list, of which the first is the name: so a semicolon in it stays one.
    const name = recordName(db, { object: 'company', id: company }) ?? '';
    if (name !== '') properties.push(['org', {}, 'text', [name]]);
  }
  if (Array.isArray(tags) && tags.length > 0) properties.push(['categories', {}, 'text', ...tags]);
  return `${ICAL.stringify.component(['vcard', properties, []], ICAL.design.vcard3)}\r\n`;
}
