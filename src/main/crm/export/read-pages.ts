import type { CsvExportInput, ExportSelection } from '../../../shared/contract/exports.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import type { PlanMoment } from '../../../shared/workflow/conditions/plan-rule.ts';
import { nextTurn } from '../../in-slices.ts';
import type { Clock } from '../../ports.ts';
import type { ReadOutput, Readers } from '../../readers/readers.ts';

const pageSize = 500;

export interface ExportParts {
  readonly readers: Readers;
  readonly clock: Clock;
}

/** A part of an exported file, and how many records are in it and those before it. */
export interface ExportedPart {
  readonly text: string;
  readonly rows: number;
}

export type ExportedRecord = ReadOutput<'views.list'>['items'][number];

interface PagesInput extends ExportSelection {
  readonly object: ObjectName;
  readonly sort?: CsvExportInput['sort'];
  readonly group_by?: CsvExportInput['group_by'];
}

/** The records of a view, page by page, read off the main thread. */
export async function* readPages(
  { readers, clock }: ExportParts,
  input: PagesInput,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly ExportedRecord[]> {
  const moment: PlanMoment = { now: clock.now(), timeZone: clock.timeZone() };
  let cursor: string | undefined;
  do {
    const page = await readers.run(
      'views.list',
      { ...input, cursor, limit: pageSize, moment },
      signal,
    );
    yield page.items;
    cursor = page.next_cursor ?? undefined;
    await nextTurn(clock);
  } while (cursor !== undefined);
}
