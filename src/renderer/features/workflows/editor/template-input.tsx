import { Autocomplete, Textarea, TextInput, type TextInputProps, useCombobox } from '@mantine/core';
import { useLayoutEffect, useRef } from 'react';
import type { ContextPath } from '../../../../shared/workflow/template-context.ts';
import { asksForVariable, insertVariable } from '../model/template-cursor.ts';
import { TemplatePreview } from './sample.tsx';
import { VariablePicker } from './variable-picker.tsx';

export interface TextFieldProps {
  readonly id: string;
  /** Absent where the row says it. */
  readonly label: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onBlur?: () => void;
  readonly error?: string | undefined;
  readonly description?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly required?: boolean;
}

interface TemplateInputProps extends TextFieldProps {
  readonly variables: readonly ContextPath[];
  readonly multiline?: boolean;
  /** Offered while typing, for values that are mostly one of a few. */
  readonly suggestions?: readonly string[];
}

type SharedProps = Pick<
  TextInputProps,
  | 'id'
  | 'label'
  | 'error'
  | 'description'
  | 'placeholder'
  | 'withAsterisk'
  | 'inputWrapperOrder'
  | 'rightSection'
  | 'rightSectionPointerEvents'
> & {
  readonly ref: React.RefObject<(HTMLInputElement & HTMLTextAreaElement) | null>;
  readonly value: string;
  readonly onBlur: (() => void) | undefined;
};

/** A text that may hold `{{variables}}`; the button, or typing `{{`, opens the list of them. */
export function TemplateInput({
  id,
  label,
  value,
  onChange,
  onBlur,
  error,
  description,
  placeholder,
  required = false,
  variables,
  multiline = false,
  suggestions,
}: TemplateInputProps) {
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  // Where the caret was when the list took the focus.
  const selection = useRef<{ start: number; end: number } | null>(null);
  // Where it goes once the new text is in the page.
  const caret = useRef<number | null>(null);
  const store = useCombobox({
    onDropdownOpen: () => {
      const element = input.current;
      if (element) {
        selection.current = {
          start: element.selectionStart ?? element.value.length,
          end: element.selectionEnd ?? element.value.length,
        };
      }
      store.focusSearchInput();
    },
    onDropdownClose: () => store.resetSelectedOption(),
  });

  useLayoutEffect(() => {
    const position = caret.current;
    if (position === null) return;
    caret.current = null;
    input.current?.focus();
    input.current?.setSelectionRange(position, position);
  });

  function pick(path: string): void {
    const { start, end } = selection.current ?? { start: value.length, end: value.length };
    const result = insertVariable(value, path, start, end);
    caret.current = result.caret;
    onChange(result.text);
  }

  function change(text: string): void {
    onChange(text);
    const position = input.current?.selectionStart ?? text.length;
    if (asksForVariable(text, position)) store.openDropdown();
  }

  const shared: SharedProps = {
    id,
    ref: input,
    label,
    value,
    error: error ?? null,
    description,
    placeholder,
    withAsterisk: required,
    onBlur,
    inputWrapperOrder: ['label', 'input', 'description', 'error'],
    rightSection: <VariablePicker store={store} variables={variables} onPick={pick} />,
    rightSectionPointerEvents: 'all',
  };

  return (
    <div>
      <Field shared={shared} multiline={multiline} suggestions={suggestions} onChange={change} />
      <TemplatePreview text={value} />
    </div>
  );
}

interface FieldProps {
  readonly shared: SharedProps;
  readonly multiline: boolean;
  readonly suggestions: readonly string[] | undefined;
  readonly onChange: (text: string) => void;
}

/** The input the value wants: of several lines, with suggestions, or plain. */
function Field({ shared, multiline, suggestions, onChange }: FieldProps) {
  if (multiline) {
    return (
      <Textarea
        {...shared}
        autosize
        minRows={3}
        maxRows={12}
        rightSectionProps={{ style: { alignItems: 'flex-start', paddingTop: 6 } }}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  if (suggestions) {
    return (
      <Autocomplete
        {...shared}
        data={[...suggestions]}
        filter={({ options }) => options}
        onChange={onChange}
      />
    );
  }
  return <TextInput {...shared} onChange={(event) => onChange(event.currentTarget.value)} />;
}
