import { Button, Select } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Stage } from '../../../../shared/contract/pipelines.ts';
import type { Workflow } from '../../../../shared/contract/workflows.ts';
import type { Problem } from '../../../../shared/workflow/definition.ts';
import {
  isTriggerType,
  type TriggerConfigField,
  triggerDescriptor,
  triggerDescriptors,
  triggerReach,
  triggerTypes,
} from '../../../../shared/workflow/triggers.ts';
import { fieldDomId } from '../model/problem-place.ts';
import {
  type DraftTrigger,
  draftTriggers,
  knownTriggers,
  type WorkflowDraft,
} from '../model/workflow-draft.ts';
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
  readonly onChange: (change: Partial<WorkflowDraft>) => void;
  readonly onBlur: (field: string) => void;
}

/** When the workflow runs, and what it is for. */
export function TriggerForm({
  workflow,
  draft,
  stages,
  problems,
  onChange,
  onBlur,
}: TriggerFormProps) {
  const { t } = useTranslation('workflows');
  const problemText = useProblemText();
  const triggers = draftTriggers(draft);
  const { supplies } = triggerReach(knownTriggers(draft));
  const shown = new Set(
    triggers.flatMap(({ type }, index) => [
      placeOfSetting(index, ''),
      ...settingsOf(type).map(({ name }) => placeOfSetting(index, name)),
    ]),
  );
  const strays = [...problems].filter(
    ([name]) => !name.startsWith('conditions') && !shown.has(name) && !isOfHookForm(name),
  );

  function change(index: number, trigger: DraftTrigger): void {
    if (index === 0)
      return onChange({ trigger_type: trigger.type, trigger_config: trigger.config });
    const further = draft.further_triggers.map((one, at) => (at === index - 1 ? trigger : one));
    onChange({ further_triggers: further });
  }

  /** Without its first trigger the second becomes the first. */
  function remove(index: number): void {
    const [first, ...further] = triggers.filter((_, at) => at !== index);
    if (!first) return;
    onChange({
      trigger_type: first.type,
      trigger_config: first.config,
      further_triggers: further,
    });
  }

  return (
    <form className={classes.form} onSubmit={(event) => event.preventDefault()}>
      <h2 className={classes.formTitle}>{t('editor.trigger')}</h2>
      {triggers.map((trigger, index) => (
        <OneTrigger
          // oxlint-disable-next-line react/no-array-index-key -- a trigger has no other name, and its inputs hold no state
          key={`${index} ${trigger.type}`}
          trigger={trigger}
          index={index}
          stages={stages}
          workflow={workflow}
          problems={problems}
          onBlur={onBlur}
          onChange={(changed) => change(index, changed)}
          {...(triggers.length > 1 ? { onRemove: () => remove(index) } : {})}
        />
      ))}
      <div>
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<Plus size={12} />}
          onClick={() =>
            onChange({
              further_triggers: [...draft.further_triggers, { type: 'deal_updated', config: {} }],
            })
          }
        >
          {t('editor.add_trigger')}
        </Button>
      </div>
      <ConditionEditor
        part="trigger"
        name="conditions"
        label={t('flow.conditions.entry')}
        description={t('flow.conditions.entry_help')}
        value={draft.conditions}
        scope={{ stages, objects: supplies }}
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
    </form>
  );
}

/** The field of the form that a setting's problems belong to: those of further triggers bear their number. */
function placeOfSetting(index: number, name: string): string {
  if (index === 0) return name;
  return name === '' ? String(index) : `${index}.${name}`;
}

/** The form of a hook asks for the fields of a contact, and shows what is wrong with each. */
function isOfHookForm(name: string): boolean {
  return /^(\d+\.)?contact\./.test(name);
}

function settingsOf(type: string): readonly TriggerConfigField[] {
  return isTriggerType(type) ? triggerDescriptor(type).config : [];
}

interface OneTriggerProps {
  readonly workflow: Workflow | null;
  readonly trigger: DraftTrigger;
  readonly index: number;
  readonly stages: readonly Stage[];
  readonly problems: ReadonlyMap<string, Problem>;
  readonly onChange: (trigger: DraftTrigger) => void;
  readonly onBlur: (field: string) => void;
  /** Absent for the only one. */
  readonly onRemove?: () => void;
}

/** One of the events that start the workflow, with what narrows it. */
function OneTrigger({
  workflow,
  trigger,
  index,
  stages,
  problems,
  onChange,
  onBlur,
  onRemove,
}: OneTriggerProps) {
  const { t } = useTranslation('workflows');
  const text = useWorkflowText();
  const problemText = useProblemText();
  const { type, config } = trigger;
  const data = triggerTypes.map((one) => ({
    value: one,
    label: text(`triggers.${one}.label`, { defaultValue: triggerDescriptors[one].label }),
  }));
  const typeProblem = problems.get(placeOfSetting(index, ''));
  const label =
    index === 0 ? t('editor.trigger_type') : t('editor.trigger_number', { number: index + 1 });
  return (
    <div className={classes.trigger} data-further={index > 0 || undefined}>
      <Select
        id={fieldDomId('trigger', placeOfSetting(index, ''))}
        label={label}
        data={isTriggerType(type) ? data : [...data, { value: type, label: type }]}
        value={type}
        allowDeselect={false}
        searchable
        error={typeProblem && problemText(typeProblem)}
        onChange={(chosen) => chosen && chosen !== type && onChange({ type: chosen, config: {} })}
      />
      {settingsOf(type).map((field) => {
        const place = placeOfSetting(index, field.name);
        const problem = problems.get(place);
        return (
          <TriggerSetting
            key={field.name}
            field={field}
            place={place}
            config={config}
            object={isTriggerType(type) ? triggerDescriptor(type).object : null}
            stages={stages}
            value={config[field.name]}
            error={problem && problemText(problem)}
            onChange={(value) => onChange({ type, config: { ...config, [field.name]: value } })}
          />
        );
      })}
      {type === 'webhook_received' && (
        <HookForm
          workflow={workflow}
          config={config}
          placeOf={(name) => placeOfSetting(index, name)}
          problems={problems}
          onChange={(changed) => onChange({ type, config: changed })}
          onBlur={onBlur}
        />
      )}
      {onRemove && (
        <div>
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            leftSection={<X size={12} />}
            onClick={onRemove}
          >
            {t('editor.remove_trigger', { number: index + 1 })}
          </Button>
        </div>
      )}
    </div>
  );
}
