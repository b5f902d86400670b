import { ActionIcon, Button, TagsInput, TextInput, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { Archive, ArrowDown, ArrowUp } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomField } from '../../../shared/contract/custom-fields.ts';
import { api, queryClient } from '../../api/query.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import classes from './custom-fields.module.css';

interface CustomFieldRowProps {
  readonly field: CustomField;
  /** Its neighbours, to change places with. */
  readonly above: CustomField | null;
  readonly below: CustomField | null;
}

/** One field: its name and choices edited where they stand, its place, and its retirement. */
export function CustomFieldRow({ field, above, below }: CustomFieldRowProps) {
  const { t } = useTranslation('settings');
  const failureText = useFailureText();
  const [label, setLabel] = useState(field.label);
  const update = useMutation(
    api.custom_fields.update.mutationOptions({
      onError: (error) => {
        setLabel(field.label);
        notifications.show({
          title: t('fields.failed'),
          message: failureText(error),
          color: 'red',
        });
      },
      onSettled: () => void queryClient.invalidateQueries({ queryKey: api.custom_fields.key() }),
    }),
  );
  const change = (patch: Partial<Pick<CustomField, 'label' | 'choices' | 'is_retired'>>) => {
    const { choices, ...rest } = patch;
    update.mutate({ id: field.id, ...rest, ...(choices ? { choices } : {}) });
  };

  function trade(other: CustomField): void {
    update.mutate({ id: field.id, position: other.position });
    update.mutate({ id: other.id, position: field.position });
  }

  const move = (other: CustomField | null, name: 'up' | 'down') => {
    const Icon = name === 'up' ? ArrowUp : ArrowDown;
    return (
      <ActionIcon
        className={classes.move ?? ''}
        disabled={!other}
        aria-label={t(`fields.${name}`, { label: field.label })}
        onClick={() => other && trade(other)}
      >
        <Icon size={14} aria-hidden />
      </ActionIcon>
    );
  };

  return (
    <li className={classes.row}>
      <div className={classes.line}>
        <TextInput
          size="xs"
          className={classes.grow ?? ''}
          aria-label={t('fields.label_of', { label: field.label })}
          value={label}
          disabled={field.is_retired}
          onChange={(event) => setLabel(event.currentTarget.value)}
          onBlur={() => {
            if (label.trim() === '') setLabel(field.label);
            else if (label.trim() !== field.label) change({ label: label.trim() });
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur();
          }}
        />
        <span className={classes.type}>{t(`fields.types.${field.type}`)}</span>
        {field.is_retired ? (
          <Button size="compact-xs" variant="default" onClick={() => change({ is_retired: false })}>
            {t('fields.use_again')}
          </Button>
        ) : (
          <>
            {move(above, 'up')}
            {move(below, 'down')}
            <Tooltip label={t('fields.retire_hint')}>
              <ActionIcon
                aria-label={t('fields.retire', { label: field.label })}
                onClick={() => change({ is_retired: true })}
              >
                <Archive size={14} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </>
        )}
      </div>
      {field.choices && !field.is_retired && (
        <TagsInput
          size="xs"
          aria-label={t('fields.choices_of', { label: field.label })}
          value={field.choices}
          maxLength={60}
          acceptValueOnBlur
          onChange={(choices) => change({ choices })}
        />
      )}
      <code className={classes.name}>{field.name}</code>
    </li>
  );
}
