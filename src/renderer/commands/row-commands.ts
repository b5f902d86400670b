import type { Command } from './command.ts';

/** Moving through the rows of a list and opening one, the same wherever there are rows. */
export function rowCommands(move: (step: 1 | -1) => void, open: () => void): Command[] {
  return [
    {
      id: 'next_row',
      label: 'commands:next_row',
      section: 'list',
      shortcut: 'j',
      otherShortcuts: ['arrowdown'],
      keyboardOnly: true,
      perform: () => move(1),
    },
    {
      id: 'previous_row',
      label: 'commands:previous_row',
      section: 'list',
      shortcut: 'k',
      otherShortcuts: ['arrowup'],
      keyboardOnly: true,
      perform: () => move(-1),
    },
    {
      id: 'open_row',
      label: 'commands:open_row',
      section: 'list',
      shortcut: 'enter',
      keyboardOnly: true,
      perform: open,
    },
  ];
}
