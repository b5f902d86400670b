import { NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { DateInput, DateTimePicker } from '@mantine/dates';
import '@mantine/dates/styles.css';
import { useQuery } from '@tanstack/react-query';
import type { KeyboardEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../../shared/model/fields/field.ts';
import { currencyCodes } from '../../../shared/model/money.ts';
import { api } from '../../api/query.ts';
import { LinkSelect } from './link-select.tsx';
import type { FieldValue } from './record-api.ts';
import { useFieldText } from './use-field-text.ts';

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

/** `2026-12-31 09:00:00` of this machine's clock, which the picker speaks, and back. */
function toPicker(value: FieldValue): string | null {
  if (typeof value !== 'string' || value === '') return null;
  const date = new Date(value);
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replace('T', ' ');
}

function fromPicker(text: string | null): string | null {
  return text ? new Date(text.replace(' ', 'T')).toISOString() : null;
}

/** The one editor of a field's value, made from the registry. */
export function FieldInput({ field, value, onChange, onPicked, error, ...rest }: FieldInputProps) {
  const text = typeof value === 'string' ? value : '';
  const { choice } = useFieldText();
  const { t } = useTranslation('records');
  const stages = useQuery({
    ...api.pipeline.stages.queryOptions(),
    enabled: field.type === 'stage',
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
          value={value ?? ''}
          thousandSeparator=","
          allowNegative={false}
          hideControls
          onChange={(next) => onChange(next === '' ? null : Number(next))}
        />
      );
    case 'currency':
      return (
        <Select
          {...common}
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
          data={(stages.data ?? []).map(({ slug, name }) => ({ value: slug, label: name }))}
          value={text || null}
          onChange={pick}
          allowDeselect={false}
        />
      );
    case 'choice':
      return (
        <Select
          {...common}
          data={(field.choices ?? []).map((slug) => ({ value: slug, label: choice(field, slug) }))}
          value={text || null}
          onChange={pick}
          allowDeselect={isOptional}
          clearable={isOptional}
          clearButtonProps={{ 'aria-label': t('clear') }}
        />
      );
    case 'link':
      return field.links_to && field.links_to !== 'user' ? (
        <LinkSelect {...common} target={field.links_to} value={text || null} onChange={pick} />
      ) : null;
    case 'date':
      return (
        <DateInput
          {...common}
          size="sm"
          clearable
          valueFormat="D MMM YYYY"
          highlightToday
          value={text || null}
          onChange={pick}
        />
      );
    case 'datetime':
      return (
        <DateTimePicker
          {...common}
          size="sm"
          clearable
          valueFormat="D MMM YYYY HH:mm"
          highlightToday
          value={toPicker(value)}
          onChange={(next) => onChange(fromPicker(next))}
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
