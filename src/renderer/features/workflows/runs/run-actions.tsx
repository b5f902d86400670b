import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Execution } from '../../../../shared/contract/workflows.ts';
import { describeFailure } from '../../../api/errors.ts';
import { api, queryClient } from '../../../api/query.ts';
import classes from './run.module.css';

/** What can be done about a run that waits: end its wait now, or end the run. */
export function RunActions({ run }: { readonly run: Execution }) {
  const { t } = useTranslation('workflows');
  const onSuccess = (changed: Execution): void => {
    queryClient.setQueryData(api.executions.get.queryKey({ input: { id: run.id } }), changed);
    void queryClient.invalidateQueries({ queryKey: api.executions.key() });
  };
  const fire = useMutation(api.executions.fire_now.mutationOptions({ onSuccess }));
  const cancel = useMutation(api.executions.cancel.mutationOptions({ onSuccess }));
  if (run.status !== 'waiting') return null;
  const failure = fire.error ?? cancel.error;
  return (
    <div className={classes.actions}>
      <Button
        variant="default"
        loading={fire.isPending}
        disabled={cancel.isPending}
        onClick={() => fire.mutate({ id: run.id })}
      >
        {t('run.fire_now')}
      </Button>
      <Button
        variant="default"
        loading={cancel.isPending}
        disabled={fire.isPending}
        onClick={() => cancel.mutate({ id: run.id })}
      >
        {t('run.cancel')}
      </Button>
      {failure && (
        <span role="alert" className={classes.actionError}>
          {describeFailure(failure).message}
        </span>
      )}
    </div>
  );
}
