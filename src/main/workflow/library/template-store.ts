import { z } from 'zod';
import type { StepTemplate, WorkflowTemplate } from '../../../shared/contract/library.ts';
import { checkDefinition } from '../../../shared/workflow/check-definition.ts';
import {
  type WorkflowFile,
  workflowFileSchema,
} from '../../../shared/workflow/portable/workflow-file.ts';
import type { Reader } from '../../db/handle.ts';
import type { UnitOfWork } from '../../db/unit-of-work.ts';
import { invalid, notFound, UserError } from '../../errors.ts';
import { definitionKnowledge } from '../workflow-service.ts';
import { builtInStepTemplates, builtInWorkflowTemplates } from './built-in-templates.ts';
import { checkNeeds } from './file-references.ts';

type Kind = 'workflow' | 'step';

interface SavedRow {
  readonly id: string;
  readonly name: string;
  readonly summary: string;
  readonly content: string;
}

const savedStepSchema = z.looseObject({
  type: z.string(),
  config: z.record(z.string(), z.unknown()),
});

function savedRows(db: Reader, kind: Kind): SavedRow[] {
  return db.all<SavedRow>(
    'SELECT id, name, summary, content FROM saved_templates WHERE kind = ? ORDER BY seq DESC',
    kind,
  );
}

/** A row that another program left unreadable is left out: it stays in the file, and the others are there. */
function parseContent<T>(schema: z.ZodType<T>, text: string): T | null {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Ours, then the user's, newest first. */
export function listWorkflowTemplates(
  db: Reader,
  secretNames: readonly string[],
): WorkflowTemplate[] {
  const saved = savedRows(db, 'workflow').flatMap((row) => {
    const file = parseContent(workflowFileSchema, row.content);
    return file ? [toWorkflowTemplate(row, file, db, secretNames)] : [];
  });
  const builtIn = builtInWorkflowTemplates().map((template): WorkflowTemplate => {
    return {
      ...template,
      is_built_in: true,
      name: template.file.name,
      needs: checkNeeds(db, template.file, secretNames),
    };
  });
  return [...builtIn, ...saved];
}

function toWorkflowTemplate(
  { id, name, summary }: SavedRow,
  file: WorkflowFile,
  db: Reader,
  secretNames: readonly string[],
): WorkflowTemplate {
  return {
    id,
    is_built_in: false,
    name,
    summary,
    story: null,
    category: 'own',
    file,
    needs: checkNeeds(db, file, secretNames),
  };
}

/** @throws UserError `not_found` */
export function getTemplateFile(db: Reader, id: string): WorkflowFile {
  const builtIn = builtInWorkflowTemplates().find((template) => template.id === id);
  if (builtIn) return builtIn.file;
  const row = savedRows(db, 'workflow').find((one) => one.id === id);
  const file = row && parseContent(workflowFileSchema, row.content);
  if (!file) throw notFound('template', id);
  return file;
}

export interface SaveWorkflowTemplate {
  readonly name: string;
  readonly summary?: string | undefined;
  readonly file: WorkflowFile;
}

export function saveWorkflowTemplate(
  unit: UnitOfWork,
  { name, summary = '', file }: SaveWorkflowTemplate,
  secretNames: readonly string[],
): WorkflowTemplate {
  const row = save(unit, 'workflow', name, summary, file);
  return toWorkflowTemplate(row, file, unit.db, secretNames);
}

export function listStepTemplates(db: Reader): StepTemplate[] {
  const saved = savedRows(db, 'step').flatMap(({ id, name, summary, content }) => {
    const step = parseContent(savedStepSchema, content);
    return step ? [{ id, is_built_in: false, name, summary, step }] : [];
  });
  return [...builtInStepTemplates(), ...saved];
}

export interface SaveStepTemplate {
  readonly name: string;
  readonly summary?: string | undefined;
  readonly step: z.infer<typeof savedStepSchema>;
}

/** @throws UserError `validation_failed` naming what is wrong with the step; what it lacks may be filled in later */
export function saveStepTemplate(
  unit: UnitOfWork,
  { name, summary = '', step: { id: _id, ...step } }: SaveStepTemplate,
): StepTemplate {
  // A start by hand can supply every object; what only other triggers know is asked where the step is put.
  const { faults } = checkDefinition(
    { trigger_type: 'manual', trigger_config: {}, actions: [step] },
    definitionKnowledge(unit.db),
  );
  const fault = faults.find(({ code }) => code !== 'unknown_variable');
  if (fault) {
    const field = fault.path.replace(/^actions\[0\]/, 'step');
    throw new UserError('validation_failed', fault.message, { field });
  }
  const row = save(unit, 'step', name, summary, step);
  return { id: row.id, is_built_in: false, name, summary, step };
}

function save(
  unit: UnitOfWork,
  kind: Kind,
  name: string,
  summary: string,
  content: object,
): SavedRow {
  const row = { id: unit.ids.next(), name, summary, content: JSON.stringify(content) };
  unit.db.run(
    'INSERT INTO saved_templates (id, kind, name, summary, content, created_at) VALUES (?, ?, ?, ?, ?, ?)',
    row.id,
    kind,
    row.name,
    row.summary,
    row.content,
    unit.nowText,
  );
  return row;
}

/** @throws UserError `not_found`, or `validation_failed` for one of ours */
export function removeTemplate(unit: UnitOfWork, kind: Kind, id: string): void {
  const builtIn = [...builtInWorkflowTemplates(), ...builtInStepTemplates()];
  if (builtIn.some((template) => template.id === id)) {
    throw invalid('id', 'This template comes with Trellis and stays. Leave it unused.');
  }
  const row = unit.db.get('SELECT 1 FROM saved_templates WHERE id = ? AND kind = ?', id, kind);
  if (!row) throw notFound('template', id);
  unit.db.run('DELETE FROM saved_templates WHERE id = ?', id);
}
