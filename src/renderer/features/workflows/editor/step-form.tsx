import { Select, Switch, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Stage } from '../../../../shared/contract/pipelines.ts';
import { actionDescriptors, isActionType } from '../../../../shared/workflow/actions/index.ts';
import type { ActionDescriptor } from '../../../../shared/workflow/actions/descriptor.ts';
import { onErrorChoices, type Problem } from '../../../../shared/workflow/definition.ts';
import { contextShape, listPaths } from '../../../../shared/workflow/template-context.ts';
import { isTriggerType, triggerDescriptor } from '../../../../shared/workflow/triggers.ts';
import { fieldDomId } from '../model/problem-place.ts';
import type { DraftStep } from '../model/workflow-draft.ts';
import { useProblemText } from '../use-problem-text.ts';
import { useWorkflowText } from '../use-words.ts';
import { ConfigFieldInput, type FormScope } from './config-field-input.tsx';
import classes from './editor.module.css';

interface StepFormProps {
  readonly step: DraftStep;
  readonly number: number;
  readonly earlier: readonly DraftStep[];
  readonly triggerType: string;
  readonly stages: readonly Stage[];
  readonly problems: ReadonlyMap<string, Problem>;
  readonly onChange: (change: Partial<Omit<DraftStep, 'id' | 'type'>>) => void;
  readonly onBlur: (field: string) => void;
}

function useScope(
  triggerType: string,
  earlier: readonly DraftStep[],
  stages: readonly Stage[],
): FormScope {
  return useMemo(() => {
    const trigger = isTriggerType(triggerType) ? triggerType : 'manual';
    return {
      stages,
      objects: triggerDescriptor(trigger).supplies,
      variables: listPaths(contextShape(trigger, earlier)),
    };
  }, [triggerType, earlier, stages]);
}

/** The form of one step, made from its descriptor. */
export function StepForm(props: StepFormProps) {
  const { step, number, earlier, triggerType, stages, problems, onChange, onBlur } = props;
  const { t } = useTranslation('workflows');
  const text = useWorkflowText();
  const problemText = useProblemText();
  const scope = useScope(triggerType, earlier, stages);
  const descriptor: ActionDescriptor | null = isActionType(step.type)
    ? actionDescriptors[step.type]
    : null;
  const general = problems.get('') ?? problems.get('type') ?? problems.get('id');

  return (
    <form className={classes.form} onSubmit={(event) => event.preventDefault()}>
      <div>
        <h2 className={classes.formTitle}>
          {descriptor
            ? text(`actions.${step.type}.label`, { defaultValue: descriptor.label })
            : step.type}
        </h2>
        <p className={classes.formHint}>
          {descriptor
            ? text(`actions.${step.type}.description`, { defaultValue: descriptor.description })
            : t('editor.unknown_step', { type: step.type })}
        </p>
        {general && (
          <p role="alert" id={fieldDomId(step.id, '')} tabIndex={-1} className={classes.formError}>
            {problemText(general)}
          </p>
        )}
      </div>
      {descriptor?.config.map((field) => {
        const problem = problems.get(field.name);
        return (
          <ConfigFieldInput
            key={`${step.id} ${field.name}`}
            id={fieldDomId(step.id, field.name)}
            field={field}
            config={step.config}
            scope={scope}
            error={problem && problemText(problem)}
            onChange={(change) => onChange({ config: { ...step.config, ...change } })}
            onBlur={() => onBlur(field.name)}
          />
        );
      })}
      {[...problems.keys()]
        .filter((name) => !['', 'type', 'id'].includes(name))
        .filter((name) => !descriptor?.config.some((field) => field.name === name))
        .map((name) => (
          <p
            key={name}
            role="alert"
            id={fieldDomId(step.id, name)}
            tabIndex={-1}
            className={classes.formError}
          >
            {problems.get(name)?.message}
          </p>
        ))}
      <div className={classes.formOptions}>
        <TextInput
          id={fieldDomId(step.id, 'name')}
          label={t('editor.step_name')}
          description={t('editor.step_name_help')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder={t('editor.step_number', { number })}
          value={step.name}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <Select
          id={fieldDomId(step.id, 'on_error')}
          label={t('editor.on_error')}
          data={onErrorChoices.map((value) => ({ value, label: t(`editor.on_error_${value}`) }))}
          value={step.on_error}
          allowDeselect={false}
          onChange={(value) =>
            onChange({ on_error: onErrorChoices.find((choice) => choice === value) ?? 'stop' })
          }
        />
        <Switch
          label={t('editor.enabled')}
          checked={step.enabled}
          onChange={(event) => onChange({ enabled: event.currentTarget.checked })}
        />
      </div>
    </form>
  );
}
