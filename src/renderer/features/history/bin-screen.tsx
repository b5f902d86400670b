import { Button, Modal, Skeleton, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BinItem } from '../../../shared/contract/bin.ts';
import { api, queryClient } from '../../api/query.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { BinRow } from './bin-row.tsx';
import classes from './history.module.css';

/** What was deleted in the last 30 days, the latest first. */
export function BinScreen() {
  const { t } = useTranslation('history');
  const failureText = useFailureText();
  const [asked, setAsked] = useState<BinItem | 'all' | null>(null);
  const query = useInfiniteQuery(
    api.bin.list.infiniteOptions({
      input: (cursor: string | null) => ({ limit: 100, ...(cursor === null ? {} : { cursor }) }),
      initialPageParam: null,
      getNextPageParam: (page) => page.next_cursor,
    }),
  );
  const items = query.data?.pages.flatMap((page) => page.items);
  const settle = {
    onError: (error: unknown) =>
      notifications.show({ title: t('failed'), message: failureText(error), color: 'red' }),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: api.bin.key() }),
  };
  const remove = useMutation(api.bin.remove.mutationOptions(settle));
  const empty = useMutation(
    api.bin.empty.mutationOptions({
      ...settle,
      onSuccess: ({ count }) => notifications.show({ message: t('emptied', { count }) }),
    }),
  );

  function confirm(): void {
    if (asked === 'all') empty.mutate(undefined);
    else if (asked) remove.mutate({ records: [{ object: asked.object, id: asked.id }] });
    setAsked(null);
  }

  return (
    <>
      <PageHeader
        title={t('bin')}
        actions={
          items &&
          items.length > 0 && (
            <Button
              variant="default"
              leftSection={<Trash2 size={14} aria-hidden />}
              loading={empty.isPending}
              onClick={() => setAsked('all')}
            >
              {t('empty_bin')}
            </Button>
          )
        }
      />
      {query.isPending && <BinSkeleton />}
      {!items && query.error && (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
      {items?.length === 0 && (
        <EmptyState
          icon={Trash2}
          title={t('empty_title')}
          text={t('empty_text')}
          example={t('empty_example')}
        />
      )}
      {items && items.length > 0 && (
        <div className={classes.scroll}>
          <ul className={classes.list} aria-label={t('list')}>
            {items.map((item) => (
              <BinRow key={item.id} item={item} onRemove={() => setAsked(item)} />
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
      {asked && <Confirmation asked={asked} onConfirm={confirm} onClose={() => setAsked(null)} />}
    </>
  );
}

interface ConfirmationProps {
  readonly asked: BinItem | 'all';
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** The one thing here that cannot be undone is asked about. */
function Confirmation({ asked, onConfirm, onClose }: ConfirmationProps) {
  const { t } = useTranslation(['history', 'common']);
  const all = asked === 'all';
  const title = all
    ? t('history:empty_bin_title')
    : t('history:remove_title', { name: asked.name });
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={400}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Text c="dimmed">{t(all ? 'history:empty_bin_text' : 'history:remove_text')}</Text>
      <div className={classes.buttons}>
        <Button variant="subtle" color="gray" onClick={onClose} data-autofocus>
          {t('common:cancel')}
        </Button>
        <Button color="red" onClick={onConfirm}>
          {t(all ? 'history:empty_bin' : 'history:remove')}
        </Button>
      </div>
    </Modal>
  );
}

function BinSkeleton() {
  return (
    <div className={classes.list} aria-busy="true">
      {[220, 160, 260].map((width) => (
        <div key={width} className={classes.row}>
          <Skeleton width={width} height={12} />
        </div>
      ))}
    </div>
  );
}
