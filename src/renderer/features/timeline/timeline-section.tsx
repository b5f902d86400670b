import { Button, Skeleton } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type TimelineFilter, timelineFilters } from '../../../shared/contract/timeline.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { api } from '../../api/query.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { PanelSection } from '../../ui/record-panel.tsx';
import type { AnyRecord } from '../records/record-api.ts';
import { AsOfDialog } from './as-of-dialog.tsx';
import { NoteComposer } from './note-composer.tsx';
import { TimelineEntry } from './timeline-entry.tsx';
import classes from './timeline.module.css';

interface TimelineSectionProps {
  readonly object: ObjectName;
  readonly record: AnyRecord;
}

const pageSize = 30;

/** Everything that happened with a record, the latest first, and the place to write a note. */
export function TimelineSection({ object, record }: TimelineSectionProps) {
  const { t } = useTranslation('timeline');
  const [filter, setFilter] = useState<TimelineFilter>('all');
  const [lookedBackTo, setLookedBackTo] = useState<string | null>(null);
  const query = useInfiniteQuery(
    api.timeline.list.infiniteOptions({
      input: (cursor: string | null) => ({
        object,
        id: record.id,
        filter,
        limit: pageSize,
        ...(cursor === null ? {} : { cursor }),
      }),
      initialPageParam: null,
      getNextPageParam: (page) => page.next_cursor,
      placeholderData: keepPreviousData,
    }),
  );
  const items = query.data?.pages.flatMap((page) => page.items);

  return (
    <PanelSection title={t('title')}>
      <NoteComposer object={object} id={record.id} />
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- chips are no form fields to be set in a fieldset */}
      <div className={classes.chips} role="group" aria-label={t('filter_label')}>
        {timelineFilters.map((name) => (
          <button
            key={name}
            type="button"
            className={classes.chip}
            aria-pressed={filter === name}
            onClick={() => setFilter(name)}
          >
            {t(`filter.${name}`)}
          </button>
        ))}
      </div>
      {query.isPending && (
        <div aria-busy="true" className={classes.skeleton}>
          {[70, 50, 60].map((width) => (
            <Skeleton key={width} height={10} width={`${width}%`} />
          ))}
        </div>
      )}
      {!items && query.error && (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
      {items?.length === 0 && <p className={classes.none}>{t(`none.${filter}`)}</p>}
      {items && items.length > 0 && (
        <ul className={classes.list} aria-label={t('title')}>
          {items.map((item) => (
            <TimelineEntry
              key={item.key}
              object={object}
              record={record}
              item={item}
              onLookBack={setLookedBackTo}
            />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('show_earlier')}
        </Button>
      )}
      {lookedBackTo !== null && (
        <AsOfDialog
          object={object}
          record={record}
          at={lookedBackTo}
          onClose={() => setLookedBackTo(null)}
        />
      )}
    </PanelSection>
  );
}
