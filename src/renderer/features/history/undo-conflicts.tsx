import { useTranslation } from 'react-i18next';
import type { UndoConflict } from '../../../shared/contract/history.ts';
import { findField } from '../../../shared/model/fields/registry.ts';
import { isObjectName } from '../../../shared/model/objects.ts';
import { useFieldText } from '../records/use-field-text.ts';
import classes from './history.module.css';
import { customFields } from '../records/known-custom-fields.ts';

/** As many as fit into a toast. */
const shownConflicts = 4;

/** What undo left as it is, and why. */
export function UndoConflicts({
  conflicts,
  count,
}: {
  readonly conflicts: readonly UndoConflict[];
  readonly count: number;
}) {
  const { t } = useTranslation('history');
  const fieldText = useFieldText();
  const shown = conflicts.slice(0, shownConflicts);
  const labelOf = ({ object, field }: UndoConflict): string => {
    if (field === null || !isObjectName(object)) return field ?? '';
    const known = findField(object, field, customFields());
    return known ? fieldText.label(object, known) : field;
  };
  return (
    <>
      {t('kept', { count })}
      <ul className={classes.conflicts}>
        {shown.map((conflict) => (
          <li key={`${conflict.record_id} ${conflict.field}`}>
            {t(`${conflict.object === 'note' ? 'note_conflict' : 'conflict'}.${conflict.reason}`, {
              field: labelOf(conflict),
              name: conflict.record_name ?? t('a_record'),
            })}
          </li>
        ))}
        {count > shown.length && <li>{t('and_more', { count: count - shown.length })}</li>}
      </ul>
    </>
  );
}
