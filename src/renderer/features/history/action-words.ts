import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { UndoneAction } from '../../../shared/contract/history.ts';

/** What was undone or done again, in words: “Undone: Anna Berg was changed”. */
export function useActionWords() {
  const { t } = useTranslation('history');
  return useCallback(
    (action: UndoneAction, direction: 'undo' | 'redo'): string => {
      const nameOf = ({ object, record_name }: UndoneAction): string => {
        const name = record_name ?? t('a_record');
        if (object === 'tag') return t('a_tag', { name });
        if (object === 'custom_field') return t('a_field', { name });
        if (object === 'pipeline') return t('a_pipeline', { name });
        if (object === 'stage') return t('a_stage', { name });
        if (object === 'contact_link') return t('a_link_on', { name });
        return object === 'note' ? t('a_note_on', { name }) : name;
      };
      const what =
        action.record_count > 1 ? t('records', { count: action.record_count }) : nameOf(action);
      return t(`${direction === 'undo' ? 'undone' : 'redone'}.${action.operation}`, { what });
    },
    [t],
  );
}
