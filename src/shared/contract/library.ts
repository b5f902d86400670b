import { z } from 'zod';
import { problemSchema } from '../workflow/definition.ts';
import { workflowFileSchema } from '../workflow/portable/workflow-file.ts';
import { base } from './errors.ts';
import { idInput } from './lists.ts';
import { workflowSchema } from './workflows.ts';

const nameInput = z.string('name must be text').trim().min(1, 'name must not be empty').max(200);

/** For each name the file uses, the one to use here. What is missing and not named is made, where it can be. */
const mappingInput = {
  /** `{"contact.cf_birthday": "contact.cf_born"}`; null or left out: the field is made. */
  fields: z.record(z.string(), z.string().nullable()).optional(),
  /** `{"offer": "proposal"}`; a stage is never made. */
  stages: z.record(z.string(), z.string()).optional(),
  tags: z.record(z.string(), z.string()).optional(),
  /** Null or left out: the step is left without its workflow, and the draft says so. */
  workflows: z.record(z.string(), z.string().nullable()).optional(),
  /** Null or left out: the default account. */
  accounts: z.record(z.string(), z.string().nullable()).optional(),
};

const mappingSchema = z.object(mappingInput);
export type ImportMapping = z.infer<typeof mappingSchema>;

const needSchema = z.object({
  kind: z.enum(['field', 'stage', 'tag', 'workflow', 'account', 'secret']),
  /** As the file calls it: `contact.cf_birthday`, `proposal`. */
  name: z.string(),
  label: z.string(),
  /** Whether this file has it. */
  is_present: z.boolean(),
  /** What this file could use in its place, the likeliest first. */
  candidates: z.array(z.object({ name: z.string(), label: z.string() })),
});

export type ImportNeed = z.infer<typeof needSchema>;

const addressSchema = z.object({
  /** `actions[2].config.url` */
  path: z.string(),
  url: z.string(),
});

const checkSchema = z.object({
  name: z.string(),
  description: z.string().nullable(),
  needs: z.array(needSchema),
  /** Webhooks that go to this computer or its network: to be confirmed before it can be switched on. */
  private_addresses: z.array(addressSchema),
  /** What would still stand between the draft and running. */
  problems: z.array(problemSchema),
});

export type ImportCheck = z.infer<typeof checkSchema>;

const templateSchema = z.object({
  id: z.string(),
  is_built_in: z.boolean(),
  name: z.string(),
  /** One sentence under the name. */
  summary: z.string(),
  /** When it helps and what it does, for a person. */
  story: z.string().nullable(),
  category: z.enum(['sales', 'customers', 'tasks', 'reports', 'own']),
  file: workflowFileSchema,
  needs: z.array(needSchema),
});

export type WorkflowTemplate = z.infer<typeof templateSchema>;

/** A step as a definition holds it, with or without an id. */
const stepInput = z.looseObject({
  type: z.string('type must be text such as create_task'),
  config: z.record(z.string(), z.unknown(), 'config must be an object').default({}),
});

const stepTemplateSchema = z.object({
  id: z.string(),
  is_built_in: z.boolean(),
  name: z.string(),
  summary: z.string(),
  step: z.looseObject({ type: z.string(), config: z.record(z.string(), z.unknown()) }),
});

export type StepTemplate = z.infer<typeof stepTemplateSchema>;

/** Workflows as files, and their copies. */
export const workflowFiles = {
  export: base
    .route({
      method: 'GET',
      path: '/workflows/{id}/export',
      summary: 'A workflow as a file for another Trellis',
    })
    .input(idInput)
    .output(workflowFileSchema),
  check: base
    .route({
      method: 'POST',
      path: '/workflows/import/check',
      summary: 'What a workflow file would need here; changes nothing',
    })
    .input(z.strictObject({ file: workflowFileSchema, ...mappingInput }))
    .output(checkSchema),
  import: base
    .route({
      method: 'POST',
      path: '/workflows/import',
      successStatus: 201,
      summary: 'Make a draft of a workflow file',
    })
    .input(
      z.strictObject({ file: workflowFileSchema, name: nameInput.optional(), ...mappingInput }),
    )
    .output(workflowSchema),
  clone: base
    .route({ method: 'POST', path: '/workflows/{id}/clone', successStatus: 201 })
    .input(z.strictObject({ id: z.string(), name: nameInput.optional() }))
    .output(workflowSchema),
};

/** Workflows to begin with: ours, and those the user keeps. */
export const workflowTemplates = {
  list: base
    .route({ method: 'GET', path: '/workflow_templates' })
    .output(z.object({ items: z.array(templateSchema) })),
  /** Makes a draft of it, and the fields it needs. */
  use: base
    .route({ method: 'POST', path: '/workflow_templates/{id}/use', successStatus: 201 })
    .input(z.strictObject({ id: z.string(), name: nameInput.optional(), ...mappingInput }))
    .output(workflowSchema),
  create: base
    .route({ method: 'POST', path: '/workflow_templates', successStatus: 201 })
    .input(
      z.strictObject({
        name: nameInput,
        summary: z.string().trim().max(500).optional(),
        file: workflowFileSchema,
      }),
    )
    .output(templateSchema),
  /** Ours stay. */
  remove: base
    .route({ method: 'DELETE', path: '/workflow_templates/{id}', successStatus: 204 })
    .input(idInput)
    .output(z.void()),
};

/** Steps with their settings filled in. */
export const stepTemplates = {
  list: base
    .route({ method: 'GET', path: '/step_templates' })
    .output(z.object({ items: z.array(stepTemplateSchema) })),
  create: base
    .route({ method: 'POST', path: '/step_templates', successStatus: 201 })
    .input(
      z.strictObject({
        name: nameInput,
        summary: z.string().trim().max(500).optional(),
        step: stepInput,
      }),
    )
    .output(stepTemplateSchema),
  /** Ours stay. */
  remove: base
    .route({ method: 'DELETE', path: '/step_templates/{id}', successStatus: 204 })
    .input(idInput)
    .output(z.void()),
};
