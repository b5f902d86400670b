import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { Check, CheckCheck, Clock, Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Notification, snoozeSpans } from '../../../shared/contract/notifications.ts';
import { api, queryClient } from '../../api/query.ts';
import { formatFull } from '../../ui/format.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import classes from './inbox.module.css';

interface NotificationActionsProps {
  readonly notification: Notification;
  readonly onRead: () => void;
}

/** What can be done with a notification where it stands. */
export function NotificationActions({ notification, onRead }: NotificationActionsProps) {
  const { t } = useTranslation('inbox');
  const { id, title, read_at, snoozed_until, done_at } = notification;
  const { snooze, done, restore } = useAnswers(notification);
  if (snoozed_until !== null || done_at !== null) {
    return (
      <Tooltip label={t('restore_short')}>
        <ActionIcon aria-label={t('restore', { title })} onClick={() => restore.mutate({ id })}>
          <Undo2 size={14} />
        </ActionIcon>
      </Tooltip>
    );
  }
  return (
    <>
      {read_at === null && (
        <Tooltip label={t('mark_read', { title })}>
          <ActionIcon aria-label={t('mark_read', { title })} onClick={onRead}>
            <Check size={14} />
          </ActionIcon>
        </Tooltip>
      )}
      <Menu position="bottom-end" width={190}>
        <Menu.Target>
          <ActionIcon aria-label={t('snooze', { title })}>
            <Clock size={14} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {snoozeSpans.map((span) => (
            <Menu.Item key={span} onClick={() => snooze.mutate({ id, for: span })}>
              {t(`snooze_${span}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Tooltip label={t('mark_done', { title })}>
        <ActionIcon aria-label={t('mark_done', { title })} onClick={() => done.mutate({ id })}>
          <CheckCheck size={14} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}

/** Each leaves the list at once, and the message that says so takes it back. */
function useAnswers({ id, title }: Notification) {
  const { t } = useTranslation('inbox');
  const failureText = useFailureText();
  const settled = {
    onError: (error: unknown) => {
      notifications.show({ color: 'red', message: failureText(error) });
    },
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: api.notifications.key() });
      void queryClient.invalidateQueries({ queryKey: api.home.key() });
    },
  };
  const restore = useMutation(api.notifications.restore.mutationOptions(settled));
  const say = (message: string): void => {
    // Named by the notification, so that a second message about it takes the place of the first.
    notifications.show({
      id,
      message: (
        <span className={classes.said}>
          {message}
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={() => {
              notifications.hide(id);
              restore.mutate({ id });
            }}
          >
            {t('undo')}
          </Button>
        </span>
      ),
    });
  };
  const snooze = useMutation(
    api.notifications.snooze.mutationOptions({
      ...settled,
      onSuccess: ({ snoozed_until }) =>
        say(t('was_snoozed', { title, time: formatFull(snoozed_until ?? '') })),
    }),
  );
  const done = useMutation(
    api.notifications.mark_done.mutationOptions({
      ...settled,
      onSuccess: () => say(t('was_done', { title })),
    }),
  );
  return { snooze, done, restore };
}
