import { notifications } from '@mantine/notifications';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { UndoneAction, UndoResult } from '../../../shared/contract/history.ts';
import type { Command } from '../../commands/command.ts';
import { api } from '../../api/query.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { useActionWords } from './action-words.ts';
import { UndoConflicts } from './undo-conflicts.tsx';

type Direction = 'undo' | 'redo';

const paths = {
  contact: '/contacts',
  company: '/companies',
  deal: '/deals',
  task: '/tasks',
} as const;

/** One toast for undo and redo: pressing the keys again replaces it. */
const toastId = 'undo';
/** Conflicts take longer to read. */
const conflictMs = 12_000;

/** Where an action happened, or null when that is on the screen already. */
function pathOf({ place, record_count }: UndoneAction, isThere: boolean): string | null {
  if (place === null) return null;
  const list = paths[place.object];
  const current = window.location.hash.replace(/^#/, '');
  // A list or a board shows what came back; a panel that is open stays open.
  if (current === list || current.startsWith(`${list}/${place.id}`)) return null;
  return record_count === 1 && isThere ? `${list}/${place.id}` : list;
}

/** Whether the record is there afterwards: what was added and is undone is not. */
function isThereAfter({ object, operation }: UndoneAction, direction: Direction): boolean {
  if (operation === 'update' || object === 'note') return true;
  return (operation === 'delete') === (direction === 'undo');
}

/** Undo and redo, from everywhere; both say what they did and go to where it happened. */
export function useUndoCommands(): readonly Command[] {
  const { t } = useTranslation('history');
  const failureText = useFailureText();
  const words = useActionWords();

  return useMemo(() => {
    function tell(direction: Direction, result: UndoResult): void {
      const { action, conflicts, conflict_count: count } = result;
      notifications.hide(toastId);
      notifications.show({
        id: toastId,
        ...(action && count > 0 ? { autoClose: conflictMs } : {}),
        title: action
          ? words(action, direction)
          : t(direction === 'undo' ? 'nothing_to_undo' : 'nothing_to_redo'),
        message: action && count > 0 ? <UndoConflicts conflicts={conflicts} count={count} /> : null,
      });
    }

    async function run(direction: Direction, navigate: (to: string) => void): Promise<void> {
      try {
        const result = await api.history[direction].call({});
        tell(direction, result);
        const { action } = result;
        const path = action && pathOf(action, isThereAfter(action, direction));
        if (path) navigate(path);
      } catch (error) {
        notifications.show({ title: t('failed'), message: failureText(error), color: 'red' });
      }
    }

    const command = (id: Direction, shortcut: string): Command => ({
      id,
      label: `commands:${id}`,
      section: 'record',
      keywords: 'undo redo back take again',
      shortcut,
      perform: ({ navigate }) => void run(id, navigate),
    });
    return [
      command('undo', 'mod+z'),
      { ...command('redo', 'mod+shift+z'), otherShortcuts: ['mod+y'] },
    ];
  }, [t, failureText, words]);
}
