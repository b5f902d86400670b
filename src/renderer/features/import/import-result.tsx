import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ImportState } from '../../../shared/contract/imports.ts';
import { api } from '../../api/query.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { recordRoutes } from '../records/record-api.ts';
import { ImportCounts } from './import-counts.tsx';
import classes from './import.module.css';
import { RefusedRows } from './refused-rows.tsx';

interface ImportResultProps {
  readonly state: ImportState;
  readonly onAgain: () => void;
}

/** How an import ended, and the way back. */
export function ImportResult({ state, onAgain }: ImportResultProps) {
  const { t } = useTranslation(['imports', 'records']);
  const queries = useQueryClient();
  const failureText = useFailureText();
  const undo = useMutation(
    api.history.undo.mutationOptions({
      onSuccess: () => {
        notifications.show({ message: t('imports:undone') });
        void queries.invalidateQueries();
        onAgain();
      },
      onError: (error) => notifications.show({ color: 'red', message: failureText(error) }),
    }),
  );
  const { outcome, object, action_id: actionId } = state;
  const object_ = object ?? 'contact';
  return (
    <div className={classes.running}>
      <h2>{t(`imports:outcome.${outcome ?? 'failed'}`)}</h2>
      {outcome === 'failed' && (
        <p className={classes.fault} role="alert">
          {state.failure}
        </p>
      )}
      {outcome !== 'cancelled' && <ImportCounts state={state} />}
      {outcome !== 'cancelled' && <RefusedRows state={state} />}
      <div className={classes.buttons}>
        {outcome === 'imported' && (
          <Button component={Link} to={recordRoutes[object_]}>
            {t('imports:show', { what: t(`records:${object_}.many`).toLowerCase() })}
          </Button>
        )}
        {actionId !== null && (
          <Button
            variant="default"
            loading={undo.isPending}
            onClick={() => undo.mutate({ action_id: actionId })}
          >
            {t('imports:undo')}
          </Button>
        )}
        <Button variant="subtle" color="gray" onClick={onAgain}>
          {t('imports:another')}
        </Button>
      </div>
    </div>
  );
}
