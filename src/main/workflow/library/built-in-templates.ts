import { z } from 'zod';
import stepTemplates from '../../../../resources/step-templates.json' with { type: 'json' };
import birthday from '../../../../resources/workflow-templates/birthday.json' with { type: 'json' };
import handOverOnWon from '../../../../resources/workflow-templates/hand-over-on-won.json' with {
  type: 'json',
};
import hotLeadAlert from '../../../../resources/workflow-templates/hot-lead-alert.json' with {
  type: 'json',
};
import lostDealRevival from '../../../../resources/workflow-templates/lost-deal-revival.json' with {
  type: 'json',
};
import newDealFollowUp from '../../../../resources/workflow-templates/new-deal-follow-up.json' with {
  type: 'json',
};
import quoteChase from '../../../../resources/workflow-templates/quote-chase.json' with {
  type: 'json',
};
import renewal from '../../../../resources/workflow-templates/renewal.json' with { type: 'json' };
import staleDealNudge from '../../../../resources/workflow-templates/stale-deal-nudge.json' with {
  type: 'json',
};
import tagByValue from '../../../../resources/workflow-templates/tag-by-value.json' with {
  type: 'json',
};
import taskEscalation from '../../../../resources/workflow-templates/task-escalation.json' with {
  type: 'json',
};
import weeklySummary from '../../../../resources/workflow-templates/weekly-summary.json' with {
  type: 'json',
};
import welcomeSequence from '../../../../resources/workflow-templates/welcome-sequence.json' with {
  type: 'json',
};
import type { StepTemplate } from '../../../shared/contract/library.ts';
import { workflowFileSchema } from '../../../shared/workflow/portable/workflow-file.ts';

const templateSchema = z.strictObject({
  id: z.string(),
  category: z.enum(['sales', 'customers', 'tasks', 'reports']),
  summary: z.string(),
  story: z.string(),
  file: workflowFileSchema,
});

export type BuiltInTemplate = z.infer<typeof templateSchema>;

const stepSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  summary: z.string(),
  step: z.strictObject({ type: z.string(), config: z.record(z.string(), z.unknown()) }),
});

/** In the order of the gallery. */
const workflowFiles: readonly unknown[] = [
  newDealFollowUp,
  staleDealNudge,
  quoteChase,
  hotLeadAlert,
  tagByValue,
  lostDealRevival,
  welcomeSequence,
  birthday,
  renewal,
  handOverOnWon,
  taskEscalation,
  weeklySummary,
];

let workflows: readonly BuiltInTemplate[] | null = null;
let steps: readonly StepTemplate[] | null = null;

/** The templates of `resources/workflow-templates`, parsed when they are first asked for. */
export function builtInWorkflowTemplates(): readonly BuiltInTemplate[] {
  return (workflows ??= workflowFiles.map((file) => templateSchema.parse(file)));
}

/** The steps of `resources/step-templates.json`. */
export function builtInStepTemplates(): readonly StepTemplate[] {
  return (steps ??= stepSchema
    .array()
    .parse(stepTemplates)
    .map((template) => ({ ...template, is_built_in: true })));
}
