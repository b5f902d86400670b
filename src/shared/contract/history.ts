import { z } from 'zod';
import { journalObjects } from '../model/objects.ts';
import { base } from './errors.ts';
import { recordReferenceSchema } from './lists.ts';

const journalObject = z.enum(journalObjects);

const undoneActionSchema = z.object({
  id: z.string(),
  kind: z.enum(['edit', 'bulk_edit', 'bin', 'import', 'merge']),
  at: z.string(),
  /** What was done to the first, and mostly only, record. */
  operation: z.enum(['create', 'update', 'delete', 'restore']),
  object: journalObject.nullable(),
  record_id: z.string().nullable(),
  /** Where it happened: the record itself, or the one a note is on. */
  place: recordReferenceSchema.nullable(),
  /** What a person calls that record. */
  record_name: z.string().nullable(),
  record_count: z.number(),
});

export type UndoneAction = z.infer<typeof undoneActionSchema>;

const undoConflictSchema = z.object({
  object: journalObject,
  record_id: z.string(),
  record_name: z.string().nullable(),
  /** Null when it is the record as a whole. */
  field: z.string().nullable(),
  /**
   * `changed`: the field holds something newer. `in_bin`, `gone`: the record is in the bin, or removed for good.
   * `target_gone`: what the field would point at was removed for good.
   */
  reason: z.enum(['changed', 'in_bin', 'gone', 'target_gone']),
});

export type UndoConflict = z.infer<typeof undoConflictSchema>;

const undoResultSchema = z.object({
  /** Null when there is nothing to undo or redo. */
  action: undoneActionSchema.nullable(),
  /** What stayed as it is; the first few of `conflict_count`. */
  conflicts: z.array(undoConflictSchema),
  conflict_count: z.number(),
});

export type UndoResult = z.infer<typeof undoResultSchema>;

const actionInput = z.strictObject({ action_id: z.string().optional() }).optional();

/** Undo and redo of what the user did on the screens, for the screens. */
export const history = {
  /** What undo would take back; null when there is nothing. */
  latest: base.output(undoneActionSchema.nullable()),
  /** Takes back the named action, or the last one. */
  undo: base.input(actionInput).output(undoResultSchema),
  /** Does the named action again, or the last one undone. */
  redo: base.input(actionInput).output(undoResultSchema),
};
