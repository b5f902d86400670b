import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/query.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatAgo, formatFull } from '../../ui/format.ts';
import classes from './help.module.css';

const shown = 5;

/** What the page about privacy says, shown: the newest of the connections this program opened. */
export function LastConnections() {
  const { t } = useTranslation(['help', 'delivery']);
  const connections = useQuery(api.connections.list.queryOptions({ input: { limit: shown } }));
  const items = connections.data?.items;
  return (
    <section aria-label={t('help:connections_title')}>
      <h2>{t('help:connections_title')}</h2>
      {connections.isError && (
        <ErrorState error={connections.error} onRetry={() => void connections.refetch()} />
      )}
      {connections.isPending && <Skeleton height={80} aria-busy="true" />}
      {items?.length === 0 && <p>{t('help:connections_none')}</p>}
      {items && items.length > 0 && (
        <ul className={classes.connections}>
          {items.map((item) => (
            <li key={item.id}>
              <span>{`${item.protocol}://${item.host}:${item.port}`}</span>
              <time dateTime={item.opened_at} title={formatFull(item.opened_at)}>
                {formatAgo(item.opened_at)}
              </time>
            </li>
          ))}
        </ul>
      )}
      <Button variant="default" component={Link} to="/connections">
        {t('help:connections_all')}
      </Button>
    </section>
  );
}
