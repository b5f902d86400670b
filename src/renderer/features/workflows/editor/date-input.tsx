import { useTranslation } from 'react-i18next';
import { hasTemplate } from '../../../../shared/workflow/template.ts';
import type { ContextPath } from '../../../../shared/workflow/template-context.ts';
import { parseDateConfig } from '../../../../shared/workflow/relative-date.ts';
import { dueInWords } from '../model/trigger-words.ts';
import { useWords } from '../use-words.ts';
import { TemplateInput, type TextFieldProps } from './template-input.tsx';

const suggestions = [
  '+1 day',
  '+3 days',
  '+2 business days',
  '+1 week',
  '+2 weeks',
  '+1 month',
] as const;

interface DateInputProps extends TextFieldProps {
  readonly variables: readonly ContextPath[];
}

/** A date counted from the run, with what it means in words under it. */
export function DateInput(props: DateInputProps) {
  const { t } = useTranslation('workflows');
  const words = useWords();
  const { value } = props;
  const understood = value !== '' && !hasTemplate(value) && parseDateConfig(value) !== null;
  return (
    <TemplateInput
      {...props}
      suggestions={suggestions}
      description={understood ? t('dates.help', { words: dueInWords(value, words) }) : undefined}
    />
  );
}
