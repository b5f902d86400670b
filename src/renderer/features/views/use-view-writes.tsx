import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { View, ViewInput } from '../../../shared/contract/views.ts';
import { api } from '../../api/query.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import classes from './views.module.css';

type ViewPatch = { readonly id: string } & { readonly [K in keyof ViewInput]?: ViewInput[K] };

/** Saves, changes and forgets views; a forgotten one can be had back for a while. */
export function useViewWrites() {
  const { t } = useTranslation('views');
  const queries = useQueryClient();
  const failureText = useFailureText();
  const onError = (error: Error): void => {
    notifications.show({ title: t('failed'), message: failureText(error), color: 'red' });
  };
  const onSettled = () => queries.invalidateQueries({ queryKey: api.views.list.key() });

  const create = useMutation({
    mutationFn: (input: ViewInput) => api.views.create.call(input),
    onError,
    onSettled,
  });
  const update = useMutation({
    mutationFn: (patch: ViewPatch) => api.views.update.call(patch),
    onError,
    onSettled,
  });
  const remove = useMutation({
    mutationFn: ({ id }: View) => api.views.remove.call({ id }),
    onError,
    onSettled,
    onSuccess: (_nothing, view) => {
      const id = `view-${view.id}`;
      notifications.show({
        id,
        autoClose: 8_000,
        message: (
          <span className={classes.toast}>
            {t('deleted', { name: view.name })}
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                notifications.hide(id);
                const { id: _id, created_at: _created, updated_at: _updated, ...input } = view;
                create.mutate(input);
              }}
            >
              {t('undo')}
            </Button>
          </span>
        ),
      });
    },
  });
  return { create, update, remove };
}
