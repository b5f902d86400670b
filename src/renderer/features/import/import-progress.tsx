import { Button, Progress } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ImportState } from '../../../shared/contract/imports.ts';
import { api } from '../../api/query.ts';
import { formatNumber } from '../../ui/format.ts';
import { ImportCounts } from './import-counts.tsx';
import classes from './import.module.css';

/** How far an import is, with what can be done about it. */
export function ImportProgress({ state }: { readonly state: ImportState }) {
  const { t } = useTranslation(['imports', 'common']);
  const queries = useQueryClient();
  const told = {
    onSuccess: (next: ImportState) =>
      queries.setQueryData(api.imports.state.queryKey({ input: { id: state.id } }), next),
  };
  const pause = useMutation(api.imports.pause.mutationOptions(told));
  const resume = useMutation(api.imports.resume.mutationOptions(told));
  const cancel = useMutation(api.imports.cancel.mutationOptions(told));
  const { id, work, is_paused: isPaused } = state;
  const share = state.bytes_total === 0 ? 0 : state.bytes_done / state.bytes_total;
  const { created, updated, skipped, refused } = state.counts;
  const rows = created + updated + skipped + refused;
  return (
    <section className={classes.running} aria-live="polite">
      <h2>{isPaused ? t('imports:paused') : t(`imports:work.${work}`)}</h2>
      <Progress
        value={work === 'undo' ? 100 : share * 100}
        animated={work === 'undo'}
        aria-label={t('imports:progress')}
      />
      <p className={classes.hint}>
        {t('imports:progress_text', { percent: Math.round(share * 100), rows: formatNumber(rows) })}
      </p>
      <ImportCounts state={state} />
      {work !== 'undo' && (
        <div className={classes.buttons}>
          {isPaused ? (
            <Button onClick={() => resume.mutate({ id })}>{t('imports:resume')}</Button>
          ) : (
            <Button variant="default" onClick={() => pause.mutate({ id })}>
              {t('imports:pause')}
            </Button>
          )}
          <Button variant="subtle" color="gray" onClick={() => cancel.mutate({ id })}>
            {t('common:cancel')}
          </Button>
          {work === 'import' && <span className={classes.hint}>{t('imports:cancel_hint')}</span>}
        </div>
      )}
    </section>
  );
}
