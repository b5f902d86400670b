import { reachedObjects } from '../../../shared/model/reached-objects.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { checkConditions } from '../../../shared/workflow/conditions/check-conditions.ts';
import { Findings } from '../../../shared/workflow/definition-findings.ts';
import type { Problem } from '../../../shared/workflow/definition.ts';

/** What is wrong or missing in the conditions of a view, and which objects they may name. */
export function checkedConditions(
  conditions: unknown,
  object: ObjectName,
): { readonly objects: readonly ObjectName[]; readonly problems: readonly Problem[] } {
  const findings = new Findings();
  const objects = reachedObjects[object];
  checkConditions(conditions, 'conditions', objects, findings);
  return { objects, problems: [...findings.faults, ...findings.gaps] };
}
