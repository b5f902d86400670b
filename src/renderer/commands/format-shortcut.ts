import { isMac } from './keyboard.ts';

const names: Readonly<Record<string, string>> = {
  mod: isMac ? '⌘' : 'Ctrl',
  shift: isMac ? '⇧' : 'Shift',
  alt: isMac ? '⌥' : 'Alt',
  enter: 'Enter',
  escape: 'Esc',
  space: 'Space',
  arrowdown: '↓',
  arrowup: '↑',
  arrowleft: '←',
  arrowright: '→',
};

function key(name: string): string {
  return names[name] ?? name.toUpperCase();
}

/** One press as people read it: `Ctrl K`, on a Mac `⌘K`. */
export function formatShortcut(press: string): string {
  return press
    .split('+')
    .map(key)
    .join(isMac ? '' : ' ');
}

/** `g h` is two presses, one after the other. */
export function shortcutPresses(shortcut: string): string[] {
  return shortcut.split(' ').map(formatShortcut);
}
