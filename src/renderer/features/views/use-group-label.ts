import { useTranslation } from 'react-i18next';
import type { Field } from '../../../shared/model/fields/field.ts';
import { usePipelines } from '../deals/use-pipelines.ts';
import { useFieldText } from '../records/use-field-text.ts';
import { useStages } from '../workflows/use-words.ts';

/** What people call a group: the stage's or choice's name, or that of the record a link points at. */
export function useGroupLabel(
  field: Field,
): (value: string | null, label: string | null) => string {
  const { t } = useTranslation('views');
  const fieldText = useFieldText();
  const stages = useStages();
  const pipelines = usePipelines();
  return (value, label) => {
    if (value === null) return t('empty_group');
    if (field.type === 'stage') return stages.find((one) => one.slug === value)?.name ?? value;
    if (field.type === 'pipeline')
      return pipelines?.find((one) => one.slug === value)?.name ?? value;
    if (field.type === 'choice') return fieldText.choice(field, value);
    return label ?? value;
  };
}
