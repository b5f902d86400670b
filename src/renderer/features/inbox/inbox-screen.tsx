import { Button, Skeleton } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { CheckCheck, Inbox } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { api, queryClient } from '../../api/query.ts';
import { useCommands } from '../../commands/registry.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { MissedDecisions } from '../away/missed-decisions.tsx';
import classes from './inbox.module.css';
import { NotificationRow } from './notification-row.tsx';

/** What automation had to say, newest first. */
export function InboxScreen() {
  const { t } = useTranslation('inbox');
  const query = useInfiniteQuery(
    api.notifications.list.infiniteOptions({
      input: (cursor: string | null) => ({ limit: 50, ...(cursor === null ? {} : { cursor }) }),
      initialPageParam: null,
      getNextPageParam: (page) => page.next_cursor,
    }),
  );
  const away = useQuery(api.away.summary.queryOptions());
  const markAll = useMutation(
    api.notifications.mark_all_read.mutationOptions({
      onSettled: () => {
        void queryClient.invalidateQueries({ queryKey: api.notifications.key() });
        void queryClient.invalidateQueries({ queryKey: api.home.key() });
      },
    }),
  );
  const items = query.data?.pages.flatMap((page) => page.items);
  const unread = items?.filter((item) => item.read_at === null).length ?? 0;

  useCommands([
    {
      id: 'inbox_mark_all_read',
      label: 'inbox:commands.mark_all_read',
      section: 'list',
      perform: () => markAll.mutate(undefined),
    },
  ]);

  return (
    <>
      <PageHeader
        title={t('title')}
        actions={
          unread > 0 && (
            <Button
              variant="default"
              leftSection={<CheckCheck size={14} />}
              loading={markAll.isPending}
              onClick={() => markAll.mutate(undefined)}
            >
              {t('mark_all_read')}
            </Button>
          )
        }
      />
      {away.data && away.data.to_decide.length > 0 && (
        <div className={classes.decisions}>
          <MissedDecisions items={away.data.to_decide} />
        </div>
      )}
      {query.isPending && (
        <div className={classes.list} aria-busy="true">
          {[240, 300, 200].map((width) => (
            <div key={width} className={classes.skeleton}>
              <Skeleton width={width} height={12} />
              <Skeleton width={width * 1.6} height={10} />
            </div>
          ))}
        </div>
      )}
      {!items && query.error && (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
      {items?.length === 0 && (
        <EmptyState
          icon={Inbox}
          title={t('empty_title')}
          text={t('empty_text')}
          example={t('empty_example')}
        />
      )}
      {items && items.length > 0 && (
        <div className={classes.scroll}>
          <ul className={classes.list} aria-label={t('list')}>
            {items.map((item) => (
              <NotificationRow key={item.id} notification={item} />
            ))}
          </ul>
          {query.hasNextPage && (
            <div className={classes.more}>
              <Button
                variant="subtle"
                loading={query.isFetchingNextPage}
                onClick={() => void query.fetchNextPage()}
              >
                {t('show_more')}
              </Button>
            </div>
          )}
        </div>
      )}
    </>
  );
}
