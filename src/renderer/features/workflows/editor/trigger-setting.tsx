import { MultiSelect, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Stage } from '../../../../shared/contract/pipelines.ts';
import { editableFieldsOf } from '../../../../shared/model/fields/registry.ts';
import { type ObjectName, objectNames } from '../../../../shared/model/objects.ts';
import type { TriggerConfigField } from '../../../../shared/workflow/triggers.ts';
import type { Field } from '../../../../shared/model/fields/field.ts';
import { ZoneSelect } from '../../../ui/zone-select.tsx';
import { fieldGroups, namedField } from '../model/condition-words.ts';
import { fieldDomId } from '../model/problem-place.ts';
import { plainText } from '../model/trigger-words.ts';
import { useWorkflowText } from '../use-words.ts';
import { customFields } from '../../records/known-custom-fields.ts';
import { useWorkingZone } from '../use-working-zone.ts';
import { CronInput } from './cron-input.tsx';
import { SpanInput } from './span-input.tsx';
import { TimeInput } from './time-input.tsx';

function isDate({ type }: Field): boolean {
  return type === 'date' || type === 'datetime';
}

/** Whether a date field holds a calendar day, without a time. */
function fieldHoldsDay(path: unknown): boolean {
  return namedField(plainText(path))?.field.type === 'date';
}

interface TriggerSettingProps {
  readonly field: TriggerConfigField;
  /** Where its problems belong: the name of the setting, after the number of a further trigger. */
  readonly place: string;
  /** The config it is part of. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The object the trigger is about; null for any. */
  readonly object: ObjectName | null;
  readonly stages: readonly Stage[];
  readonly value: unknown;
  readonly error: string | undefined;
  readonly onChange: (value: string | string[]) => void;
}

/** One setting that narrows a trigger; left empty it asks for nothing. */
export function TriggerSetting({
  field,
  place,
  config,
  object,
  stages,
  value,
  error,
  onChange,
}: TriggerSettingProps) {
  const { t } = useTranslation(['workflows', 'fields']);
  const zone = useWorkingZone();
  const text = useWorkflowText();
  const shared = {
    id: fieldDomId('trigger', place),
    label: text(`editor.${field.name}`, { defaultValue: field.label }),
    error,
  };
  const chosen = typeof value === 'string' && value !== '' ? value : null;
  switch (field.type) {
    case 'stage':
      return (
        <Select
          {...shared}
          placeholder={t('editor.any_stage')}
          data={stages.map((stage) => ({ value: stage.slug, label: stage.name }))}
          value={chosen}
          clearable
          onChange={(stage) => onChange(stage ?? '')}
        />
      );
    case 'object':
      return (
        <Select
          {...shared}
          placeholder={t('editor.any_object')}
          data={objectNames.map((name) => ({
            value: name,
            label: text(`objects_title.${name}`, { defaultValue: name }),
          }))}
          value={chosen}
          clearable
          onChange={(name) => onChange(name ?? '')}
        />
      );
    case 'fields': {
      const known = object ? editableFieldsOf(object, customFields()) : [];
      return (
        <MultiSelect
          {...shared}
          placeholder={Array.isArray(value) && value.length > 0 ? '' : t('editor.any_field')}
          data={known.map(({ name, label }) => ({ value: name, label }))}
          value={Array.isArray(value) ? value.map(String) : []}
          searchable
          onChange={onChange}
        />
      );
    }
    case 'tag':
      return (
        <TextInput
          {...shared}
          placeholder={t('editor.any_tag')}
          value={chosen ?? ''}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'date_field':
      return (
        <Select
          {...shared}
          placeholder={t('editor.choose')}
          data={fieldGroups(objectNames, text, isDate)}
          value={chosen}
          withAsterisk={field.required === true}
          allowDeselect={false}
          searchable
          onChange={(name) => onChange(name ?? '')}
        />
      );
    case 'span':
      return <SpanInput {...shared} value={chosen ?? ''} signed onChange={onChange} />;
    case 'time':
      return (
        <TimeInput
          {...shared}
          value={chosen ?? ''}
          description={t(
            fieldHoldsDay(config['field']) ? 'editor.at_help_date' : 'editor.at_help_time',
          )}
          onChange={onChange}
        />
      );
    case 'cron':
      return (
        <CronInput
          id={shared.id}
          value={chosen ?? ''}
          timeZone={plainText(config['time_zone']) || zone}
          error={error}
          onChange={onChange}
        />
      );
    case 'zone':
      return (
        <ZoneSelect
          {...shared}
          value={chosen ?? ''}
          placeholder={t('editor.any_zone', { zone })}
          onChange={onChange}
        />
      );
    case 'flag':
    case 'hook_contact':
    case 'hook_absent':
      // The hook's own form asks for them.
      return null;
  }
}
