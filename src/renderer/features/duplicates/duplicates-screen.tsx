import { SegmentedControl } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Merge } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DuplicateGroup, mergeableObjects } from '../../../shared/contract/duplicates.ts';
import { api, queryClient } from '../../api/query.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { TableSkeleton } from '../../ui/table-skeleton.tsx';
import { useFailureText } from '../../ui/use-failure-text.ts';
import classes from './duplicates.module.css';
import { GroupCard } from './group-card.tsx';
import { showKeptApart } from './kept-apart-toast.tsx';
import { MergeDialog } from './merge-dialog.tsx';

/** Records that are there more than once, group by group. */
export function DuplicatesScreen() {
  const { t } = useTranslation(['duplicates', 'records']);
  const navigate = useNavigate();
  const { object: asked } = useSearch({ strict: false });
  const object = asked === 'company' ? 'company' : 'contact';
  const failureText = useFailureText();
  const [merging, setMerging] = useState<DuplicateGroup | null>(null);
  // Somebody may have come from changing records: what is shown is what is there.
  const found = useQuery(
    api.duplicates.find.queryOptions({ input: { object }, staleTime: 0, gcTime: 0 }),
  );
  const lookAgain = (): void =>
    void queryClient.invalidateQueries({ queryKey: api.duplicates.key() });
  const recall = useMutation(api.duplicates.recall.mutationOptions({ onSuccess: lookAgain }));
  const dismiss = useMutation(
    api.duplicates.dismiss.mutationOptions({
      onSuccess: (_nothing, { ids }) => {
        lookAgain();
        showKeptApart(() => recall.mutate({ ids }));
      },
      onError: (error) => notifications.show({ color: 'red', message: failureText(error) }),
    }),
  );
  const groups = found.data?.groups ?? [];

  return (
    <div className={classes.screen}>
      <PageHeader
        title={t('duplicates:title')}
        actions={
          <SegmentedControl
            size="xs"
            value={object}
            onChange={(next) =>
              void navigate({
                to: '/duplicates',
                search: next === 'company' ? { object: 'company' } : {},
              })
            }
            aria-label={t('duplicates:kind')}
            data={mergeableObjects.map((one) => ({ value: one, label: t(`records:${one}.many`) }))}
          />
        }
      >
        {groups.length > 0 && (
          <span className={classes.count}>
            {t('duplicates:found', { count: found.data?.total ?? 0 })}
          </span>
        )}
      </PageHeader>
      <div className={classes.content}>
        {found.error ? (
          <ErrorState error={found.error} onRetry={() => void found.refetch()} />
        ) : !found.data ? (
          <TableSkeleton columns={4} />
        ) : groups.length === 0 ? (
          <EmptyState
            icon={Merge}
            title={t('duplicates:empty_title')}
            text={t(`duplicates:empty_${object}`)}
            example={t('duplicates:empty_example')}
          />
        ) : (
          groups.map((group) => (
            <GroupCard
              key={String(group.records[0]?.values['id'])}
              object={object}
              group={group}
              onMerge={() => setMerging(group)}
              onDismiss={(ids) => dismiss.mutate({ ids })}
            />
          ))
        )}
        {found.data && found.data.total > groups.length && (
          <p className={classes.hint}>
            {t('duplicates:more', { shown: groups.length, total: found.data.total })}
          </p>
        )}
      </div>
      {merging && (
        <MergeDialog
          object={object}
          group={merging}
          onClose={() => setMerging(null)}
          onMerged={lookAgain}
        />
      )}
    </div>
  );
}
