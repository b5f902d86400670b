import { ActionIcon, Menu, Skeleton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ellipsis } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Note } from '../../../shared/contract/notes.ts';
import { api } from '../../api/query.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { noteEditor } from './editor-chunk.ts';
import classes from './timeline.module.css';

/** A note as it reads, edited in place. */
export function NoteEntry({ note }: { readonly note: Note }) {
  const { t } = useTranslation(['timeline', 'common']);
  const queries = useQueryClient();
  const failureText = useFailureText();
  const [isEditing, setIsEditing] = useState(false);
  const refresh = () => void queries.invalidateQueries({ queryKey: api.timeline.key() });
  const update = useMutation(
    api.notes.update.mutationOptions({
      onSuccess: () => {
        setIsEditing(false);
        refresh();
      },
    }),
  );
  const remove = useMutation(
    api.notes.remove.mutationOptions({
      onSuccess: () => notifications.show({ message: t('timeline:note_deleted') }),
      onError: (error) =>
        notifications.show({
          title: t('timeline:failed'),
          message: failureText(error),
          color: 'red',
        }),
      onSettled: refresh,
    }),
  );

  if (isEditing) {
    return (
      <Suspense fallback={<Skeleton height={104} />}>
        <noteEditor.Component
          start={note.body}
          saveLabel={t('common:save')}
          isSaving={update.isPending}
          error={update.error && failureText(update.error)}
          onSave={(body) => update.mutate({ id: note.id, body })}
          onCancel={() => setIsEditing(false)}
        />
      </Suspense>
    );
  }
  return (
    <div className={classes.note}>
      <div
        className={classes.noteBody}
        // The core sanitises a note each time it gives one out.
        dangerouslySetInnerHTML={{ __html: note.body }}
      />
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size="sm" aria-label={t('timeline:note_menu')} className={classes.menu ?? ''}>
            <Ellipsis size={14} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setIsEditing(true)}>{t('common:edit')}</Menu.Item>
          <Menu.Item color="red" onClick={() => remove.mutate({ id: note.id })}>
            {t('common:delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
