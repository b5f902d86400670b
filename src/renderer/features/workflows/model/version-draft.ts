import type { VersionDefinition } from '../../../../shared/contract/versions.ts';
import { readSteps, type WorkflowDraft } from './workflow-draft.ts';

/** A published version as the editor shows a workflow. */
export function draftOfVersion(version: VersionDefinition): WorkflowDraft {
  const [first, ...further] = version.triggers;
  return {
    name: '',
    description: '',
    trigger_type: first?.type ?? 'manual',
    trigger_config: first?.config ?? {},
    further_triggers: further,
    settings: version.settings,
    conditions: version.conditions,
    steps: readSteps(version.actions),
  };
}
