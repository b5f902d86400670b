import { Select, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasTemplate } from '../../../../shared/workflow/template.ts';
import type { ContextPath } from '../../../../shared/workflow/template-context.ts';
import { type TextFieldProps, TemplateInput } from './template-input.tsx';
import classes from './editor.module.css';

export interface ListChoice {
  readonly value: string;
  readonly label: string;
}

interface ListOrVariableProps extends TextFieldProps {
  readonly choices: readonly ListChoice[];
  /** Null where the value is read literally. */
  readonly variables: readonly ContextPath[] | null;
  readonly searchable?: boolean;
}

/** A choice from a list; where variables are allowed, a switch to a text that may hold one. */
export function ListOrVariable(props: ListOrVariableProps) {
  const { t } = useTranslation('workflows');
  const {
    id,
    label,
    value,
    onChange,
    onBlur,
    error,
    description,
    placeholder,
    required = false,
  } = props;
  const { choices, variables, searchable = false } = props;
  const [asText, setAsText] = useState(hasTemplate(value));

  const toggle = variables !== null && (
    <UnstyledButton
      className={classes.fieldToggle}
      onClick={() => {
        setAsText(!asText);
        onChange('');
      }}
    >
      {t(asText ? 'editor.use_list' : 'editor.use_variable')}
    </UnstyledButton>
  );

  if (variables !== null && asText) {
    return (
      <div className={classes.toggledField}>
        <TemplateInput {...props} variables={variables} />
        {toggle}
      </div>
    );
  }
  // A stored value that is no longer in the list is shown as it is, with its problem, not as nothing.
  const stale = value !== '' && !choices.some((choice) => choice.value === value);
  return (
    <div className={classes.toggledField}>
      <Select
        id={id}
        label={label}
        data={stale ? [...choices, { value, label: value }] : [...choices]}
        value={value === '' ? null : value}
        onChange={(chosen) => onChange(chosen ?? '')}
        onBlur={onBlur}
        error={error ?? null}
        description={description}
        placeholder={placeholder ?? t('editor.choose')}
        withAsterisk={required}
        clearable={!required}
        allowDeselect={!required}
        searchable={searchable}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
      />
      {toggle}
    </div>
  );
}
