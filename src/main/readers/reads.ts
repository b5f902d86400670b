import { readCounts } from '../crm/home/home-figures.ts';
import { countRunsSince, readSummary } from '../crm/home/home-summary.ts';
import { findDuplicates } from '../crm/duplicates/find-duplicates.ts';
import { pointingRecords } from '../crm/duplicates/linked-records.ts';
import type { Reader } from '../db/handle.ts';
import { selectedIds } from '../crm/bulk/bulk-change.ts';
import { readBoard } from '../crm/deals/pipeline.ts';
import { searchNames } from '../crm/search/search-names.ts';
import { searchFurther } from '../crm/search/search-further.ts';
import { countView, listView, readGroups } from '../crm/views/view-query.ts';
import { readAnalytics } from '../workflow/insight/analytics.ts';
import type { Pace, ReadScope } from './readers.ts';

interface NamedRead {
  readonly pace: Pace;
  // The inputs differ; each caller is checked against the read it names.
  readonly read: (db: Reader, input: never, scope: ReadScope) => unknown;
}

/** Everything that can be read off the main thread. Adding one is one line here. */
export const reads = {
  'search.names': { pace: 'quick', read: searchNames },
  'search.further': { pace: 'slow', read: searchFurther },
  'views.list': { pace: 'slow', read: listView },
  'views.count': { pace: 'slow', read: countView },
  'views.groups': { pace: 'slow', read: readGroups },
  'duplicates.find': { pace: 'slow', read: findDuplicates },
  'duplicates.pointing': { pace: 'slow', read: pointingRecords },
  'bulk.ids': { pace: 'slow', read: selectedIds },
  'deals.board': {
    pace: 'slow',
    read: (db: Reader, { pipeline }: { pipeline?: string | undefined }) => readBoard(db, pipeline),
  },
  'workflows.analytics': { pace: 'slow', read: readAnalytics },
  'home.runs_since': { pace: 'slow', read: countRunsSince },
  'home.summary': { pace: 'slow', read: readSummary },
  'home.counts': {
    pace: 'slow',
    read: (db: Reader, { endOfToday, now }: { endOfToday: string; now: string }) =>
      readCounts(db, endOfToday, now),
  },
} as const satisfies Readonly<Record<string, NamedRead>>;
