import { useEffect, useRef } from 'react';
import type { Command } from './command.ts';

type Source = () => readonly Command[];

/** `base` is there on every screen and gives way to what a screen says of the same key. */
type Layer = 'base' | 'screen';

/** What is offered now: a shown screen adds its source, later ones win over earlier ones. */
const sources: Record<Layer, Set<Source>> = { base: new Set(), screen: new Set() };

/**
 * Every command that can be performed now, the innermost screen's first. One that is there on every screen has no
 * shortcut where a screen gives the key to its own.
 */
export function allCommands(): Command[] {
  const own = commandsOf('screen');
  const taken = new Set([...own.values()].map(({ shortcut }) => shortcut));
  const base = [...commandsOf('base').values()].filter(({ id }) => !own.has(id));
  return [...own.values(), ...base.map((command) => giveWay(command, taken))];
}

function commandsOf(layer: Layer): Map<string, Command> {
  const byId = new Map<string, Command>();
  for (const source of [...sources[layer]].toReversed()) {
    for (const command of source()) {
      if (!byId.has(command.id)) byId.set(command.id, command);
    }
  }
  return byId;
}

function giveWay(command: Command, taken: ReadonlySet<string | undefined>): Command {
  if (command.shortcut === undefined || !taken.has(command.shortcut)) return command;
  const { shortcut: _taken, ...rest } = command;
  return rest;
}

/** A screen's own commands, there as long as it is shown. They may change with every render. */
export function useCommands(commands: readonly Command[], layer: Layer = 'screen'): void {
  const latest = useRef<readonly Command[]>([]);
  useEffect(() => {
    latest.current = commands;
  });
  useEffect(() => {
    const source = () => latest.current;
    sources[layer].add(source);
    return () => {
      sources[layer].delete(source);
    };
  }, [layer]);
}
