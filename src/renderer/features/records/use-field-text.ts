import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../../shared/model/fields/field.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import type { CallFailure } from '../../api/errors.ts';

function fieldText(t: TFunction<'fields'>, exists: (key: string) => boolean) {
  // The keys are made from the registry's names, which the type of the texts already covers.
  const translate = (key: string, fallback: string): string =>
    exists(key) ? String(t(key as never)) : fallback;
  const label = (object: ObjectName, field: Field) =>
    translate(`${object}.${field.name}`, field.label);

  return {
    label,
    choice: (field: Field, value: string) => translate(`choice.${field.name}.${value}`, value),
    /** The server names fields as the API does; people know them by their labels. */
    failure: (object: ObjectName, field: Field, { message }: CallFailure): string =>
      message.replace(new RegExp(`^${field.name}\\b`, 'u'), label(object, field)) ||
      t('invalid', { label: label(object, field) }),
  };
}

/** Labels and choices of the registry in the user's language. */
export function useFieldText() {
  const { t, i18n } = useTranslation('fields');
  return useMemo(() => fieldText(t, (key) => i18n.exists(key, { ns: 'fields' })), [t, i18n]);
}
