import { useTranslation } from 'react-i18next';
import type { Field } from '../../../shared/model/fields/field.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import type { CallFailure } from '../../api/errors.ts';

/** Labels and choices of the registry in the user's language. */
export function useFieldText() {
  const { t, i18n } = useTranslation('fields');
  const translate = (key: string, fallback: string): string =>
    // The keys are made from the registry's names, which the type of `fields` already covers.
    i18n.exists(key, { ns: 'fields' }) ? String(i18n.t(key as never, { ns: 'fields' })) : fallback;

  return {
    label: (object: ObjectName, field: Field) => translate(`${object}.${field.name}`, field.label),
    choice: (field: Field, value: string) => translate(`choice.${field.name}.${value}`, value),
    /** The server names fields as the API does; people know them by their labels. */
    failure: (object: ObjectName, field: Field, { message }: CallFailure): string => {
      const label = translate(`${object}.${field.name}`, field.label);
      return (
        message.replace(new RegExp(`^${field.name}\\b`, 'u'), label) || t('invalid', { label })
      );
    },
  };
}
