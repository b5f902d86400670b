import { SegmentedControl } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Send } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/query.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { PagedList, Rows } from '../../ui/paged-list.tsx';
import { DeliveryRow } from './delivery-row.tsx';
import classes from './outbox.module.css';

const kinds = ['email', 'webhook'] as const;

/** What leaves this computer: mail in its hold, on its way, sent and failed, and the calls of web addresses. */
export function OutboxScreen() {
  const { t } = useTranslation('delivery');
  const [kind, setKind] = useState<(typeof kinds)[number]>('email');
  const [openId, setOpenId] = useState<string | null>(null);
  const settings = useQuery(api.settings.get.queryOptions());
  const query = useInfiniteQuery(
    api.outbox.list.infiniteOptions({
      input: (cursor: string | null) => ({
        limit: 50,
        kind,
        ...(cursor === null ? {} : { cursor }),
      }),
      initialPageParam: null,
      getNextPageParam: (page) => page.next_cursor,
    }),
  );

  return (
    <>
      <PageHeader title={t('outbox.title')}>
        <SegmentedControl
          size="xs"
          aria-label={t('outbox.kind')}
          value={kind}
          data={kinds.map((value) => ({ value, label: t(`outbox.kind_${value}`) }))}
          onChange={(value) => setKind(kinds.find((known) => known === value) ?? 'email')}
        />
      </PageHeader>
      {settings.data?.no_network && (
        <output className={classes.notice}>
          {t('outbox.no_network')}{' '}
          <Link className={classes.run} to="/settings">
            {t('outbox.to_settings')}
          </Link>
        </output>
      )}
      <PagedList
        query={query}
        empty={
          <EmptyState
            icon={Send}
            title={t(`outbox.empty_title_${kind}`)}
            text={t(`outbox.empty_text_${kind}`)}
            example={t(`outbox.empty_example_${kind}`)}
          />
        }
        moreLabel={t('outbox.show_more')}
      >
        {(items) => (
          <Rows label={t('outbox.title')}>
            {items.map((item) => (
              <DeliveryRow
                key={item.id}
                delivery={item}
                isOpen={item.id === openId}
                onToggle={() => setOpenId(item.id === openId ? null : item.id)}
              />
            ))}
          </Rows>
        )}
      </PagedList>
    </>
  );
}
