import { Skeleton } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordReference } from '../../../shared/model/objects.ts';
import { api } from '../../api/query.ts';
import { useCommands } from '../../commands/registry.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { noteEditor } from './editor-chunk.ts';
import classes from './timeline.module.css';

/** Where a note is written: a line to type into that grows into an editor. */
export function NoteComposer({ object, id }: RecordReference) {
  const { t } = useTranslation('timeline');
  const queries = useQueryClient();
  const failureText = useFailureText();
  const [isOpen, setIsOpen] = useState(false);
  /** What the key typed that opened the editor, so that it is not lost. */
  const [start, setStart] = useState('');
  const create = useMutation(
    api.notes.create.mutationOptions({
      onSuccess: () => {
        setIsOpen(false);
        void queries.invalidateQueries({ queryKey: api.timeline.key() });
      },
    }),
  );

  useEffect(() => void noteEditor.preload(), []);

  function open(text: string): void {
    setStart(text);
    setIsOpen(true);
  }

  useCommands([
    {
      id: 'write_note',
      label: 'timeline:commands.write_note',
      section: 'record',
      shortcut: 'n',
      perform: () => open(''),
    },
  ]);

  if (!isOpen) {
    return (
      <button
        type="button"
        className={classes.composer}
        onClick={() => open('')}
        onKeyDown={(event) => {
          const isText = event.key.length === 1 && event.key !== ' ';
          if (!isText || event.metaKey || event.ctrlKey || event.altKey) return;
          // Typing on it is writing in it; no shortcut gets the key.
          event.preventDefault();
          open(event.key === '<' ? '&lt;' : event.key);
        }}
      >
        {t('write_note')}
      </button>
    );
  }
  return (
    <Suspense fallback={<Skeleton height={104} />}>
      <noteEditor.Component
        start={start}
        saveLabel={t('add_note')}
        isSaving={create.isPending}
        error={create.error && failureText(create.error)}
        onSave={(body) => create.mutate({ object, record_id: id, body })}
        onCancel={() => setIsOpen(false)}
      />
    </Suspense>
  );
}
