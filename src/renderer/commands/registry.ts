import { useEffect, useRef } from 'react';
import type { Command } from './command.ts';

type Source = () => readonly Command[];

/** `base` is there on every screen and gives way to what a screen says of the same key. */
type Layer = 'base' | 'screen';

/** What is offered now: a shown screen adds its source, later ones win over earlier ones. */
const sources: Record<Layer, Set<Source>> = { base: new Set(), screen: new Set() };

/** Every command that can be performed now, the innermost screen's first. */
export function allCommands(): Command[] {
  const byId = new Map<string, Command>();
  for (const source of [...sources.base, ...sources.screen].toReversed()) {
    for (const command of source()) {
      if (!byId.has(command.id)) byId.set(command.id, command);
    }
  }
  return [...byId.values()];
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
