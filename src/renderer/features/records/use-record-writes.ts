import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { showDeleted } from '../history/deleted-toast.tsx';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { api } from '../../api/query.ts';
import { type AnyRecord, type FieldValue, recordApi } from './record-api.ts';
import { putRecord, useOptimisticCache } from './record-cache.ts';

export type RecordPatch = Readonly<Record<string, FieldValue>>;

/** Saves a change; every list and panel shows it at once, and takes it back when it fails. */
export function useUpdateRecord(object: ObjectName) {
  const queries = useQueryClient();
  const cache = useOptimisticCache();
  return useMutation({
    mutationFn: ({ id, patch }: { id: string; patch: RecordPatch }) =>
      recordApi(object).update.call({ ...patch, id }),
    onMutate: ({ id, patch }) => cache.change(object, id, patch),
    onSuccess: (record) => putRecord(queries, object, record),
    onError: (_error, _variables, undo) => undo?.(),
    onSettled: () => refreshCounts(queries),
  });
}

export function useCreateRecord(object: ObjectName) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (values: RecordPatch): Promise<AnyRecord> => recordApi(object).create.call(values),
    onSuccess: (record) => putRecord(queries, object, record),
    onSettled: () => refreshCounts(queries),
  });
}

/** Puts a record in the bin, with a way back; one that could not be deleted comes back with a word on why. */
export function useDeleteRecord(object: ObjectName) {
  const { t } = useTranslation('records');
  const queries = useQueryClient();
  const cache = useOptimisticCache();
  const failureText = useFailureText();
  return useMutation({
    mutationFn: ({ id }: { id: string; name: string }) => recordApi(object).remove.call({ id }),
    onMutate: ({ id }) => cache.drop(object, id),
    onSuccess: (_nothing, { id, name }) => showDeleted({ object, id, name }),
    onError: (error, _variables, undo) => {
      undo?.();
      notifications.show({ title: t('delete_failed'), message: failureText(error), color: 'red' });
    },
    onSettled: () => refreshCounts(queries),
  });
}

/** Sums and badges are the server's to count; the live stream would bring them a moment later. */
function refreshCounts(queries: ReturnType<typeof useQueryClient>): void {
  void queries.invalidateQueries({ queryKey: api.home.key() });
  void queries.invalidateQueries({ queryKey: api.pipeline.board.key() });
  void queries.invalidateQueries({ queryKey: api.views.count.key() });
  void queries.invalidateQueries({ queryKey: api.views.groups.key() });
  void queries.invalidateQueries({ queryKey: api.views.query.key() });
}
