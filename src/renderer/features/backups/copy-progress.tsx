import { Button, Progress } from '@mantine/core';
import type { InferContractRouterOutputs } from '@orpc/contract';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { contract } from '../../../shared/contract/index.ts';
import { api } from '../../api/query.ts';
import { formatNumber } from '../../ui/format.ts';
import classes from './backups.module.css';

type State = InferContractRouterOutputs<typeof contract>['backups']['state'];

/** How often the state is asked for while something is copied, in milliseconds. */
export const lookEvery = 500;

/** What is being done with the whole file at the moment, how far it is, and the way to stop it. */
export function CopyProgress({ state }: { readonly state: State }) {
  const { t } = useTranslation('backups');
  const cancel = useMutation(api.backups.cancel.mutationOptions());
  const { running, share, is_stopping: isStopping } = state;
  if (running === null) return null;
  const percent = share === null ? null : Math.round(share * 100);
  return (
    <output className={classes.progress} data-testid="copy-progress">
      <span>
        {isStopping
          ? t('stopping')
          : t(`running.${running}`, {
              share: percent === null ? '' : `${formatNumber(percent)} %`,
            })}
      </span>
      <Progress
        value={percent ?? 100}
        animated={percent === null}
        size="sm"
        className={classes.bar ?? ''}
        aria-label={t('progress')}
      />
      {/* A restore is one transaction: it cannot be stopped halfway. */}
      {running !== 'restore' && (
        <Button
          size="compact-sm"
          variant="default"
          disabled={isStopping}
          onClick={() => cancel.mutate(undefined)}
        >
          {t('stop')}
        </Button>
      )}
    </output>
  );
}
