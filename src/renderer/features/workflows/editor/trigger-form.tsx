import { Select, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Stage } from '../../../../shared/contract/pipelines.ts';
import type { Workflow } from '../../../../shared/contract/workflows.ts';
import type { Problem } from '../../../../shared/workflow/definition.ts';
import {
  isTriggerType,
  triggerDescriptor,
  triggerDescriptors,
  triggerTypes,
} from '../../../../shared/workflow/triggers.ts';
import { fieldDomId } from '../model/problem-place.ts';
import type { WorkflowDraft } from '../model/workflow-draft.ts';
import { useProblemText } from '../use-problem-text.ts';
import { useWorkflowText } from '../use-words.ts';
import { HookForm } from './hook-form.tsx';
import { ConditionEditor } from './condition-editor.tsx';
import classes from './editor.module.css';
import { TriggerSetting } from './trigger-setting.tsx';

interface TriggerFormProps {
  /** Null for a workflow that is not saved yet. */
  readonly workflow: Workflow | null;
  readonly draft: WorkflowDraft;
  readonly stages: readonly Stage[];
  readonly problems: ReadonlyMap<string, Problem>;
  readonly detailProblems: ReadonlyMap<string, Problem>;
  readonly onChange: (change: Partial<WorkflowDraft>) => void;
  readonly onBlur: (field: string) => void;
}

/** When the workflow runs, and what it is for. */
export function TriggerForm({
  workflow,
  draft,
  stages,
  problems,
  detailProblems,
  onChange,
  onBlur,
}: TriggerFormProps) {
  const { t } = useTranslation('workflows');
  const text = useWorkflowText();
  const problemText = useProblemText();
  const known = isTriggerType(draft.trigger_type);
  const config = isTriggerType(draft.trigger_type)
    ? triggerDescriptor(draft.trigger_type).config
    : [];
  const objects = isTriggerType(draft.trigger_type)
    ? triggerDescriptor(draft.trigger_type).supplies
    : [];
  const data = triggerTypes.map((type) => ({
    value: type,
    label: text(`triggers.${type}.label`, { defaultValue: triggerDescriptors[type].label }),
  }));
  const typeProblem = problems.get('');
  const strays = [...problems].filter(
    ([name]) =>
      name !== '' &&
      !name.startsWith('conditions') &&
      !name.startsWith('contact.') &&
      // The hook's form asks for the fields of a contact, not for the mapping as a whole.
      (name === 'contact' || !config.some((field) => field.name === name)),
  );

  return (
    <form className={classes.form} onSubmit={(event) => event.preventDefault()}>
      <h2 className={classes.formTitle}>{t('editor.trigger')}</h2>
      <Select
        id={fieldDomId('trigger', '')}
        label={t('editor.trigger_type')}
        data={known ? data : [...data, { value: draft.trigger_type, label: draft.trigger_type }]}
        value={draft.trigger_type}
        allowDeselect={false}
        error={typeProblem && problemText(typeProblem)}
        onChange={(type) => type && onChange({ trigger_type: type, trigger_config: {} })}
      />
      {config.map((field) => {
        const problem = problems.get(field.name);
        return (
          <TriggerSetting
            key={field.name}
            field={field}
            object={
              isTriggerType(draft.trigger_type)
                ? triggerDescriptor(draft.trigger_type).object
                : null
            }
            stages={stages}
            value={draft.trigger_config[field.name]}
            error={problem && problemText(problem)}
            onChange={(value) =>
              onChange({ trigger_config: { ...draft.trigger_config, [field.name]: value } })
            }
          />
        );
      })}
      {draft.trigger_type === 'webhook_received' && (
        <HookForm
          workflow={workflow}
          config={draft.trigger_config}
          problems={problems}
          onChange={(trigger_config) => onChange({ trigger_config })}
          onBlur={onBlur}
        />
      )}
      <ConditionEditor
        part="trigger"
        name="conditions"
        label={t('flow.conditions.entry')}
        description={t('flow.conditions.entry_help')}
        value={draft.conditions}
        scope={{ stages, objects }}
        problems={problems}
        onChange={(conditions) => onChange({ conditions })}
        onBlur={onBlur}
      />
      {strays.map(([name, problem]) => (
        <p
          key={name}
          role="alert"
          id={fieldDomId('trigger', name)}
          tabIndex={-1}
          className={classes.formError}
        >
          {problemText(problem)}
        </p>
      ))}
      <div className={classes.formOptions}>
        <Textarea
          id={fieldDomId('details', 'description')}
          label={t('editor.description')}
          placeholder={t('editor.description_placeholder')}
          autosize
          minRows={3}
          maxRows={10}
          value={draft.description}
          error={detailProblems.get('description')?.message}
          onChange={(event) => onChange({ description: event.currentTarget.value })}
        />
      </div>
    </form>
  );
}
