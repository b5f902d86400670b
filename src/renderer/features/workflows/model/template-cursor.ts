/** What a text input holds, and where its caret is. */
export interface Insertion {
  readonly text: string;
  readonly caret: number;
}

/**
 * Puts `{{path}}` at the caret, in place of the selection. A `{{` just typed before the caret is the
 * user asking for the list, so it is replaced, not doubled.
 */
export function insertVariable(
  text: string,
  path: string,
  selectionStart: number,
  selectionEnd: number,
): Insertion {
  const before = text.slice(0, selectionStart).replace(/\{\{\s*$/, '');
  const after = text
    .slice(selectionEnd)
    .replace(/^\s*\}\}/, (closing) =>
      text.slice(0, selectionStart).endsWith('{{') ? '' : closing,
    );
  const variable = `{{${path}}}`;
  return { text: `${before}${variable}${after}`, caret: before.length + variable.length };
}

/** True just after `{{` was typed: the moment to offer the list. */
export function asksForVariable(text: string, caret: number): boolean {
  return text.slice(0, caret).endsWith('{{') && !text.slice(caret).startsWith('}}');
}
