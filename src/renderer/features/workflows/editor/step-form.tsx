import { Select, Switch, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Stage } from '../../../../shared/contract/pipelines.ts';
import { actionDescriptors, isActionType } from '../../../../shared/workflow/actions/index.ts';
import type { ActionDescriptor } from '../../../../shared/workflow/actions/descriptor.ts';
import {
  isControlType,
  onErrorChoices,
  type Problem,
} from '../../../../shared/workflow/definition.ts';
import { isForEachSource } from '../../../../shared/workflow/check-control.ts';
import { itemObjectOf } from '../../../../shared/workflow/check-steps.ts';
import { contextShape, listPaths } from '../../../../shared/workflow/template-context.ts';
import { type TriggerLike, triggerReach } from '../../../../shared/workflow/triggers.ts';
import { fieldDomId } from '../model/problem-place.ts';
import { isKnownStep, stepDescription, stepLabel } from '../model/step-label.ts';
import type { StepChange } from '../model/draft-tree.ts';
import type { DraftStep } from '../model/workflow-draft.ts';
import { useProblemText } from '../use-problem-text.ts';
import { useWorkflowText } from '../use-words.ts';
import { ConfigFieldInput, type FormScope } from './config-field-input.tsx';
import { ControlForm, controlShows } from './control-form.tsx';
import { ReadyForms } from './ready-forms.tsx';
import classes from './editor.module.css';
import { customFields } from '../../records/known-custom-fields.ts';

interface StepFormProps {
  readonly step: DraftStep;
  readonly number: number;
  readonly earlier: readonly DraftStep[];
  /** What the `for_each` steps around it go through. */
  readonly loops: readonly string[];
  readonly triggers: readonly TriggerLike[];
  readonly stages: readonly Stage[];
  readonly problems: ReadonlyMap<string, Problem>;
  readonly onChange: (change: StepChange) => void;
  readonly onBlur: (field: string) => void;
}

function useScope(
  triggers: readonly TriggerLike[],
  earlier: readonly DraftStep[],
  loops: readonly string[],
  stages: readonly Stage[],
): FormScope {
  return useMemo(() => {
    // With no trigger that is known, any record may turn out to be there.
    const known = triggers.length === 0 ? [{ type: 'manual' } as const] : triggers;
    const items = loops.flatMap((over) => (isForEachSource(over) ? [itemObjectOf(over)] : []));
    const objects = [...new Set([...triggerReach(known).supplies, ...items])];
    return {
      stages,
      objects,
      variables: listPaths(contextShape(known, earlier, objects, customFields())),
    };
  }, [triggers, earlier, loops, stages]);
}

/** The form of one step, made from its descriptor. */
export function StepForm(props: StepFormProps) {
  const { step, number, earlier, loops, triggers, stages, problems, onChange, onBlur } = props;
  const { t } = useTranslation('workflows');
  const text = useWorkflowText();
  const problemText = useProblemText();
  const [filled, setFilled] = useState(0);
  const scope = useScope(triggers, earlier, loops, stages);
  const descriptor: ActionDescriptor | null = isActionType(step.type)
    ? actionDescriptors[step.type]
    : null;
  const control = isControlType(step.type) ? step.type : null;
  const general =
    (control === 'wait' ? undefined : problems.get('')) ??
    problems.get('type') ??
    problems.get('id');
  const shows = (field: string): boolean =>
    ['', 'type', 'id'].includes(field) ||
    (control !== null && controlShows(control, field)) ||
    descriptor?.config.some(({ name }) => name === field) === true;

  return (
    <form className={classes.form} onSubmit={(event) => event.preventDefault()}>
      <div>
        <h2 className={classes.formTitle}>{stepLabel(step.type, text)}</h2>
        <p className={classes.formHint}>
          {isKnownStep(step.type)
            ? stepDescription(step.type, text)
            : t('editor.unknown_step', { type: step.type })}
        </p>
        {general && (
          <p role="alert" id={fieldDomId(step.id, '')} tabIndex={-1} className={classes.formError}>
            {problemText(general)}
          </p>
        )}
      </div>
      {control && (
        <ControlForm
          type={control}
          step={step}
          scope={scope}
          problems={problems}
          onConfig={(config) => onChange({ config })}
          onLists={(lists) => onChange({ lists })}
          onBlur={onBlur}
        />
      )}
      <ReadyForms
        type={step.type}
        onChoose={(config) => {
          onChange({ config: { ...step.config, ...config } });
          setFilled(filled + 1);
        }}
      />
      {descriptor?.config.map((field) => {
        const problem = problems.get(field.name);
        return (
          <ConfigFieldInput
            // A ready form fills inputs that keep what was typed: they begin anew.
            key={`${step.id} ${field.name} ${filled}`}
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
        .filter((name) => !shows(name))
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
        {!control && (
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
        )}
        <Switch
          label={t('editor.enabled')}
          checked={step.enabled}
          onChange={(event) => onChange({ enabled: event.currentTarget.checked })}
        />
      </div>
    </form>
  );
}
