import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Notification } from '../../../shared/contract/notifications.ts';
import { api, queryClient } from '../../api/query.ts';
import { formatAgo, formatFull } from '../../ui/format.ts';
import classes from './inbox.module.css';
import { NotificationActions } from './notification-actions.tsx';

const pathOf = {
  contact: '/contacts/{-$recordId}',
  company: '/companies/{-$recordId}',
  deal: '/deals/{-$recordId}',
  task: '/tasks/{-$recordId}',
} as const;

/** One notification; opening it opens its record, else the run that sent it, and counts as reading it. */
export function NotificationRow({ notification }: { readonly notification: Notification }) {
  const { t } = useTranslation('inbox');
  const navigate = useNavigate();
  const {
    id,
    title,
    message,
    record,
    execution_id,
    created_at,
    read_at,
    snoozed_until,
    urgency,
    count,
  } = notification;
  const unread = read_at === null;
  const markRead = useMutation(
    api.notifications.mark_read.mutationOptions({
      onSettled: () => {
        void queryClient.invalidateQueries({ queryKey: api.notifications.key() });
        void queryClient.invalidateQueries({ queryKey: api.home.key() });
      },
    }),
  );

  function open(): void {
    if (unread) markRead.mutate({ id });
    if (record) void navigate({ to: pathOf[record.object], params: { recordId: record.id } });
    else if (execution_id !== null) {
      void navigate({ to: '/runs/{-$executionId}', params: { executionId: execution_id } });
    }
  }

  return (
    <li className={classes.row} data-unread={unread || undefined}>
      <button type="button" className={classes.open} onClick={open}>
        <span className={classes.dot} data-urgency={urgency}>
          {unread && <span className={classes.hidden}>{t('unread')}</span>}
        </span>
        <span className={classes.words}>
          <span className={classes.title}>{count > 1 ? t('times', { title, count }) : title}</span>
          <span className={classes.message}>{message}</span>
        </span>
        <time className={classes.time} dateTime={created_at} title={formatFull(created_at)}>
          {snoozed_until === null
            ? formatAgo(created_at)
            : t('snoozed_until', { time: formatFull(snoozed_until) })}
        </time>
      </button>
      <span className={classes.actions}>
        {execution_id !== null && (
          <Link
            className={classes.run}
            to="/runs/{-$executionId}"
            params={{ executionId: execution_id }}
          >
            {t('view_run')}
          </Link>
        )}
        <NotificationActions notification={notification} onRead={() => markRead.mutate({ id })} />
      </span>
    </li>
  );
}
