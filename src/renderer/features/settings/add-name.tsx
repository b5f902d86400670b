import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './pipelines.module.css';

interface AddNameProps {
  readonly label: string;
  readonly example: string;
  readonly button: string;
  readonly onAdd: (name: string) => void;
  readonly onClose: () => void;
}

/** A line in which something new gets its name. */
export function AddName({ label, example, button, onAdd, onClose }: AddNameProps) {
  const { t } = useTranslation('common');
  const [name, setName] = useState('');
  return (
    <form
      className={classes.line}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') onAdd(name.trim());
      }}
    >
      <TextInput
        size="xs"
        className={classes.grow ?? ''}
        aria-label={label}
        placeholder={example}
        value={name}
        maxLength={100}
        autoFocus
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose();
        }}
      />
      <Button size="xs" type="submit" disabled={name.trim() === ''}>
        {button}
      </Button>
      <Button size="xs" variant="subtle" color="gray" onClick={onClose}>
        {t('cancel')}
      </Button>
    </form>
  );
}
