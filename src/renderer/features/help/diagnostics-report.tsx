import { Button, CopyButton, Group, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/query.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import classes from './help.module.css';

/** What helps to find a fault, to be read and copied. */
export function DiagnosticsReport() {
  const { t } = useTranslation('help');
  const report = useQuery({
    ...api.diagnostics.report.queryOptions(),
    // What was copied is what was shown: it changes when it is asked to.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: 'always',
  });
  return (
    <>
      <h1>{t('pages.diagnostics')}</h1>
      <p>{t('diagnostics_text')}</p>
      {report.isError && <ErrorState error={report.error} onRetry={() => void report.refetch()} />}
      {report.isPending && <Skeleton height={280} aria-busy="true" />}
      {report.data && (
        <>
          <Group gap={8}>
            <CopyButton value={report.data.text}>
              {({ copied, copy }) => (
                <Button onClick={copy}>{t(copied ? 'copied' : 'copy')}</Button>
              )}
            </CopyButton>
            <Button
              variant="default"
              loading={report.isFetching}
              onClick={() => void report.refetch()}
            >
              {t('renew')}
            </Button>
          </Group>
          {/* Scrolls, so the keyboard must reach it. */}
          <pre
            className={classes.report}
            // oxlint-disable-next-line jsx_a11y/no-noninteractive-tabindex -- what scrolls must take the focus
            tabIndex={0}
            aria-label={t('report')}
            data-testid="diagnostics"
          >
            {report.data.text}
          </pre>
        </>
      )}
    </>
  );
}
