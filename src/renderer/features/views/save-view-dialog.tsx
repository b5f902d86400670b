import { Button, Checkbox, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './views.module.css';

interface SaveViewDialogProps {
  readonly title: string;
  readonly name: string;
  readonly isPinned: boolean;
  readonly onSave: (name: string, isPinned: boolean) => void;
  readonly onClose: () => void;
}

export function SaveViewDialog(props: SaveViewDialogProps) {
  const { t } = useTranslation(['views', 'common']);
  const [name, setName] = useState(props.name);
  const [isPinned, setPinned] = useState(props.isPinned);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (name.trim() !== '') props.onSave(name.trim(), isPinned);
  }

  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.title}
      size={400}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit} className={classes.form}>
        <TextInput
          label={t('views:name')}
          placeholder={t('views:name_example')}
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Checkbox
          size="xs"
          label={t('views:pin')}
          checked={isPinned}
          onChange={(event) => setPinned(event.currentTarget.checked)}
        />
        <div className={classes.buttons}>
          <Button variant="subtle" color="gray" onClick={props.onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" disabled={name.trim() === ''}>
            {t('views:save')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
