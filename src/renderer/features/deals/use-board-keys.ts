import { type RefObject, useCallback } from 'react';
import type { Command } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';

type Direction = 'next' | 'previous' | 'left' | 'right';

const keys = [
  { id: 'next_row', direction: 'next', shortcut: 'j', other: 'arrowdown' },
  { id: 'previous_row', direction: 'previous', shortcut: 'k', other: 'arrowup' },
  { id: 'column_left', direction: 'left', shortcut: 'arrowleft', other: 'h' },
  { id: 'column_right', direction: 'right', shortcut: 'arrowright', other: 'l' },
] as const;

/** The keyboard goes from card to card; Enter opens the one it is on, Space picks it up. */
export function useBoardKeys(board: RefObject<HTMLElement | null>): void {
  const move = useCallback(
    (direction: Direction) => {
      const columns = [...(board.current?.querySelectorAll('section[data-stage]') ?? [])].map(
        (column) => [...column.querySelectorAll<HTMLElement>('[data-deal-id]')],
      );
      const focused = document.activeElement;
      const column = columns.findIndex((cards) => cards.some((card) => card === focused));
      const row = columns[column]?.findIndex((card) => card === focused) ?? -1;
      const target =
        column === -1
          ? columns.find((cards) => cards.length > 0)?.[0]
          : direction === 'next' || direction === 'previous'
            ? columns[column]?.[row + (direction === 'next' ? 1 : -1)]
            : nearest(columns, column, direction === 'right' ? 1 : -1)?.[row];
      const fallback = target ?? (column === -1 ? undefined : lastOf(columns, column, direction));
      fallback?.focus();
      fallback?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    },
    [board],
  );

  useCommands(
    keys.map(
      ({ id, direction, shortcut, other }): Command => ({
        id,
        label: `commands:${id}`,
        section: 'list',
        shortcut,
        otherShortcuts: [other],
        keyboardOnly: true,
        perform: () => move(direction),
      }),
    ),
  );
}

/** The next column that way which has a card. */
function nearest(
  columns: readonly (readonly HTMLElement[])[],
  from: number,
  step: 1 | -1,
): readonly HTMLElement[] | undefined {
  for (let at = from + step; at >= 0 && at < columns.length; at += step) {
    const cards = columns[at];
    if (cards && cards.length > 0) return cards;
  }
  return undefined;
}

/** A shorter column is entered at its last card. */
function lastOf(
  columns: readonly (readonly HTMLElement[])[],
  from: number,
  direction: Direction,
): HTMLElement | undefined {
  if (direction === 'next' || direction === 'previous') return undefined;
  return nearest(columns, from, direction === 'right' ? 1 : -1)?.at(-1);
}
