import { ActionIcon, Select } from '@mantine/core';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../../shared/workflow/definition.ts';
import { operatorKey, operatorsFor, valueShape } from '../model/condition-operators.ts';
import type { EditRule } from '../model/condition-draft.ts';
import { fieldGroups, namedField } from '../model/condition-words.ts';
import { useNamedList } from '../../../ui/use-named-list.ts';
import { fieldDomId } from '../model/problem-place.ts';
import { useProblemText } from '../use-problem-text.ts';
import { useWorkflowText } from '../use-words.ts';
import classes from './condition-editor.module.css';
import { ConditionValue } from './condition-value.tsx';
import type { FormScope } from './config-field-input.tsx';

interface ConditionRuleRowProps {
  readonly part: string;
  /** `conditions.rules[0]` */
  readonly path: string;
  readonly number: number;
  readonly rule: EditRule;
  readonly scope: Pick<FormScope, 'objects' | 'stages'>;
  readonly problems: ReadonlyMap<string, Problem>;
  readonly onChange: (rule: EditRule) => void;
  readonly onBlur: (field: string) => void;
  readonly onRemove: () => void;
}

/** One rule: a field, how it is compared, and with what. */
export function ConditionRuleRow(props: ConditionRuleRowProps) {
  const { part, path, number, rule, scope, problems, onChange, onBlur, onRemove } = props;
  const { t } = useTranslation('workflows');
  const text = useWorkflowText();
  const problemText = useProblemText();
  const field = namedField(rule.field)?.field;
  const groups = fieldGroups(scope.objects, text);
  const offered = groups.some(({ items }) => items.some(({ value }) => value === rule.field));
  const operators: readonly string[] = field ? operatorsFor(field.type) : [];
  const known = operators.includes(rule.operator);
  const namedList = useNamedList();

  function errorAt(key: string): string | null {
    const problem = problems.get(`${path}.${key}`);
    return problem ? problemText(problem) : null;
  }

  function chooseField(chosen: string): void {
    const next = namedField(chosen)?.field;
    if (!next) return;
    const suitable: readonly string[] = operatorsFor(next.type);
    const keep = field?.type === next.type && suitable.includes(rule.operator);
    const operator = keep ? rule.operator : (suitable[0] ?? '=');
    onChange({ field: chosen, operator, value: '' });
  }

  function chooseOperator(operator: string): void {
    const { value, ...rest } = rule;
    const same = valueShape(operator) === valueShape(rule.operator);
    onChange({ ...rest, operator, value: same ? value : '' });
  }

  const shape = valueShape(rule.operator);
  return (
    <div className={classes.rule}>
      <Select
        id={fieldDomId(part, `${path}.field`)}
        aria-label={t('flow.conditions.field')}
        placeholder={t('flow.conditions.choose_field')}
        data={
          offered || rule.field === ''
            ? groups
            : [...groups, { group: t('flow.conditions.other_field'), items: [rule.field] }]
        }
        value={rule.field === '' ? null : rule.field}
        allowDeselect={false}
        searchable
        error={errorAt('field')}
        {...namedList}
        onChange={(chosen) => chosen !== null && chooseField(chosen)}
        onBlur={() => onBlur(`${path}.field`)}
      />
      <ActionIcon
        className={classes.removeRule ?? ''}
        size={22}
        aria-label={t('flow.conditions.remove', { number })}
        onClick={onRemove}
      >
        <X size={14} />
      </ActionIcon>
      {field && (
        <div
          className={classes.compared}
          data-alone={shape === 'none' || shape === 'pair' || shape === 'list' || undefined}
        >
          <Select
            id={fieldDomId(part, `${path}.operator`)}
            aria-label={t('flow.conditions.operator')}
            data={(known ? operators : [...operators, rule.operator]).map((operator) => ({
              value: operator,
              label: text(`flow.operators.${operatorKey(operator, field.type)}`, {
                defaultValue: operator,
              }),
            }))}
            value={rule.operator}
            allowDeselect={false}
            error={errorAt('operator')}
            onChange={(operator) => operator !== null && chooseOperator(operator)}
          />
          <ConditionValue
            id={fieldDomId(part, `${path}.value`)}
            field={field}
            rule={rule}
            scope={scope}
            error={errorAt('value')}
            onChange={(value) => onChange({ ...rule, value })}
            onBlur={() => onBlur(`${path}.value`)}
          />
        </div>
      )}
    </div>
  );
}
