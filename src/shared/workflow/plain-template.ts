export interface RenderedTemplate {
  readonly text: string;
  /** Paths that were empty and so rendered as nothing. */
  readonly empty: readonly string[];
}

/** A template of text and plain variables alone, as most are: text, or the path of a variable. */
export type PlainTemplate = readonly (string | readonly string[])[];

const variable = /\{\{\s*([a-z_]\w*(?:\.[a-z_]\w*)*)\s*\}\}/gi;

/** Words that Liquid reads as values, and names that it computes. */
const notPlain = new Set([
  'blank',
  'empty',
  'false',
  'first',
  'last',
  'length',
  'nil',
  'null',
  'size',
  'true',
]);

/** @returns null for a template with filters, tags or anything else that only Liquid knows */
export function readPlainTemplate(text: string): PlainTemplate | null {
  const parts: (string | readonly string[])[] = [];
  let end = 0;
  for (const match of text.matchAll(variable)) {
    const path = (match[1] ?? '').split('.');
    if (path.some((segment) => notPlain.has(segment))) return null;
    parts.push(text.slice(end, match.index), path);
    end = match.index + match[0].length;
  }
  parts.push(text.slice(end));
  const isPlain = parts.every((part) => typeof part !== 'string' || !/\{[{%]|[%}]\}/.test(part));
  return isPlain ? parts : null;
}

/**
 * Renders as Liquid does, without its machinery.
 *
 * @returns null when a variable holds more than a text, a number or a truth value: Liquid knows how to show it
 */
export function renderPlainTemplate(
  template: PlainTemplate,
  context: object,
): RenderedTemplate | null {
  let text = '';
  const empty: string[] = [];
  for (const part of template) {
    if (typeof part === 'string') {
      text += part;
      continue;
    }
    const value = lookUp(context, part);
    if (value === null || value === undefined || value === '') empty.push(part.join('.'));
    else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      text += String(value);
    else return null;
  }
  return { text, empty };
}

/** Own properties only, as in Liquid. */
export function lookUp(context: object, path: readonly string[]): unknown {
  let value: unknown = context;
  for (const segment of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.hasOwn(value, segment) ? Reflect.get(value, segment) : undefined;
  }
  return value;
}
