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
        return object === 'note' ? t('a_note_on', { name }) : name;
      };
      const what =
        action.record_count > 1 ? t('records', { count: action.record_count }) : nameOf(action);
      return t(`${direction === 'undo' ? 'undone' : 'redone'}.${action.operation}`, { what });
    },
    [t],
  );
}
