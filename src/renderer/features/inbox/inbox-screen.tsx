import { Button, SegmentedControl, Switch } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { CheckCheck, Inbox } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Notification,
  type NotificationState,
  notificationStates,
} from '../../../shared/contract/notifications.ts';
import { api, queryClient } from '../../api/query.ts';
import { useCommands } from '../../commands/registry.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { PagedList, Rows } from '../../ui/paged-list.tsx';
import { MissedDecisions } from '../away/missed-decisions.tsx';
import { groupByWorkflow } from './group-by-workflow.ts';
import classes from './inbox.module.css';
import { NotificationRow } from './notification-row.tsx';

/** What automation had to say, newest first. */
export function InboxScreen() {
  const { t } = useTranslation('inbox');
  const [state, setState] = useState<NotificationState>('inbox');
  const [grouped, setGrouped] = useState(false);
  const query = useInfiniteQuery(
    api.notifications.list.infiniteOptions({
      input: (cursor: string | null) => ({
        limit: 50,
        state,
        ...(cursor === null ? {} : { cursor }),
      }),
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
  const counts = useQuery(api.home.counts.queryOptions());
  const unread = counts.data?.notifications_unread ?? 0;

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
      >
        <SegmentedControl
          size="xs"
          aria-label={t('filter')}
          value={state}
          data={notificationStates.map((value) => ({
            value,
            label:
              value === 'unread' && unread > 0
                ? t('unread_count', { count: unread })
                : t(`filters.${value}`),
          }))}
          onChange={(value) =>
            setState(notificationStates.find((known) => known === value) ?? 'inbox')
          }
        />
        <Switch
          size="xs"
          label={t('group')}
          checked={grouped}
          onChange={(event) => setGrouped(event.currentTarget.checked)}
        />
      </PageHeader>
      {away.data && away.data.to_decide.length > 0 && (
        <div className={classes.decisions}>
          <MissedDecisions items={away.data.to_decide} />
        </div>
      )}
      <PagedList query={query} empty={<NothingHere state={state} />} moreLabel={t('show_more')}>
        {(items) => <NotificationList items={items} grouped={grouped} />}
      </PagedList>
    </>
  );
}

interface NotificationListProps {
  readonly items: readonly Notification[];
  readonly grouped: boolean;
}

function NotificationList({ items, grouped }: NotificationListProps) {
  const { t } = useTranslation('inbox');
  if (!grouped) {
    return (
      <Rows label={t('list')}>
        {items.map((item) => (
          <NotificationRow key={item.id} notification={item} />
        ))}
      </Rows>
    );
  }
  return groupByWorkflow(items).map((group) => {
    const name = group.workflow_name ?? t('without_workflow');
    return (
      <section key={group.workflow_id} aria-label={name}>
        <h2 className={classes.group}>
          {name} <span className={classes.groupCount}>{group.items.length}</span>
        </h2>
        <Rows label={name}>
          {group.items.map((item) => (
            <NotificationRow key={item.id} notification={item} />
          ))}
        </Rows>
      </section>
    );
  });
}

function NothingHere({ state }: { readonly state: NotificationState }) {
  const { t } = useTranslation('inbox');
  return state === 'inbox' ? (
    <EmptyState
      icon={Inbox}
      title={t('empty_title')}
      text={t('empty_text')}
      example={t('empty_example')}
    />
  ) : (
    <EmptyState icon={Inbox} title={t(`none_${state}`)} text={t(`none_${state}_text`)} />
  );
}
