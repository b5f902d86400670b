import type { Problem } from '../../../../shared/workflow/definition.ts';
import { placedSteps } from './draft-tree.ts';
import type { DraftStep } from './workflow-draft.ts';

/** Where in the editor a problem belongs. `field` is the key inside the part, '' for the part itself. */
export type ProblemPlace =
  | { readonly part: 'details'; readonly field: string }
  | { readonly part: 'trigger'; readonly field: string }
  | { readonly part: 'settings'; readonly field: string }
  | { readonly part: 'steps' }
  /** `step`: the path of the step, `actions[0].then[1]`. */
  | { readonly part: 'step'; readonly step: string; readonly field: string };

const stepPattern =
  /^(actions\[\d+\](?:\.(?:then|else|do|default|on_timeout|on_error_steps)\[\d+\]|\.cases\[\d+\]\.steps\[\d+\])*)(?:\.(.+))?$/;

/** @param path as the check of a definition and the API name it: `actions[2].config.due_date` */
export function placeOf(path: string): ProblemPlace {
  if (path === 'trigger_type') return { part: 'trigger', field: '' };
  if (path === 'trigger_config') return { part: 'trigger', field: '' };
  if (path.startsWith('trigger_config.')) {
    return { part: 'trigger', field: path.slice('trigger_config.'.length) };
  }
  // The triggers after the first: `triggers[1].config.field` is the field `1.field` of the same part.
  const further = /^triggers\[(\d+)\](?:\.(?:config(?:\.|$)|type$)?(.*))?$/.exec(path);
  if (further) {
    const field = further[2] ?? '';
    return { part: 'trigger', field: field === '' ? `${further[1]}` : `${further[1]}.${field}` };
  }
  if (path === 'triggers') return { part: 'trigger', field: '' };
  if (path === 'settings' || path.startsWith('settings.')) {
    return { part: 'settings', field: path.slice('settings.'.length) };
  }
  if (path === 'conditions' || path.startsWith('conditions.')) {
    return { part: 'trigger', field: path };
  }
  if (path === 'actions') return { part: 'steps' };
  // A dotted path (`actions.2.config`) is how a schema names the same place.
  const step = stepPattern.exec(path.replaceAll(/\.(\d+)(?=[.[]|$)/g, '[$1]'));
  if (step) {
    const field = (step[2] ?? '').replace(/^config\./, '');
    return { part: 'step', step: step[1] ?? '', field: field === 'config' ? '' : field };
  }
  return { part: 'details', field: path };
}

/** Names an input in the page, so that a refused save can jump to it. */
export function fieldDomId(part: string, field: string): string {
  return `workflow-${part}-${field === '' ? 'self' : field}`.replace(/[^A-Za-z0-9_-]/g, '-');
}

/** @param path `actions[0].then[1]` */
export function stepAt(steps: readonly DraftStep[], path: string): DraftStep | undefined {
  return placedSteps(steps).find((placed) => placed.path === path)?.step;
}

export function domIdOf(place: ProblemPlace, steps: readonly DraftStep[]): string {
  switch (place.part) {
    case 'details':
      return fieldDomId('details', place.field);
    case 'trigger':
      return fieldDomId('trigger', place.field);
    case 'settings':
      return fieldDomId('settings', place.field);
    case 'steps':
      return fieldDomId('steps', '');
    case 'step':
      return fieldDomId(stepAt(steps, place.step)?.id ?? 'steps', place.field);
  }
}

/** The problems of one part, by the field they belong to. */
export function problemsAt(
  problems: readonly Problem[],
  isHere: (place: ProblemPlace) => boolean,
): ReadonlyMap<string, Problem> {
  const found = new Map<string, Problem>();
  for (const problem of problems) {
    const place = placeOf(problem.path);
    if (!isHere(place)) continue;
    const field = 'field' in place ? place.field : '';
    if (!found.has(field)) found.set(field, problem);
  }
  return found;
}

/** @param path `actions[0].then[1]`: its own problems, not those of the steps below it */
export function problemsOfStep(
  problems: readonly Problem[],
  path: string,
): ReadonlyMap<string, Problem> {
  return problemsAt(problems, (place) => place.part === 'step' && place.step === path);
}
