import type { Page } from '../../../shared/contract/lists.ts';
import type { TimelineFilter, TimelineItem } from '../../../shared/contract/timeline.ts';
import type { RecordReference } from '../../../shared/model/objects.ts';
import type { Reader } from '../../db/handle.ts';
import { decodePlace, encodePlace, type Place } from '../records/place.ts';
import { type TimelineSource, timelineSources } from './timeline-sources.ts';

interface TimelineQuery extends RecordReference {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
  readonly filter?: TimelineFilter | undefined;
}

const defaultPageSize = 50;

/**
 * One page of what happened with a record. Each source gives its own newest entries after the place the last page
 * ended; what is newest of all is the page, so a page costs the same however deep it lies.
 */
export function listTimeline(db: Reader, query: TimelineQuery): Page<TimelineItem> {
  const limit = query.limit ?? defaultPageSize;
  const from = query.cursor === undefined ? null : decodePlace(query.cursor);
  const filter = query.filter ?? 'all';
  const sources = Object.values<TimelineSource>(timelineSources).filter(
    (source) => filter === 'all' || source.filters.includes(filter),
  );
  const found = sources
    .flatMap((source) =>
      source
        .places(db, query, filter, from, limit + 1)
        .map((place) => ({ place, read: () => source.read(db, query, place) })),
    )
    .toSorted((a, b) => compare(b.place, a.place));
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ read }) => read()),
    next_cursor: found.length > limit && last ? encodePlace(last.place) : null,
  };
}

function compare(one: Place, other: Place): number {
  if (one.at !== other.at) return one.at < other.at ? -1 : 1;
  return one.key < other.key ? -1 : 1;
}
