import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { Trash2, Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { BinItem } from '../../../shared/contract/bin.ts';
import { api, queryClient } from '../../api/query.ts';
import { formatAgo, formatDay, formatFull } from '../../ui/format.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { objectIcons } from '../records/object-icons.ts';
import classes from './history.module.css';

/** One deleted record: what it was, since when it is here and how long it stays. */
export function BinRow({
  item,
  onRemove,
}: {
  readonly item: BinItem;
  readonly onRemove: () => void;
}) {
  const { t } = useTranslation(['history', 'records']);
  const failureText = useFailureText();
  const { object, id, name } = item;
  const Icon = objectIcons[object];
  const restore = useMutation(
    api.bin.restore.mutationOptions({
      onSuccess: () => notifications.show({ message: t('history:restored', { name }) }),
      onError: (error) =>
        notifications.show({
          title: t('history:failed'),
          message: failureText(error),
          color: 'red',
        }),
      onSettled: () => void queryClient.invalidateQueries({ queryKey: api.bin.key() }),
    }),
  );
  const removeLabel = t('history:remove_named', { name });
  return (
    <li className={classes.row}>
      <Icon
        className={classes.icon}
        size={15}
        strokeWidth={1.75}
        aria-label={t(`records:${object}.one`)}
      />
      <span className={`truncate ${classes.name}`}>{name}</span>
      <time className={classes.time} dateTime={item.deleted_at} title={formatFull(item.deleted_at)}>
        {t('history:deleted_ago', { when: formatAgo(item.deleted_at) })}
      </time>
      <span className={classes.time}>
        {t('history:kept_until', { day: formatDay(item.kept_until) })}
      </span>
      <span className={classes.actions}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Undo2 size={13} aria-hidden />}
          aria-label={t('history:restore_named', { name })}
          loading={restore.isPending}
          onClick={() => restore.mutate({ records: [{ object, id }] })}
        >
          {t('history:restore')}
        </Button>
        <Tooltip label={t('history:remove')}>
          <ActionIcon aria-label={removeLabel} onClick={onRemove}>
            <Trash2 size={14} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </span>
    </li>
  );
}
