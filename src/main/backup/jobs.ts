import { type CopyOrder, copyFile } from './copy-file.ts';
import { compareFiles, type Comparison } from './compare-files.ts';
import type { FileSummary } from './file-summary.ts';
import {
  type OpenedBackup,
  prepareRestore,
  previewBackup,
  replaceLiveFile,
  type RestoreOrder,
} from './restore-file.ts';
import { type SalvageOrder, type SalvageReport, salvageFile } from './salvage.ts';

/** What a worker can be told to do; all of it takes time that grows with the file. */
export type Job =
  | { readonly kind: 'copy'; readonly order: CopyOrder }
  | { readonly kind: 'compare'; readonly order: Comparison }
  | { readonly kind: 'preview'; readonly order: OpenedBackup }
  | { readonly kind: 'prepare_restore'; readonly order: RestoreOrder }
  | {
      readonly kind: 'replace';
      readonly order: { readonly prepared: string; readonly live: string };
    }
  | { readonly kind: 'salvage'; readonly order: SalvageOrder };

export interface JobResults {
  readonly copy: null;
  readonly compare: null;
  readonly preview: FileSummary;
  readonly prepare_restore: string;
  readonly replace: null;
  readonly salvage: SalvageReport;
}

/**
 * @param isCancelled whether nobody wants the result any more
 * @throws UserError, or what SQLite or the file system says
 */
export async function performJob(
  job: Job,
  isCancelled: () => boolean,
): Promise<JobResults[Job['kind']]> {
  switch (job.kind) {
    case 'copy':
      copyFile(job.order, isCancelled);
      return null;
    case 'compare':
      compareFiles(job.order);
      return null;
    case 'preview':
      return previewBackup(job.order);
    case 'prepare_restore':
      return prepareRestore(job.order);
    case 'replace':
      await replaceLiveFile(job.order.prepared, job.order.live);
      return null;
    case 'salvage':
      return salvageFile(job.order);
  }
}
