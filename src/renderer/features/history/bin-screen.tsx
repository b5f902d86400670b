import { Button, Modal, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BinItem } from '../../../shared/contract/bin.ts';
import { api, queryClient } from '../../api/query.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { PagedList, Rows } from '../../ui/paged-list.tsx';
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
  const hasItems = query.data?.pages.some((page) => page.items.length > 0);
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
          hasItems && (
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
      <PagedList
        query={query}
        empty={
          <EmptyState
            icon={Trash2}
            title={t('empty_title')}
            text={t('empty_text')}
            example={t('empty_example')}
          />
        }
        moreLabel={t('show_more')}
      >
        {(listed) => (
          <Rows label={t('list')}>
            {listed.map((item) => (
              <BinRow key={item.id} item={item} onRemove={() => setAsked(item)} />
            ))}
          </Rows>
        )}
      </PagedList>
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
