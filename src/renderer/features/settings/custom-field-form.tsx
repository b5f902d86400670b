import { Button, Select, TagsInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type CustomFieldType,
  customFieldTypes,
} from '../../../shared/model/fields/custom-fields.ts';
import { type ObjectName, objectNames } from '../../../shared/model/objects.ts';
import { describeFailure } from '../../api/errors.ts';
import { api, queryClient } from '../../api/query.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import classes from './custom-fields.module.css';

/** What makes a new field: its name, what it holds and, for some, from what to choose. */
export function CustomFieldForm({
  object,
  onClose,
}: {
  readonly object: ObjectName;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation(['settings', 'records', 'common']);
  const failureText = useFailureText();
  const [label, setLabel] = useState('');
  const [type, setType] = useState<CustomFieldType>('text');
  const [choices, setChoices] = useState<string[]>([]);
  const [target, setTarget] = useState<ObjectName>('contact');
  const hasChoices = type === 'choice' || type === 'multi_choice';
  const create = useMutation(
    api.custom_fields.create.mutationOptions({
      onSuccess: onClose,
      onSettled: () => void queryClient.invalidateQueries({ queryKey: api.custom_fields.key() }),
    }),
  );
  const failure = create.error ? describeFailure(create.error) : null;
  const errorOf = (field: string) =>
    failure?.field?.startsWith(field) ? failureText(create.error) : null;

  function submit(event: FormEvent): void {
    event.preventDefault();
    create.mutate({
      object,
      label,
      type,
      ...(hasChoices ? { choices } : {}),
      ...(type === 'link' ? { links_to: target } : {}),
    });
  }

  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        label={t('settings:fields.label')}
        value={label}
        data-autofocus
        autoFocus
        onChange={(event) => setLabel(event.currentTarget.value)}
        error={errorOf('label')}
      />
      <Select
        label={t('settings:fields.type')}
        data={customFieldTypes.map((value) => ({
          value,
          label: t(`settings:fields.types.${value}`),
        }))}
        value={type}
        allowDeselect={false}
        onChange={(value) => value && setType(value)}
      />
      {hasChoices && (
        <TagsInput
          label={t('settings:fields.choices')}
          description={t('settings:fields.choices_hint')}
          value={choices}
          maxLength={60}
          acceptValueOnBlur
          onChange={setChoices}
          error={errorOf('choices')}
        />
      )}
      {type === 'link' && (
        <Select
          label={t('settings:fields.links_to')}
          data={objectNames.map((value) => ({ value, label: t(`records:${value}.one`) }))}
          value={target}
          allowDeselect={false}
          onChange={(value) => value && setTarget(value)}
        />
      )}
      {failure && !['label', 'choices'].some((field) => failure.field?.startsWith(field)) && (
        <p className={classes.error} role="alert">
          {failureText(create.error)}
        </p>
      )}
      <div className={classes.buttons}>
        <Button variant="subtle" color="gray" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={create.isPending} disabled={label.trim() === ''}>
          {t('settings:fields.create')}
        </Button>
      </div>
    </form>
  );
}
