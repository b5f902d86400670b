import { MultiSelect, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import '@mantine/dates/styles.css';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../../../shared/model/fields/field.ts';
import { currencyCodes } from '../../../../shared/model/money.ts';
import type { EditRule } from '../model/condition-draft.ts';
import { valueShape } from '../model/condition-operators.ts';
import { fieldGroups } from '../model/condition-words.ts';
import { plainText } from '../model/trigger-words.ts';
import { usePipelines } from '../../deals/use-pipelines.ts';
import { useWorkflowText } from '../use-words.ts';
import classes from './condition-editor.module.css';
import type { FormScope } from './config-field-input.tsx';
import type { ListChoice } from './list-or-variable.tsx';

interface ConditionValueProps {
  readonly id: string;
  readonly field: Field;
  readonly rule: EditRule;
  readonly scope: Pick<FormScope, 'objects' | 'stages'>;
  readonly error: string | null;
  readonly onChange: (value: unknown) => void;
  readonly onBlur: () => void;
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const text = plainText(value);
  return text === '' ? [] : text.split(',').map((part) => part.trim());
}

/** What there is to choose from; null where anything may be typed. */
function useChoices(field: Field, scope: ConditionValueProps['scope']): ListChoice[] | null {
  const text = useWorkflowText();
  const pipelines = usePipelines() ?? [];
  switch (field.type) {
    case 'stage':
      return scope.stages.map(({ slug, name }) => ({ value: slug, label: name }));
    case 'pipeline':
      return pipelines.map(({ slug, name }) => ({ value: slug, label: name }));
    case 'currency':
      return currencyCodes().map((code) => ({ value: code, label: code }));
    case 'boolean':
      return ['true', 'false'].map((value) => ({
        value,
        label: text(`choices.${value}`, { defaultValue: value }),
      }));
    case 'choice':
    case 'multi_choice':
      return (field.choices ?? []).map((value) => ({
        value,
        label: text(`choices.${value}`, { defaultValue: value }),
      }));
    default:
      return null;
  }
}

/** What a rule compares with: the input that the field's type and the comparison want. */
export function ConditionValue(props: ConditionValueProps) {
  const { id, field, rule, scope, error, onChange, onBlur } = props;
  const { t } = useTranslation('workflows');
  const text = useWorkflowText();
  const choices = useChoices(field, scope);
  const label = t('flow.conditions.value');
  const shared = { id, error, onBlur, 'aria-label': label };

  if (rule.valueSource === 'field') {
    return (
      <Select
        {...shared}
        data={fieldGroups(scope.objects, text)}
        value={plainText(rule.value) || null}
        allowDeselect={false}
        onChange={onChange}
      />
    );
  }
  switch (valueShape(rule.operator)) {
    case 'none':
      return null;
    case 'days':
      return (
        <NumberInput
          {...shared}
          value={plainText(rule.value)}
          min={0}
          allowDecimal={false}
          hideControls
          suffix={t('flow.conditions.days_suffix')}
          onChange={onChange}
        />
      );
    case 'list':
      return choices ? (
        <MultiSelect
          {...shared}
          data={choices}
          value={listOf(rule.value).map(plainText)}
          placeholder={listOf(rule.value).length === 0 ? t('editor.choose') : ''}
          searchable={choices.length > 10}
          onChange={onChange}
        />
      ) : (
        <TagsInput
          {...shared}
          value={listOf(rule.value).map(plainText)}
          placeholder={listOf(rule.value).length === 0 ? t('flow.conditions.list_hint') : ''}
          acceptValueOnBlur
          onChange={onChange}
        />
      );
    case 'pair': {
      const [from = '', to = ''] = listOf(rule.value);
      const isChange = rule.operator === 'changedFromTo';
      const pick = (next: readonly unknown[]): void =>
        // Neither given yet is nothing given, which is asked for.
        onChange(isChange || next.some((part) => plainText(part) !== '') ? next : '');
      return (
        <div className={classes.pair}>
          {isChange && <span>{t('flow.conditions.from')}</span>}
          <OneValue
            {...props}
            choices={choices}
            optional={isChange}
            value={from}
            onChange={(value) => pick([value, to])}
          />
          <span>{t(isChange ? 'flow.conditions.to' : 'flow.conditions.and')}</span>
          <OneValue
            {...props}
            id={`${id}-2`}
            label={t('flow.conditions.second_value')}
            choices={choices}
            optional={isChange}
            value={to}
            onChange={(value) => pick([from, value])}
          />
        </div>
      );
    }
    case 'one':
      return <OneValue {...props} choices={choices} value={rule.value} />;
  }
}

interface OneValueProps extends ConditionValueProps {
  readonly choices: ListChoice[] | null;
  readonly value: unknown;
  readonly label?: string;
  /** May stay empty, which means any value. */
  readonly optional?: boolean;
}

function OneValue(props: OneValueProps) {
  const { id, field, choices, value, error, onChange, onBlur, optional = false } = props;
  const { t } = useTranslation('workflows');
  const given = plainText(value);
  const shared = {
    id,
    error,
    onBlur,
    'aria-label': props.label ?? t('flow.conditions.value'),
    placeholder: optional ? t('flow.conditions.any_value') : '',
  };
  if (choices) {
    const stale = given !== '' && !choices.some((choice) => choice.value === given);
    return (
      <Select
        {...shared}
        placeholder={optional ? t('flow.conditions.any_value') : t('editor.choose')}
        data={stale ? [...choices, { value: given, label: given }] : choices}
        value={given === '' ? null : given}
        allowDeselect={false}
        clearable={optional}
        searchable={choices.length > 10}
        onChange={(chosen) => onChange(chosen ?? '')}
      />
    );
  }
  switch (field.type) {
    case 'money':
    case 'number':
      return (
        <NumberInput
          {...shared}
          value={given}
          thousandSeparator=","
          hideControls
          onChange={onChange}
        />
      );
    case 'date':
    case 'datetime':
      return (
        <DateInput
          {...shared}
          size="sm"
          value={/^\d{4}-\d{2}-\d{2}/.test(given) ? given.slice(0, 10) : null}
          valueFormat="D MMM YYYY"
          weekendDays={[]}
          onChange={(day) => onChange(day ?? '')}
        />
      );
    default:
      return (
        <TextInput
          {...shared}
          value={given}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}
