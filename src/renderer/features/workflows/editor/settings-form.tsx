import { NumberInput, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Stage } from '../../../../shared/contract/pipelines.ts';
import {
  missedChoices,
  type Problem,
  reEntryChoices,
} from '../../../../shared/workflow/definition.ts';
import { triggerReach } from '../../../../shared/workflow/triggers.ts';
import { ZoneSelect } from '../../../ui/zone-select.tsx';
import { fieldDomId } from '../model/problem-place.ts';
import { plainText } from '../model/trigger-words.ts';
import { knownTriggers, type WorkflowDraft } from '../model/workflow-draft.ts';
import { useProblemText } from '../use-problem-text.ts';
import { useWorkingZone } from '../use-working-zone.ts';
import { ConditionEditor } from './condition-editor.tsx';
import classes from './editor.module.css';
import { SpanInput } from './span-input.tsx';

interface SettingsFormProps {
  readonly draft: WorkflowDraft;
  readonly stages: readonly Stage[];
  readonly problems: ReadonlyMap<string, Problem>;
  readonly onChange: (change: Partial<WorkflowDraft>) => void;
  readonly onBlur: (field: string) => void;
}

/** How a workflow takes records in and lets them go, and what it does about times that were missed. */
export function SettingsForm({ draft, stages, problems, onChange, onBlur }: SettingsFormProps) {
  const { t } = useTranslation('workflows');
  const problemText = useProblemText();
  const zone = useWorkingZone();
  const { settings } = draft;
  const { supplies } = triggerReach(knownTriggers(draft));
  const set = (name: string, value: unknown): void =>
    onChange({ settings: { ...settings, [name]: value } });
  const errorAt = (name: string): string | undefined => {
    const problem = problems.get(name);
    return problem && problemText(problem);
  };
  const missed = plainText(settings['missed']) || 'run';
  const conditions = (name: 'goal' | 'exit_when') => (
    <ConditionEditor
      part="settings"
      name={name}
      label={t(`settings.${name}`)}
      description={t(`settings.${name}_help`)}
      value={settings[name] ?? null}
      scope={{ stages, objects: supplies }}
      problems={problems}
      onChange={(tree) => set(name, tree)}
      onBlur={(field) => onBlur(`settings.${field}`)}
    />
  );

  return (
    <form className={classes.form} onSubmit={(event) => event.preventDefault()}>
      <Select
        id={fieldDomId('settings', 're_entry')}
        label={t('settings.re_entry')}
        data={reEntryChoices.map((value) => ({
          value,
          label: t(`settings.re_entry_choices.${value}`),
        }))}
        value={plainText(settings['re_entry']) || 'after_exit'}
        allowDeselect={false}
        error={errorAt('re_entry')}
        onChange={(value) => set('re_entry', value === 'after_exit' ? undefined : value)}
      />
      {conditions('goal')}
      {conditions('exit_when')}
      <Select
        id={fieldDomId('settings', 'missed')}
        label={t('settings.missed')}
        description={t('settings.missed_help')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={missedChoices.map((value) => ({
          value,
          label: t(`settings.missed_choices.${value}`),
        }))}
        value={missed}
        allowDeselect={false}
        error={errorAt('missed')}
        onChange={(value) =>
          onChange({
            settings: {
              ...settings,
              missed: value === 'run' ? undefined : value,
              // With skip nothing that was missed is done, however late.
              ...(value === 'skip' ? { max_lateness: undefined } : {}),
            },
          })
        }
      />
      {(missed !== 'skip' || settings['max_lateness'] !== undefined) && (
        <SpanInput
          id={fieldDomId('settings', 'max_lateness')}
          label={t('settings.max_lateness')}
          description={t('settings.max_lateness_help')}
          value={plainText(settings['max_lateness'])}
          error={errorAt('max_lateness')}
          onChange={(value) => set('max_lateness', value === '' ? undefined : value)}
        />
      )}
      <ZoneSelect
        id={fieldDomId('settings', 'time_zone')}
        label={t('settings.time_zone')}
        placeholder={t('editor.any_zone', { zone })}
        value={plainText(settings['time_zone'])}
        error={errorAt('time_zone')}
        onChange={(value) => set('time_zone', value === '' ? undefined : value)}
      />
      <NumberInput
        id={fieldDomId('settings', 'priority')}
        label={t('settings.priority')}
        description={t('settings.priority_help')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        allowDecimal={false}
        value={Number(settings['priority'] ?? 0)}
        error={errorAt('priority')}
        onChange={(value) => set('priority', Number(value) === 0 ? undefined : Number(value))}
      />
    </form>
  );
}
