import { closest } from 'fastest-levenshtein';
import type { CustomFields } from '../model/fields/custom-fields.ts';
import type { Problem } from './definition.ts';

/** What only the file knows and a definition may name. */
export interface DefinitionKnowledge {
  readonly stages: readonly string[];
  /** Slugs of the pipelines; absent where only the file's own checks will tell. */
  readonly pipelines?: readonly string[];
  /** The fields the file adds to the registry. */
  readonly custom?: CustomFields;
}

/** Collects what a check finds, so that all of it is told at once. */
export class Findings {
  readonly faults: Problem[] = [];
  readonly gaps: Problem[] = [];
  /** The fields the file adds to the registry. */
  readonly custom: CustomFields;

  constructor(custom: CustomFields = {}) {
    this.custom = custom;
  }

  fault(path: string, code: string, message: string): void {
    this.faults.push({ path, code, message });
  }

  gap(path: string, code: string, message: string): void {
    this.gaps.push({ path, code, message });
  }
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function suggestion(word: string, known: readonly string[]): string {
  const near = known.length === 0 ? '' : closest(word, [...known]);
  return near === '' ? '' : ` Did you mean "${near}"?`;
}

export const oneOf = (known: readonly string[]): string => known.join(', ');

export function unknownPipeline(value: unknown, known: readonly string[]): string {
  return `Unknown pipeline "${String(value)}". Use one of: ${oneOf(known)}.`;
}

export function unknownStage(value: unknown, knowledge: DefinitionKnowledge): string {
  return `Unknown stage "${String(value)}". Use one of: ${oneOf(knowledge.stages)}.`;
}
