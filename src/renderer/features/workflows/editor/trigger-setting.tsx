import { MultiSelect, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Stage } from '../../../../shared/contract/pipelines.ts';
import { editableFieldsOf } from '../../../../shared/model/fields/registry.ts';
import { type ObjectName, objectNames } from '../../../../shared/model/objects.ts';
import type { TriggerConfigField } from '../../../../shared/workflow/triggers.ts';
import { fieldDomId } from '../model/problem-place.ts';
import { useWorkflowText } from '../use-words.ts';
import { customFields } from '../../records/known-custom-fields.ts';

interface TriggerSettingProps {
  readonly field: TriggerConfigField;
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
  object,
  stages,
  value,
  error,
  onChange,
}: TriggerSettingProps) {
  const { t } = useTranslation(['workflows', 'fields']);
  const text = useWorkflowText();
  const shared = {
    id: fieldDomId('trigger', field.name),
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
  }
}
