import { MultiSelect, NumberInput, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../../shared/model/fields/field.ts';
import { currencyCodes } from '../../../shared/model/money.ts';
import { api } from '../../api/query.ts';
import { stageOptions } from '../deals/stage-options.ts';
import { LinkSelect } from './link-select.tsx';
import type { FieldValue } from './record-api.ts';
import { useFieldText } from './use-field-text.ts';
import { WhenInput } from './when-input.tsx';

export interface FieldInputProps {
  readonly field: Field;
  readonly value: FieldValue;
  readonly onChange: (value: FieldValue) => void;
  /** Above the input in a form; inline editors have theirs beside it. */
  readonly label?: ReactNode;
  readonly ariaLabel?: string;
  readonly error?: string | null;
  readonly autoFocus?: boolean;
  readonly onBlur?: () => void;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void;
  /** A choice made with the mouse is a decision, not a half-typed text. */
  readonly onPicked?: (value: FieldValue) => void;
}

const inputTypes = { email: 'email', phone: 'tel' } as const;

/** The tags in a value that may be of any field. */
export function tagsOf(value: FieldValue | undefined): readonly string[] {
  return Array.isArray(value) ? value : [];
}

/** The one editor of a field's value, made from the registry. */
export function FieldInput({ field, value, onChange, onPicked, error, ...rest }: FieldInputProps) {
  const text = typeof value === 'string' ? value : '';
  const { choice } = useFieldText();
  const { t } = useTranslation('records');
  const pipelines = useQuery({
    ...api.pipelines.list.queryOptions(),
    enabled: field.type === 'stage' || field.type === 'pipeline',
  });
  const { ariaLabel, ...inputProps } = rest;
  const common = {
    ...inputProps,
    'aria-label': ariaLabel,
    error: error ?? null,
    name: field.name,
    withAsterisk: false,
    required: false,
    'data-field': field.name,
    // A dialog gives the focus to this one instead of its close button.
    'data-autofocus': rest.autoFocus || undefined,
  };
  const pick = (next: FieldValue) => {
    onChange(next);
    onPicked?.(next);
  };
  const isOptional = field.presence === 'optional';
  // An inline editor was opened to choose: the first click has been made.
  const dropdown = rest.label === undefined ? { defaultDropdownOpened: true } : {};

  switch (field.type) {
    case 'long_text':
      return (
        <Textarea
          {...common}
          autosize
          minRows={2}
          maxRows={10}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'money':
      return (
        <NumberInput
          {...common}
          size="sm"
          value={typeof value === 'number' ? value : text}
          thousandSeparator=","
          allowNegative={false}
          hideControls
          onChange={(next) => onChange(next === '' ? null : Number(next))}
        />
      );
    case 'number':
      return (
        <NumberInput
          {...common}
          size="sm"
          value={typeof value === 'number' ? value : text}
          thousandSeparator=","
          hideControls
          onChange={(next) => onChange(next === '' ? null : Number(next))}
        />
      );
    case 'boolean':
      return (
        <Select
          {...common}
          {...dropdown}
          data={[
            { value: 'true', label: t('yes') },
            { value: 'false', label: t('no') },
          ]}
          value={typeof value === 'boolean' ? String(value) : null}
          onChange={(next) => pick(next === null ? null : next === 'true')}
          allowDeselect={false}
          clearable={isOptional}
          clearButtonProps={{ 'aria-label': t('clear') }}
        />
      );
    case 'multi_choice':
      return (
        <MultiSelect
          {...common}
          data={[...(field.choices ?? [])]}
          value={[...tagsOf(value)]}
          onChange={pick}
        />
      );
    case 'currency':
      return (
        <Select
          {...common}
          {...dropdown}
          searchable
          data={[...currencyCodes()]}
          value={text || null}
          onChange={pick}
          allowDeselect={false}
          limit={50}
        />
      );
    case 'stage':
      return (
        <Select
          {...common}
          {...dropdown}
          data={stageOptions(pipelines.data?.items ?? [])}
          value={text || null}
          onChange={pick}
          allowDeselect={false}
        />
      );
    case 'pipeline':
      return (
        <Select
          {...common}
          {...dropdown}
          data={(pipelines.data?.items ?? []).map(({ slug, name }) => ({
            value: slug,
            label: name,
          }))}
          value={text || null}
          onChange={pick}
          allowDeselect={false}
        />
      );
    case 'choice':
      return (
        <Select
          {...common}
          {...dropdown}
          data={(field.choices ?? []).map((slug) => ({ value: slug, label: choice(field, slug) }))}
          value={text || null}
          onChange={pick}
          // The cross empties it; picking what is picked already keeps it.
          allowDeselect={false}
          clearable={isOptional}
          clearButtonProps={{ 'aria-label': t('clear') }}
        />
      );
    case 'link':
      return field.links_to && field.links_to !== 'user' ? (
        <LinkSelect
          {...common}
          {...dropdown}
          target={field.links_to}
          value={text || null}
          onChange={pick}
        />
      ) : null;
    case 'date':
    case 'datetime':
      return (
        <WhenInput {...common} field={field} value={text} onChange={onChange} onPicked={pick} />
      );
    case 'tags':
      return (
        <TagsInput
          {...common}
          // Tags differ by more than case; the server would join the two.
          isDuplicate={(tag, tags) => tags.some((one) => one.toLowerCase() === tag.toLowerCase())}
          maxLength={60}
          placeholder={tagsOf(value).length === 0 ? t('add_tag') : ''}
          acceptValueOnBlur
          value={[...tagsOf(value)]}
          onChange={pick}
        />
      );
    case 'id':
    case 'text':
    case 'email':
    case 'phone':
    case 'domain':
      return (
        <TextInput
          {...common}
          type={field.type === 'email' || field.type === 'phone' ? inputTypes[field.type] : 'text'}
          // Checked by the server, in words of ours: the browser's bubbles would not fit.
          inputMode={field.type === 'email' ? 'email' : 'text'}
          autoComplete="off"
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}
