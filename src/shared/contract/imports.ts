import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { objectNames } from '../model/objects.ts';
import { base } from './errors.ts';
import { idInput } from './lists.ts';

/** Where the cells of a column go besides fields: a name in one piece, and a note on the record. */
export const fullNameTarget = 'full_name';
export const noteTarget = 'note';

/** In which order the numbers of a date stand. */
export const dateOrders = ['ymd', 'dmy', 'mdy'] as const;

export type DateOrder = (typeof dateOrders)[number];

const columnPlanSchema = z.strictObject({
  /** Name of a field, `full_name` or `note`; null: left out. */
  target: z.string().nullable(),
  date_order: z.enum(dateOrders).optional(),
  /** What stands between whole and part of a number. */
  decimal: z.enum([',', '.']).optional(),
  /** For stages and choices: what a cell says → the value it means. */
  values: z.record(z.string(), z.string()).optional(),
});

export type ColumnPlan = z.infer<typeof columnPlanSchema>;

const readingSchema = {
  /** A name as `utf-8` or `windows-1252`. */
  encoding: z.string().max(40),
  delimiter: z.string().min(1).max(1),
  has_header: z.boolean(),
};

/** Everything that decides what an import does. */
export const importPlanSchema = z.strictObject({
  object: z.enum(objectNames),
  ...readingSchema,
  /** One for each column of the file. */
  columns: z.array(columnPlanSchema).max(5_000),
  /** Names of keys: a row is a duplicate of the first record that has one of them in common with it. Empty: of none. */
  match_on: z.array(z.string()).max(10),
  on_match: z.enum(['skip', 'update', 'create']),
  /** Whether companies and contacts that a row names and the file does not have are made. */
  create_links: z.boolean(),
  run_workflows: z.enum(['none', 'new', 'all']),
});

export type ImportPlan = z.infer<typeof importPlanSchema>;

const columnSchema = z.object({
  /** As the file has it; `Column 3` where it has none. */
  name: z.string(),
  /** The first cells that are not empty. */
  samples: z.array(z.string()),
  /** For stages and choices: what the cells say, in the order met. */
  distinct: z.array(z.string()),
  /** Whether the numbers of its dates could be in more than one order. */
  is_ambiguous: z.boolean(),
});

export type ImportColumn = z.infer<typeof columnSchema>;

const matchKeySchema = z.object({ name: z.string(), fields: z.array(z.string()) });

const analysisSchema = z.object({
  format: z.enum(['csv', 'vcard']),
  columns: z.array(columnSchema),
  /** What is suggested, or, for a file with the same columns as one before, what was chosen then. */
  plan: importPlanSchema,
  is_remembered: z.boolean(),
  /** By which records can be told to be the same. */
  keys: z.array(matchKeySchema),
  /** Characters that this encoding cannot be right about. */
  has_unreadable: z.boolean(),
  /** About how many rows there are. */
  row_estimate: z.number(),
});

export type ImportAnalysis = z.infer<typeof analysisSchema>;

const previewRowSchema = z.object({
  line: z.number(),
  action: z.enum(['create', 'update', 'skip', 'refuse']),
  /** Why it is refused; null when it is not. */
  reason: z.string().nullable(),
  /** Field → value as it will be; links by the name of what they point at. */
  values: z.record(
    z.string(),
    z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]),
  ),
  note: z.string().nullable(),
  /** Fields whose record would be made. */
  makes: z.array(z.string()),
});

export type ImportPreviewRow = z.infer<typeof previewRowSchema>;

const countsSchema = z.object({
  created: z.number(),
  updated: z.number(),
  /** Matched a record and left as it is, or held nothing new. */
  skipped: z.number(),
  refused: z.number(),
  /** Companies and contacts made because a row named them. */
  links_created: z.number(),
});

export type ImportCounts = z.infer<typeof countsSchema>;

const stateSchema = z.object({
  id: z.string(),
  file_name: z.string(),
  object: z.enum(objectNames).nullable(),
  /** `check` goes through every row and writes nothing; `undo` takes a cancelled import back. */
  work: z.enum(['none', 'check', 'import', 'undo']),
  is_paused: z.boolean(),
  bytes_done: z.number(),
  bytes_total: z.number(),
  counts: countsSchema,
  /** How the last work ended; null while it goes on, and before. */
  outcome: z.enum(['checked', 'imported', 'cancelled', 'failed']).nullable(),
  failure: z.string().nullable(),
  /** The action by which all of it is undone; null when nothing was written. */
  action_id: z.string().nullable(),
  /** The first rows that were refused. */
  refusals: z.array(z.object({ line: z.number(), reason: z.string() })),
});

export type ImportState = z.infer<typeof stateSchema>;

const plannedInput = z.strictObject({ id: z.string(), plan: importPlanSchema });

/** For the screens: files of records, brought in row by row as one action of the user's. */
export const imports = {
  /** Begins an upload; the bytes follow in parts. */
  create: base
    .input(
      z.strictObject({
        file_name: z.string().trim().min(1).max(255),
        size_bytes: z.number().int().min(0),
      }),
    )
    .output(stateSchema),
  append: base
    .input(z.strictObject({ id: z.string(), content_base64: z.base64() }))
    .output(z.object({ bytes: z.number() })),
  /** Looks at a whole upload. What is given overrules what would be guessed. */
  analyse: base
    .input(
      z.strictObject({
        id: z.string(),
        object: z.enum(objectNames).optional(),
        encoding: readingSchema.encoding.optional(),
        delimiter: readingSchema.delimiter.optional(),
        has_header: z.boolean().optional(),
      }),
    )
    .output(analysisSchema),
  /** The first rows as they will be. */
  preview: base.input(plannedInput).output(z.object({ rows: z.array(previewRowSchema) })),
  /** Goes through all rows in the background; with `is_check` without writing. */
  start: base
    .input(z.strictObject({ ...plannedInput.shape, is_check: z.boolean() }))
    .output(stateSchema),
  state: base.input(idInput).output(stateSchema),
  pause: base.input(idInput).output(stateSchema),
  resume: base.input(idInput).output(stateSchema),
  /** Ends the work; what an import wrote until then is taken back, all of it. */
  cancel: base.input(idInput).output(stateSchema),
  /** The refused rows as CSV with the columns of the file, a line and a reason: mended, it can be imported. */
  refused: base.input(idInput).output(eventIterator(z.object({ text: z.string() }))),
  /** Lets go of the file. */
  close: base.input(idInput).output(z.null()),
};
