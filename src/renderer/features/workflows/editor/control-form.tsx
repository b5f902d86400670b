import { ActionIcon, Button, Select, TextInput } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import {
  type ControlType,
  forEachSources,
  type Problem,
} from '../../../../shared/workflow/definition.ts';
import { fieldDomId } from '../model/problem-place.ts';
import { plainText } from '../model/trigger-words.ts';
import type { DraftList, DraftStep } from '../model/workflow-draft.ts';
import { useProblemText } from '../use-problem-text.ts';
import { useWorkflowText } from '../use-words.ts';
import { ConditionEditor } from './condition-editor.tsx';
import type { FormScope } from './config-field-input.tsx';
import classes from './flow-form.module.css';
import type { ListChoice } from './list-or-variable.tsx';
import { TemplateInput } from './template-input.tsx';
import { WaitForm } from './wait-form.tsx';

export interface ControlFormProps {
  readonly step: DraftStep;
  readonly scope: FormScope;
  readonly problems: ReadonlyMap<string, Problem>;
  readonly onConfig: (config: Readonly<Record<string, unknown>>) => void;
  readonly onLists: (lists: readonly DraftList[]) => void;
  readonly onBlur: (field: string) => void;
}

/** The settings of a step that leads the run instead of doing something. */
export function ControlForm({ type, ...props }: ControlFormProps & { readonly type: ControlType }) {
  switch (type) {
    case 'if':
      return <IfForm {...props} />;
    case 'switch':
      return <SwitchForm {...props} />;
    case 'for_each':
      return <ForEachForm {...props} />;
    case 'wait':
      return <WaitForm {...props} />;
    case 'stop':
      return <StopForm {...props} />;
  }
}

/** Whether a control form shows a problem at an input of its own. */
export function controlShows(type: ControlType, field: string): boolean {
  if (type === 'if') return field.startsWith('conditions');
  if (type === 'switch')
    return field === 'value' || field === 'cases' || /^cases\[\d+\]\.equals$/.test(field);
  if (type === 'for_each') return field === 'over';
  if (type === 'stop') return field === 'reason';
  return (
    field.startsWith('until') ||
    ['', 'duration', 'offset', 'timeout', 'if_past', 'business_hours'].includes(field)
  );
}

function IfForm({ step, scope, problems, onConfig, onBlur }: ControlFormProps) {
  const { t } = useTranslation('workflows');
  return (
    <ConditionEditor
      part={step.id}
      name="conditions"
      label={t('flow.conditions.if')}
      value={step.config['conditions']}
      scope={scope}
      problems={problems}
      onChange={(conditions) => onConfig({ ...step.config, conditions })}
      onBlur={onBlur}
    />
  );
}

/** A template is the same in every language. */
const valueExample = '{{deal.stage}}';

/** Where the value is a field with choices, its cases are chosen from the same. */
function useCaseChoices(value: string, scope: FormScope): ListChoice[] | null {
  const text = useWorkflowText();
  const path = /^\{\{\s*([\w.]+)\s*\}\}$/.exec(value.trim())?.[1] ?? '';
  if (/(^|\.|_)stage$/.test(path)) {
    return scope.stages.map(({ slug, name }) => ({ value: slug, label: name }));
  }
  const choices: Readonly<Record<string, readonly string[]>> = {
    'deal.status': ['open', 'won', 'lost'],
    'task.type': ['task', 'call', 'meeting', 'email'],
    'task.priority': ['low', 'normal', 'high'],
  };
  return (
    choices[path]?.map((one) => ({
      value: one,
      label: text(`choices.${one}`, { defaultValue: one }),
    })) ?? null
  );
}

function SwitchForm({ step, scope, problems, onConfig, onLists, onBlur }: ControlFormProps) {
  const { t } = useTranslation('workflows');
  const problemText = useProblemText();
  const value = plainText(step.config['value']);
  const choices = useCaseChoices(value, scope);
  const cases = step.lists.filter(({ name }) => name === 'case');
  const problem = problems.get('value');
  const replace = (index: number, equals: string): void =>
    onLists(step.lists.map((list, place) => (place === index ? { ...list, equals } : list)));

  return (
    <>
      <TemplateInput
        id={fieldDomId(step.id, 'value')}
        label={t('flow.switch.value')}
        description={t('flow.switch.value_help')}
        placeholder={valueExample}
        value={value}
        error={problem && problemText(problem)}
        required
        variables={scope.variables}
        onChange={(next) => onConfig({ ...step.config, value: next })}
        onBlur={() => onBlur('value')}
      />
      <div className={classes.cases}>
        {cases.map((branch, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- cases have no other name, and hold no state
          <div key={`case ${index}`} className={classes.case}>
            <CaseInput
              id={fieldDomId(step.id, `cases[${index}].equals`)}
              label={t('flow.switch.case', { number: index + 1 })}
              value={branch.equals}
              choices={choices}
              error={problems.get(`cases[${index}].equals`)?.message}
              onChange={(equals) => replace(index, equals)}
            />
            <ActionIcon
              className={classes.removeCase ?? ''}
              size={22}
              aria-label={t('flow.switch.remove_case', { number: index + 1 })}
              onClick={() => onLists(step.lists.toSpliced(index, 1))}
            >
              <X size={14} />
            </ActionIcon>
          </div>
        ))}
        {problems.has('cases') && (
          <p role="alert" id={fieldDomId(step.id, 'cases')} tabIndex={-1}>
            {t('flow.switch.none')}
          </p>
        )}
        <Button
          className={classes.addCase ?? ''}
          variant="subtle"
          size="compact-xs"
          leftSection={<Plus size={12} />}
          onClick={() =>
            onLists(step.lists.toSpliced(cases.length, 0, { name: 'case', equals: '', steps: [] }))
          }
        >
          {t('flow.switch.add_case')}
        </Button>
      </div>
    </>
  );
}

interface CaseInputProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly choices: ListChoice[] | null;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
}

function CaseInput({ id, label, value, choices, error, onChange }: CaseInputProps) {
  const { t } = useTranslation('workflows');
  const shared = { id, label, error: error ?? null };
  if (!choices) {
    return (
      <TextInput
        {...shared}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  const stale = value !== '' && !choices.some((choice) => choice.value === value);
  return (
    <Select
      {...shared}
      placeholder={t('editor.choose')}
      data={stale ? [...choices, { value, label: value }] : choices}
      value={value === '' ? null : value}
      allowDeselect={false}
      onChange={(chosen) => onChange(chosen ?? '')}
    />
  );
}

function ForEachForm({ step, scope, problems, onConfig, onBlur }: ControlFormProps) {
  const { t } = useTranslation('workflows');
  const text = useWorkflowText();
  const problemText = useProblemText();
  const problem = problems.get('over');
  const sources = forEachSources.filter((source) =>
    scope.objects.some((object) => source.startsWith(`${object}.`)),
  );
  const over = plainText(step.config['over']);
  const stale = over !== '' && !sources.some((source) => source === over);
  return (
    <Select
      id={fieldDomId(step.id, 'over')}
      label={t('flow.sources.label')}
      description={t('flow.sources.help')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      placeholder={t('editor.choose')}
      data={(stale ? [...sources, over] : sources).map((source) => ({
        value: source,
        label: text(`flow.sources.${source.replace('.', '_')}`, { defaultValue: source }),
      }))}
      value={over === '' ? null : over}
      withAsterisk
      allowDeselect={false}
      error={problem && problemText(problem)}
      onChange={(source) => onConfig({ ...step.config, over: source ?? '' })}
      onBlur={() => onBlur('over')}
    />
  );
}

function StopForm({ step, scope, problems, onConfig, onBlur }: ControlFormProps) {
  const { t } = useTranslation('workflows');
  const problem = problems.get('reason');
  return (
    <TemplateInput
      id={fieldDomId(step.id, 'reason')}
      label={t('flow.stop.reason')}
      description={t('flow.stop.help')}
      value={plainText(step.config['reason'])}
      error={problem?.message}
      variables={scope.variables}
      onChange={(reason) => onConfig({ ...step.config, reason })}
      onBlur={() => onBlur('reason')}
    />
  );
}
