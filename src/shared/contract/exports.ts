import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { objectNames } from '../model/objects.ts';
import { viewSortSchema } from '../model/views.ts';
import { base } from './errors.ts';

const selection = {
  conditions: z.unknown().optional(),
  /** Words that each begin a word of the record. */
  q: z.string().max(200).optional(),
};

const csvInput = z.strictObject({
  object: z.enum(objectNames),
  ...selection,
  sort: viewSortSchema.optional(),
  group_by: z.string().optional(),
  /** Names of fields, in the order of the columns. */
  columns: z.array(z.string()).min(1).max(500),
});

export type CsvExportInput = z.infer<typeof csvInput>;

const selectionInput = z.strictObject(selection);

export type ExportSelection = z.infer<typeof selectionInput>;

/** The parts of a file, in order; `rows` counts the records in it so far. */
const partsOutput = eventIterator(z.object({ text: z.string(), rows: z.number() }));

/** For the screens: records as files of other programs. They end when the caller stops listening. */
export const exports = {
  /** What a view shows: its records, in its order, with its columns. */
  csv: base.input(csvInput).output(partsOutput),
  /** Contacts as vCard 3.0. */
  vcard: base.input(selectionInput).output(partsOutput),
  /** Activities as iCalendar: tasks to do, the others as appointments. */
  calendar: base.input(selectionInput).output(partsOutput),
  /** All records, notes, tags, fields, views and workflows as one JSON document. */
  json: base.output(partsOutput),
};
