import { type ObjectName, objectNames } from '../../../shared/model/objects.ts';
import type { Reader } from '../../db/handle.ts';
import { nextTurn } from '../../in-slices.ts';
import type { Clock } from '../../ports.ts';
import { recordKinds } from '../records/kinds.ts';
import { readStored } from '../records/record-store.ts';
import type { RecordKind, Row } from '../records/record-kind.ts';
import type { ExportedPart } from './read-pages.ts';

const pageSize = 200;

/** Names of the lists of records, as the API has them. */
const listNames: Readonly<Record<ObjectName, string>> = {
  contact: 'contacts',
  company: 'companies',
  deal: 'deals',
  task: 'activities',
};

/** Links that lead to nothing in the bin, which is not in the document either. */
const linksOfLiving = (
  [
    ['contacts', 'contact_id'],
    ['companies', 'company_id'],
    ['deals', 'deal_id'],
  ] as const
)
  .map(
    ([table, column]) =>
      `NOT EXISTS (SELECT 1 FROM ${table} r WHERE r.id = contact_links.${column} AND r.deleted_at IS NOT NULL)`,
  )
  .join(' AND ');

/** What else people made, as it is stored. */
const otherTables: readonly { readonly table: string; readonly where: string }[] = [
  { table: 'notes', where: 'deleted_at IS NULL' },
  { table: 'contact_links', where: linksOfLiving },
  { table: 'tags', where: '1' },
  { table: 'pipelines', where: '1' },
  { table: 'stages', where: '1' },
  { table: 'custom_fields', where: '1' },
  { table: 'views', where: '1' },
  { table: 'workflows', where: 'is_deleted = 0' },
];

/** Everything people made in the file but history, as one JSON document, in pages so that nobody waits for it. */
export async function* exportJson(db: Reader, clock: Clock): AsyncGenerator<ExportedPart> {
  const head = { format: 'trellis', version: 1, exported_at: new Date(clock.now()).toISOString() };
  let rows = 0;
  yield { text: JSON.stringify(head).slice(0, -1), rows };
  const lists = [
    ...objectNames.map((object) => ({ name: listNames[object], page: recordPage(db, object) })),
    ...otherTables.map(({ table, where }) => ({ name: table, page: tablePage(db, table, where) })),
  ];
  for (const { name, page } of lists) {
    let text = `,\n"${name}":[`;
    let from = 0;
    let isFirst = true;
    for (;;) {
      const found = page(from);
      for (const { value } of found) {
        text += `${isFirst ? '' : ','}\n${JSON.stringify(value)}`;
        isFirst = false;
      }
      rows += found.length;
      from = found.at(-1)?.seq ?? from;
      yield { text, rows };
      text = '';
      await nextTurn(clock);
      if (found.length < pageSize) break;
    }
    yield { text: ']', rows };
  }
  yield { text: '}\n', rows };
}

type Page = (from: number) => readonly { readonly seq: number; readonly value: unknown }[];

function recordPage<O extends ObjectName>(db: Reader, object: O): Page {
  const kind: RecordKind<O> = recordKinds[object];
  return (from) =>
    db
      .all<Row & { seq: number }>(
        `${kind.select} WHERE r.seq > ? AND r.deleted_at IS NULL ORDER BY r.seq LIMIT ${pageSize}`,
        from,
      )
      .map((row) => ({ seq: row.seq, value: readStored(db, kind, row).record }));
}

function tablePage(db: Reader, table: string, where: string): Page {
  return (from) =>
    db
      .all<Row & { seq: number }>(
        `SELECT * FROM ${table} WHERE seq > ? AND ${where} ORDER BY seq LIMIT ${pageSize}`,
        from,
      )
      .map(({ seq, ...row }) => ({ seq, value: row }));
}
