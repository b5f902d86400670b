import { Liquid, type Template } from 'liquidjs';
import {
  lookUp,
  type PlainTemplate,
  readPlainTemplate,
  renderPlainTemplate,
  type RenderedTemplate,
} from './plain-template.ts';

export type { RenderedTemplate } from './plain-template.ts';

/**
 * The one Liquid engine: what the editor accepts is what a run resolves. It reads no files
 * (`templates: {}`), calls no inherited methods, and stops a template that grows or runs without end.
 */
const options = {
  strictFilters: true,
  // Absent paths render empty at run time, with a warning; `checkTemplate` refuses impossible ones before.
  strictVariables: false,
  ownPropertyOnly: true,
  templates: {},
  parseLimit: 100_000,
  renderLimit: 1_000,
  memoryLimit: 10_000_000,
} as const;

function createEngine(escaping: boolean): Liquid {
  const liquid = new Liquid({ ...options, ...(escaping ? { outputEscape: 'escape' } : {}) });
  // A choice by chance would make a second run of the same event another one.
  liquid.unregisterFilter('sample');
  const plainDate: unknown = liquid.filters['date'];
  /**
   * Liquid's own `date` asks the machine for "now" and for its zone. Here "now" is the `now` of the context, and days
   * and hours are those of the zone the template is rendered for.
   */
  liquid.registerFilter('date', function date(value: unknown, format?: unknown, zone?: unknown) {
    if (typeof plainDate !== 'function') throw new Error('Liquid has no date filter');
    const { environments, globals } = this.context;
    const isNow = value === 'now' || value === 'today';
    const at: unknown = isNow ? Reflect.get(environments, 'now') : value;
    return plainDate.call(this, at, format, zone ?? Reflect.get(globals, 'time_zone')) as unknown;
  });
  return liquid;
}

const liquid = createEngine(false);

/** The same engine for HTML: what a variable holds is text there, never markup. */
const htmlLiquid = createEngine(true);

interface ParsedTemplate {
  readonly templates: Template[];
  /** Paths the template expects from its context; the first segment is always text. */
  readonly paths: readonly (readonly string[])[];
  readonly plain: PlainTemplate | null;
}

// Definitions are parsed again and again by runs; the texts are few and short.
const parsedTemplates = new Map<string, ParsedTemplate>();
const parsedTemplatesLimit = 2_000;

export function hasTemplate(text: string): boolean {
  return text.includes('{{') || text.includes('{%');
}

function parse(text: string): ParsedTemplate {
  const known = parsedTemplates.get(text);
  if (known) return known;
  const templates = liquid.parse(text);
  const segments = liquid.globalVariableSegmentsSync(templates);
  // A segment may itself be a variable (`deal[field]`); what it names is only known at run time.
  const paths = segments.map((path) => {
    const dynamic = path.findIndex((segment) => Array.isArray(segment));
    return (dynamic === -1 ? path : path.slice(0, dynamic)).map(String);
  });
  const parsed = { templates, paths, plain: readPlainTemplate(text) };
  if (parsedTemplates.size >= parsedTemplatesLimit) parsedTemplates.clear();
  parsedTemplates.set(text, parsed);
  return parsed;
}

export type TemplateFault =
  | { readonly code: 'template_syntax'; readonly message: string }
  | { readonly code: 'unknown_filter'; readonly message: string };

/** @returns the paths a template uses, or why it cannot be read */
export function readTemplate(
  text: string,
): { readonly paths: readonly (readonly string[])[] } | { readonly fault: TemplateFault } {
  try {
    return { paths: parse(text).paths };
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    const filter = /undefined filter: (\S+?)(,|$)/.exec(reason);
    if (filter) {
      const message = `Unknown filter "${filter[1]}". Use a Liquid filter such as upcase, date, default or round.`;
      return { fault: { code: 'unknown_filter', message } };
    }
    const place = reason.replace(/, file:.*?(?=, line|$)/, '');
    const message = `The template cannot be read: ${place}. Write a variable as {{deal_title}}.`;
    return { fault: { code: 'template_syntax', message } };
  }
}

/**
 * @param context own properties only; getters are called when the template uses them
 * @param timeZone IANA name; the zone of the `date` filter
 * @param output `html`: values of variables are escaped
 * @throws Error when the template cannot be parsed or exceeds the engine's limits
 */
export function renderTemplate(
  text: string,
  context: object,
  timeZone = 'UTC',
  output: 'text' | 'html' = 'text',
): RenderedTemplate {
  if (!hasTemplate(text)) return { text, empty: [] };
  const { templates, paths, plain } = parse(text);
  // A plain template is put together as it stands, without the escaping that HTML needs.
  const quick = output === 'text' && plain && renderPlainTemplate(plain, context);
  if (quick) return quick;
  const engine = output === 'html' ? htmlLiquid : liquid;
  // Escaping is put into the outputs of a template when it is parsed, so HTML has a parse of its own.
  const parsed = output === 'html' ? engine.parse(text) : templates;
  const rendered: unknown = engine.renderSync(parsed, context, {
    globals: { time_zone: timeZone },
  });
  const empty = paths
    .filter((path) => {
      const value = lookUp(context, path);
      return value === null || value === undefined || value === '';
    })
    .map((path) => path.join('.'));
  return { text: String(rendered), empty };
}
