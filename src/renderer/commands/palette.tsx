import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import '@mantine/spotlight/styles.css';
import { useWindowStore } from '../app/window-store.ts';
import type { CommandContext } from './command.ts';

export function Palette({ context }: { context: CommandContext }) {
  const close = useWindowStore((state) => state.closeOverlay);
  const actions: SpotlightActionGroupData[] = [];
  void context;
  return <Spotlight actions={actions} forceOpened onSpotlightClose={close} />;
}
