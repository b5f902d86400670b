import type { TimelineFilter, TimelineItem } from '../../../shared/contract/timeline.ts';
import type { ObjectName, RecordReference } from '../../../shared/model/objects.ts';
import type { Reader, SqlValue } from '../../db/handle.ts';
import { getExecution } from '../../workflow/store/execution-store.ts';
import { activityKind } from '../activities/activity-kind.ts';
import { getNote } from '../notes/note-store.ts';
import { getRecord } from '../records/record-store.ts';
import type { Place } from '../records/place.ts';
import { readChange } from './timeline-change.ts';

/** One kind of entry: where its entries stand, and what each is. */
export interface TimelineSource {
  /** The filters, `all` aside, that ask for it. */
  readonly filters: readonly TimelineFilter[];
  /** The newest places older than `from`, at most `limit`. */
  places(
    db: Reader,
    record: RecordReference,
    filter: TimelineFilter,
    from: Place | null,
    limit: number,
  ): Place[];
  /** @param place one of those it gave */
  read(db: Reader, record: RecordReference, place: Place): TimelineItem;
}

/** @param rows a query for `at` and `key`, `key` unique among all sources */
function newest(
  db: Reader,
  rows: string,
  values: readonly SqlValue[],
  from: Place | null,
  limit: number,
): Place[] {
  const older = from === null ? '' : ' WHERE (at, key) < (?, ?)';
  return db.all<Place>(
    `SELECT at, key FROM (${rows})${older} ORDER BY at DESC, key DESC LIMIT ?`,
    ...values,
    ...(from === null ? [] : [from.at, from.key]),
    limit,
  );
}

/** What follows the colon: the id of what an entry is made from. */
function idOf({ key }: Place): string {
  return key.slice(key.indexOf(':') + 1);
}

const noteSource: TimelineSource = {
  filters: ['notes'],
  places: (db, { object, id }, _filter, from, limit) =>
    newest(
      db,
      `SELECT created_at AS at, 'note:' || id AS key FROM notes
         WHERE record_id = ? AND object = ? AND deleted_at IS NULL`,
      [id, object],
      from,
      limit,
    ),
  read: (db, _record, place) => ({ ...place, kind: 'note', note: getNote(db, idOf(place)) }),
};

/** The link of an activity to each kind of record; an activity has none to another. */
const activityLinks: Readonly<Record<ObjectName, string | null>> = {
  contact: 'contact_id',
  company: 'company_id',
  deal: 'deal_id',
  task: null,
};

/** An activity stands where it was done, and one that is open where it was added. */
const activitySource: TimelineSource = {
  filters: ['activities', 'emails'],
  places(db, { object, id }, filter, from, limit) {
    const link = activityLinks[object];
    if (link === null) return [];
    const mails = filter === 'emails' ? " AND type = 'email'" : '';
    return newest(
      db,
      `SELECT coalesce(completed_at, created_at) AS at, 'activity:' || id AS key FROM activities
         WHERE ${link} = ? AND deleted_at IS NULL${mails}`,
      [id],
      from,
      limit,
    );
  },
  read: (db, _record, place) => ({
    ...place,
    kind: 'activity',
    activity: getRecord(db, activityKind, idOf(place)),
  }),
};

const changeSource: TimelineSource = {
  filters: ['changes'],
  places: (db, { object, id }, _filter, from, limit) =>
    newest(
      db,
      // Padded, so that entries of one instant keep their order.
      `SELECT at, 'change:' || printf('%015d', seq) AS key FROM journal
         WHERE record_id = ? AND object = ?`,
      [id, object],
      from,
      limit,
    ),
  read: (db, record, place) => ({
    ...place,
    kind: 'change',
    change: readChange(db, record.object, Number(idOf(place))),
  }),
};

const runSource: TimelineSource = {
  filters: ['automation'],
  places: (db, { object, id }, _filter, from, limit) =>
    newest(
      db,
      `SELECT created_at AS at, 'run:' || id AS key FROM workflow_executions
         WHERE record_id = ? AND object = ?`,
      [id, object],
      from,
      limit,
    ),
  read: (db, _record, place) => ({ ...place, kind: 'run', run: getExecution(db, idOf(place)) }),
};

/** Every kind of entry a timeline has. */
export const timelineSources = {
  note: noteSource,
  activity: activitySource,
  change: changeSource,
  run: runSource,
} as const satisfies Record<TimelineItem['kind'], TimelineSource>;
