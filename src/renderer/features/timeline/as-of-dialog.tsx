import { Button, Modal, Skeleton, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { api, queryClient } from '../../api/query.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatFull } from '../../ui/format.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { type AnyRecord, recordApi } from '../records/record-api.ts';
import { titleOf } from '../records/record-layout.ts';
import { FieldChangeLine } from './field-change-line.tsx';
import classes from './timeline.module.css';

interface AsOfDialogProps {
  readonly object: ObjectName;
  readonly record: AnyRecord;
  /** The instant looked back to. */
  readonly at: string;
  readonly onClose: () => void;
}

/** What a record held at an instant, beside what it holds now, and the way back to it. */
export function AsOfDialog({ object, record, at, onClose }: AsOfDialogProps) {
  const { t } = useTranslation(['timeline', 'common']);
  const failureText = useFailureText();
  const input = { object, id: record.id, at };
  const { data, error, refetch } = useQuery({
    ...api.timeline.as_of.queryOptions({ input }),
    // Any change since makes another comparison.
    staleTime: 0,
  });
  const restore = useMutation(
    api.timeline.restore.mutationOptions({
      onSuccess: () => {
        notifications.show({ message: t('timeline:as_of.restored') });
        onClose();
      },
      onError: (failure) =>
        notifications.show({
          title: t('timeline:failed'),
          message: failureText(failure),
          color: 'red',
        }),
      onSettled: () => void queryClient.invalidateQueries({ queryKey: recordApi(object).key() }),
    }),
  );
  const fields = data?.fields ?? [];

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('timeline:as_of.title', { name: titleOf(object, record) })}
      size={520}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Text c="dimmed" size="sm">
        {formatFull(at)}
      </Text>
      {!data && !error && <Skeleton height={60} mt={16} />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data && fields.length === 0 && <p>{t('timeline:as_of.same')}</p>}
      {fields.length > 0 && (
        <>
          <p>{t('timeline:as_of.differences')}</p>
          <div className={classes.differences}>
            {fields.map(({ field, then, now }) => (
              <FieldChangeLine
                key={field}
                object={object}
                record={record}
                name={field}
                before={now}
                after={then}
              />
            ))}
          </div>
        </>
      )}
      <div className={classes.buttons}>
        <Button variant="subtle" color="gray" onClick={onClose} data-autofocus>
          {t('common:close')}
        </Button>
        {fields.length > 0 && (
          <Button loading={restore.isPending} onClick={() => restore.mutate(input)}>
            {t('timeline:as_of.restore')}
          </Button>
        )}
      </div>
    </Modal>
  );
}
