import type { Command, CommandContext } from './command.ts';
import { allCommands } from './registry.ts';

/** Time to press the second key of `g h`. */
const sequenceTimeout = 1_000;

export const isMac = navigator.userAgent.includes('Mac');

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio'].includes(target.type);
  return target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName);
}

/** Keys that a focused control needs for itself. */
function belongsToControl(event: KeyboardEvent): boolean {
  if (!(event.target instanceof HTMLElement)) return false;
  if (event.key !== 'Enter' && event.key !== ' ') return false;
  return event.target.closest('button, a, input, [role="menuitem"], [role="option"]') !== null;
}

function isLetter(event: KeyboardEvent): boolean {
  return event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
}

/** The name of a key press as shortcuts write it: `mod+k`, `c`, `shift+enter`, `?`. */
function nameOf(event: KeyboardEvent): string {
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase();
  const shifted = event.shiftKey && (key.length > 1 || mod);
  return `${mod ? 'mod+' : ''}${event.altKey ? 'alt+' : ''}${shifted ? 'shift+' : ''}${key}`;
}

function find(keys: string, typing: boolean): Command | undefined {
  return allCommands().find(
    (command) =>
      (command.shortcut === keys || command.otherShortcuts?.includes(keys)) &&
      (!typing || command.whileTyping === true),
  );
}

/** Listens until the returned function is called. */
export function listenToKeyboard(
  context: CommandContext,
  /** True while a dialog is open, which keeps single keys to itself. */
  isBlocked: () => boolean,
  /** Offered each letter that is typed into nothing; true when it was wanted. */
  typeAhead: (letter: string) => boolean,
): () => void {
  let prefix = '';
  let timer = 0;

  function forget(): void {
    prefix = '';
    window.clearTimeout(timer);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    const typing = isTyping(event.target);
    const name = nameOf(event);
    if (!typing && isLetter(event) && typeAhead(event.key)) {
      event.preventDefault();
      return;
    }
    if (isBlocked() && !name.startsWith('mod+')) return;
    if (belongsToControl(event)) return;

    const command = (prefix && find(`${prefix} ${name}`, typing)) || find(name, typing);
    if (command) {
      event.preventDefault();
      forget();
      command.perform(context);
      return;
    }
    const starts = allCommands().some((other) => other.shortcut?.startsWith(`${name} `));
    forget();
    if (starts && !typing) {
      prefix = name;
      timer = window.setTimeout(forget, sequenceTimeout);
    }
  }

  document.addEventListener('keydown', onKeyDown);
  return () => document.removeEventListener('keydown', onKeyDown);
}
