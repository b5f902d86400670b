import type { RecordReference } from '../src/shared/model/objects.ts';

const screens = {
  contact: 'contacts',
  company: 'companies',
  deal: 'deals',
  task: 'tasks',
} as const satisfies Record<RecordReference['object'], string>;

/** Where the page shows a record, as the fragment of its URL; the Inbox when there is none. */
export function recordRoute(record: RecordReference | null): `#/${string}` {
  if (record === null) return '#/inbox';
  return `#/${screens[record.object]}/${encodeURIComponent(record.id)}`;
}
