import { ActionIcon, Button, Input, TextInput } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContextPath } from '../../../../shared/workflow/template-context.ts';
import { plainText } from '../model/trigger-words.ts';
import { TemplateInput, type TextFieldProps } from './template-input.tsx';
import classes from './text-map-input.module.css';

interface TextMapInputProps extends Omit<TextFieldProps, 'value' | 'onChange'> {
  readonly entries: Readonly<Record<string, unknown>>;
  /** Null: values take no variables. */
  readonly variables: readonly ContextPath[] | null;
  readonly onEntries: (entries: Readonly<Record<string, string>>) => void;
}

type Row = { readonly key: number; readonly name: string; readonly value: string };

/** Names with values, such as headers. A row without a name is not stored. */
export function TextMapInput(props: TextMapInputProps) {
  const { id, label, entries, variables, error, onEntries, onBlur } = props;
  const { t } = useTranslation('delivery');
  const [rows, setRows] = useState<readonly Row[]>(() =>
    Object.entries(entries).map(([name, value], key) => ({ key, name, value: plainText(value) })),
  );

  function store(next: readonly Row[]): void {
    setRows(next);
    const named = next.filter(({ name }) => name.trim() !== '');
    onEntries(Object.fromEntries(named.map(({ name, value }) => [name.trim(), value])));
  }

  const change = (key: number, part: Partial<Row>): void =>
    store(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));

  function add(): void {
    const key = Math.max(-1, ...rows.map((row) => row.key)) + 1;
    setRows([...rows, { key, name: '', value: '' }]);
  }

  return (
    <Input.Wrapper
      label={label}
      error={error ?? null}
      description={variables ? undefined : t('steps.secrets_help')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      labelElement="div"
    >
      <div id={id} tabIndex={-1} className={classes.rows}>
        {rows.map(({ key, name, value }) => (
          <div key={key} className={classes.row}>
            <TextInput
              aria-label={t('steps.header')}
              placeholder={t('steps.header')}
              value={name}
              onChange={(event) => change(key, { name: event.currentTarget.value })}
              {...(onBlur ? { onBlur } : {})}
            />
            {variables ? (
              <TemplateInput
                id={`${id}-${key}`}
                label={undefined}
                placeholder={t('steps.header_value')}
                value={value}
                variables={variables}
                onChange={(text) => change(key, { value: text })}
              />
            ) : (
              <TextInput
                aria-label={t('steps.secret')}
                placeholder={t('steps.secret')}
                value={value}
                onChange={(event) => change(key, { value: event.currentTarget.value })}
              />
            )}
            <ActionIcon
              aria-label={t('steps.remove_entry', { name: name || t('steps.header') })}
              onClick={() => store(rows.filter((row) => row.key !== key))}
            >
              <X size={14} aria-hidden />
            </ActionIcon>
          </div>
        ))}
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<Plus size={14} aria-hidden />}
          onClick={add}
          className={classes.add ?? ''}
        >
          {t(variables ? 'steps.add_header' : 'steps.add_secret')}
        </Button>
      </div>
    </Input.Wrapper>
  );
}
