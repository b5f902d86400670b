import { webhookSecretName } from '../delivery/attempts.ts';
import {
  getTemplateFile,
  listStepTemplates,
  listWorkflowTemplates,
  removeTemplate,
  saveStepTemplate,
  saveWorkflowTemplate,
} from '../workflow/library/template-store.ts';
import {
  checkImport,
  cloneWorkflow,
  exportWorkflow,
  importWorkflow,
} from '../workflow/library/workflow-files.ts';
import type { createBase } from './base.ts';
import type { ApiParts } from './parts.ts';

/** Workflows as files, copies of them, and templates of workflows and steps. */
export function libraryProcedures(
  os: ReturnType<typeof createBase>,
  { ports, connection: { reader }, committer, catalog }: ApiParts,
) {
  const { workflow_files: files, workflow_templates: templates, step_templates: steps } = os;
  const secretNames = () => {
    const prefix = webhookSecretName('');
    return ports.secrets
      .names()
      .filter((name) => name.startsWith(prefix))
      .map((name) => name.slice(prefix.length));
  };
  return {
    workflow_files: {
      export: files.export.handler(({ input }) => exportWorkflow(reader, input.id)),
      check: files.check.handler(({ input: { file, ...mapping } }) =>
        checkImport(reader, file, mapping, secretNames()),
      ),
      import: files.import.handler(({ input: { file, name, ...mapping }, context }) => {
        catalog.invalidate();
        return committer.commit(context.actor, (unit) => importWorkflow(unit, file, mapping, name));
      }),
      clone: files.clone.handler(({ input, context }) => {
        catalog.invalidate();
        return committer.commit(context.actor, (unit) => cloneWorkflow(unit, input.id, input.name));
      }),
    },
    workflow_templates: {
      list: templates.list.handler(() => ({
        items: listWorkflowTemplates(reader, secretNames()),
      })),
      use: templates.use.handler(({ input: { id, name, ...mapping }, context }) => {
        const file = getTemplateFile(reader, id);
        catalog.invalidate();
        return committer.commit(context.actor, (unit) => importWorkflow(unit, file, mapping, name));
      }),
      create: templates.create.handler(({ input, context }) =>
        committer.commit(context.actor, (unit) => saveWorkflowTemplate(unit, input, secretNames())),
      ),
      remove: templates.remove.handler(({ input, context }) =>
        committer.commit(context.actor, (unit) => removeTemplate(unit, 'workflow', input.id)),
      ),
    },
    step_templates: {
      list: steps.list.handler(() => ({ items: listStepTemplates(reader) })),
      create: steps.create.handler(({ input, context }) =>
        committer.commit(context.actor, (unit) => saveStepTemplate(unit, input)),
      ),
      remove: steps.remove.handler(({ input, context }) =>
        committer.commit(context.actor, (unit) => removeTemplate(unit, 'step', input.id)),
      ),
    },
  };
}
