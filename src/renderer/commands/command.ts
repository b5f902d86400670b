import type { ParseKeys } from 'i18next';
import type { ObjectName } from '../../shared/model/objects.ts';
import type { namespaces } from '../app/i18n/en/index.ts';

export type CommandSection = 'go' | 'create' | 'list' | 'view' | 'workflow' | 'record';

/** What a command may use; handed in, so that a command is a plain object a test can perform. */
export interface CommandContext {
  readonly navigate: (to: string) => void;
  readonly back: () => void;
  readonly openCreate: (object: ObjectName) => void;
}

/** One thing the user can do: the palette, the keyboard, buttons and the list of shortcuts all read it. */
export interface Command {
  readonly id: string;
  /** A key of the `commands` texts, or of another file as `workflows:run_now`. */
  readonly label: CommandLabel;
  readonly section: CommandSection;
  /** Other words people may type, separated by spaces. */
  readonly keywords?: string;
  /** `mod+k`, `shift+?`, or keys one after the other: `g h`. */
  readonly shortcut?: string;
  /** Other keys that do the same. */
  readonly otherShortcuts?: readonly string[];
  /** Works while a text is being typed, too. */
  readonly whileTyping?: boolean;
  /** Not offered by the palette, since it means nothing there. */
  readonly keyboardOnly?: boolean;
  readonly perform: (context: CommandContext) => void;
}

export type CommandLabel = ParseKeys<typeof namespaces>;
