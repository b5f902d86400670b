import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Delivery } from '../../../shared/contract/deliveries.ts';
import { api, queryClient } from '../../api/query.ts';
import { ErrorKindLabel } from '../../ui/error-kind-label.tsx';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { EditMail } from './edit-mail.tsx';
import { MailView, RequestView } from './mail-view.tsx';
import classes from './outbox.module.css';

/** All of a delivery, and what can be done about it as it stands. */
export function DeliveryDetails({ delivery }: { readonly delivery: Delivery }) {
  const { t } = useTranslation('delivery');
  const failureText = useFailureText();
  const [isEditing, setEditing] = useState(false);
  const { id, state, mail, request, attempt, execution_id: executionId, last_error } = delivery;
  const handlers = {
    onError: (error: unknown) => {
      notifications.show({ color: 'red', message: failureText(error) });
    },
    onSettled: () => void queryClient.invalidateQueries({ queryKey: api.outbox.key() }),
  };
  const sendNow = useMutation(api.outbox.send_now.mutationOptions(handlers));
  const cancel = useMutation(api.outbox.cancel.mutationOptions(handlers));
  const resolve = useMutation(api.outbox.resolve.mutationOptions(handlers));
  const isOpen = state === 'held' || state === 'queued';
  const isChangeable = isOpen && attempt === 0 && mail !== null;

  if (isEditing && mail) return <EditMail id={id} mail={mail} onDone={() => setEditing(false)} />;
  return (
    <div className={classes.details}>
      {state === 'uncertain' && <p className={classes.doubt}>{t('outbox.doubt')}</p>}
      {state === 'failed' && last_error !== null && (
        <p className={classes.failure}>
          <ErrorKindLabel kind={delivery.error_kind} />
          {last_error}
        </p>
      )}
      <div className={classes.actions}>
        {(isOpen || state === 'failed') && (
          <Button loading={sendNow.isPending} onClick={() => sendNow.mutate({ id })}>
            {t(state === 'failed' ? 'outbox.try_again' : 'outbox.send_now')}
          </Button>
        )}
        {isChangeable && (
          <Button variant="default" onClick={() => setEditing(true)}>
            {t('outbox.edit')}
          </Button>
        )}
        {isOpen && (
          <Button
            variant="default"
            loading={cancel.isPending}
            onClick={() => cancel.mutate({ id })}
          >
            {t('outbox.cancel')}
          </Button>
        )}
        {state === 'uncertain' &&
          (['arrived', 'send_again', 'give_up'] as const).map((decision) => (
            <Button
              key={decision}
              variant={decision === 'arrived' ? 'filled' : 'default'}
              disabled={resolve.isPending}
              onClick={() => resolve.mutate({ id, decision })}
            >
              {t(`outbox.${decision}`)}
            </Button>
          ))}
        {executionId !== null && (
          <Link className={classes.run} to="/runs/{-$executionId}" params={{ executionId }}>
            {t('outbox.view_run')}
          </Link>
        )}
      </div>
      {state === 'failed' && <p className={classes.dim}>{t('outbox.try_again_help')}</p>}
      {attempt > 0 && <p className={classes.dim}>{t('outbox.attempts', { count: attempt })}</p>}
      {mail && <MailView mail={mail} />}
      {request && <RequestView request={request} />}
    </div>
  );
}
