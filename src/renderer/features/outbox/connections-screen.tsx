import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Cable } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/query.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatAgo, formatFull } from '../../ui/format.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { PagedList, Rows } from '../../ui/paged-list.tsx';
import classes from './outbox.module.css';

/** Every connection this program opened to the outside, newest first. */
export function ConnectionsScreen() {
  const { t } = useTranslation('delivery');
  const query = useInfiniteQuery(
    api.connections.list.infiniteOptions({
      input: (cursor: string | null) => ({ limit: 100, ...(cursor === null ? {} : { cursor }) }),
      initialPageParam: null,
      getNextPageParam: (page) => page.next_cursor,
    }),
  );
  return (
    <>
      <PageHeader title={t('connections.title')} />
      <PagedList
        query={query}
        empty={
          <EmptyState
            icon={Cable}
            title={t('connections.empty_title')}
            text={t('connections.empty_text')}
          />
        }
        moreLabel={t('outbox.show_more')}
      >
        {(items) => (
          <Rows label={t('connections.title')}>
            {items.map((item) => (
              <li key={item.id} className={classes.item}>
                <div className={classes.row}>
                  <span className={classes.words}>
                    <span className={classes.title}>
                      {`${item.protocol}://${item.host}:${item.port}`}
                    </span>
                    <span className={classes.line}>
                      {t(`connections.purpose_${item.purpose}`, { defaultValue: item.purpose })}
                      {item.workflow_name !== null && ` · ${item.workflow_name}`}
                    </span>
                  </span>
                  {item.execution_id !== null && (
                    <Link
                      className={classes.run}
                      to="/runs/{-$executionId}"
                      params={{ executionId: item.execution_id }}
                    >
                      {t('outbox.view_run')}
                    </Link>
                  )}
                  <time
                    className={classes.time}
                    dateTime={item.opened_at}
                    title={formatFull(item.opened_at)}
                  >
                    {formatAgo(item.opened_at)}
                  </time>
                </div>
              </li>
            ))}
          </Rows>
        )}
      </PagedList>
    </>
  );
}
