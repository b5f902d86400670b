import { Button, Skeleton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/query.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { Section } from '../settings/section.tsx';
import settingsClasses from '../settings/settings.module.css';
import { BackupList } from './backup-list.tsx';
import { ExportCopy } from './export-copy.tsx';
import { BackupFolder } from './backup-folder.tsx';
import { CopyProgress, lookEvery } from './copy-progress.tsx';
import { MoveFolder } from './move-folder.tsx';
import { Passphrase } from './passphrase.tsx';

/** What keeps the data from being lost: backups, where they go, and how to get one back. */
export function BackupsScreen() {
  const { t } = useTranslation('backups');
  const failureText = useFailureText();
  const state = useQuery({
    ...api.backups.state.queryOptions(),
    // What grows meanwhile is no change that anybody tells of.
    refetchInterval: ({ state: { data } }) => (data?.running ? lookEvery : false),
  });
  const make = useMutation(
    api.backups.make.mutationOptions({
      onSuccess: () => notifications.show({ message: t('made') }),
      onError: (error) => notifications.show({ color: 'red', message: failureText(error) }),
    }),
  );
  const isBusy = make.isPending || state.data?.running === 'backup';

  return (
    <>
      <PageHeader
        title={t('title')}
        actions={
          state.data?.folder && (
            <Button loading={isBusy} onClick={() => make.mutate(undefined)} data-testid="back-up">
              {t(isBusy ? 'making' : 'make')}
            </Button>
          )
        }
      />
      {state.isError ? (
        <ErrorState error={state.error} onRetry={() => void state.refetch()} />
      ) : (
        <div className={settingsClasses.page}>
          {state.data ? (
            <>
              <CopyProgress state={state.data} />
              <BackupList state={state.data} />
              {state.data.folder && (
                <>
                  <BackupFolder folder={state.data.folder} />
                  <Passphrase isSealed={state.data.is_sealed} />
                </>
              )}
              <ExportCopy folder={state.data.folder} />
              <MoveFolder />
            </>
          ) : (
            <Section title={t('list_title')}>
              <Skeleton height={180} aria-busy="true" />
            </Section>
          )}
        </div>
      )}
    </>
  );
}
