import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import type { Command, CommandContext } from './command.ts';

interface RegistryState {
  /** Later layers win: a screen's `c` hides the global one. */
  layers: readonly (readonly Command[])[];
}

export const useRegistry = create<RegistryState>()(() => ({ layers: [] }));

export function registerCommands(commands: readonly Command[]): () => void {
  useRegistry.setState(({ layers }) => ({ layers: [...layers, commands] }));
  return () => {
    useRegistry.setState(({ layers }) => ({
      layers: layers.filter((layer) => layer !== commands),
    }));
  };
}

/** Every command that can be performed now, the innermost screen's first. */
export function allCommands(): Command[] {
  const seen = new Set<string>();
  return useRegistry
    .getState()
    .layers.toReversed()
    .flat()
    .filter((command) => {
      if (seen.has(command.id)) return false;
      seen.add(command.id);
      return true;
    });
}

/** A screen's own commands, there as long as it is shown. They may change with every render. */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands);
  latest.current = commands;
  const identity = commands.map((command) => `${command.id} ${command.shortcut ?? ''}`).join('\n');
  useEffect(() => {
    // Registered once and looked up late, so that a new closure each render costs nothing.
    const stable = latest.current.map(
      (command): Command =>
        Object.assign({}, command, {
          perform: (context: CommandContext) =>
            latest.current.find(({ id }) => id === command.id)?.perform(context),
        }),
    );
    return registerCommands(stable);
  }, [identity]);
}
