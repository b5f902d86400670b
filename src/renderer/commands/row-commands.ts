import type { Command } from './command.ts';

interface SelectRows {
  readonly toggle: () => void;
  /** Takes the row and the next one in that direction along. */
  readonly extend: (step: 1 | -1) => void;
  readonly toggleAll: () => void;
}

/** Moving through the rows of a list, opening and selecting them, the same wherever there are rows. */
export function rowCommands(
  move: (step: 1 | -1) => void,
  open: () => void,
  select?: SelectRows,
): Command[] {
  return [
    row('next_row', 'j', () => move(1), ['arrowdown']),
    row('previous_row', 'k', () => move(-1), ['arrowup']),
    row('open_row', 'enter', open),
    ...(select
      ? [
          row('select_row', 'x', select.toggle),
          row('select_next', 'shift+arrowdown', () => select.extend(1)),
          row('select_previous', 'shift+arrowup', () => select.extend(-1)),
          row('select_all', 'mod+a', select.toggleAll),
        ]
      : []),
  ];
}

type RowCommand =
  | 'next_row'
  | 'previous_row'
  | 'open_row'
  | 'select_row'
  | 'select_next'
  | 'select_previous'
  | 'select_all';

function row(
  id: RowCommand,
  shortcut: string,
  perform: () => void,
  otherShortcuts: readonly string[] = [],
): Command {
  return {
    id,
    label: `commands:${id}`,
    section: 'list',
    shortcut,
    otherShortcuts,
    keyboardOnly: true,
    perform,
  };
}
