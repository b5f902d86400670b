import { listBackups } from '../backup/list-backups.ts';
import type { createBase } from './base.ts';
import type { ApiParts } from './parts.ts';

/** The safety of the whole file. */
export function backupProcedures(os: ReturnType<typeof createBase>, { backups }: ApiParts) {
  return {
    backups: {
      state: os.backups.state.handler(() => ({
        ...backups.state(),
        backups: listBackups(backups.folder),
      })),
      make: os.backups.make.handler(() => backups.make('by-hand')),
      cancel: os.backups.cancel.handler(() => {
        backups.cancel();
        return null;
      }),
      preview: os.backups.preview.handler(({ input }) =>
        backups.preview(input.file, input.passphrase),
      ),
      restore: os.backups.restore.handler(async ({ input }) => {
        await backups.restore(input.file, input.passphrase);
        return null;
      }),
      export_copy: os.backups.export_copy.handler(async ({ input }) => {
        await backups.exportTo(input.path);
        return null;
      }),
      use_folder: os.backups.use_folder.handler(({ input }) => {
        backups.useFolder(input.folder);
        return null;
      }),
      use_passphrase: os.backups.use_passphrase.handler(({ input }) => {
        backups.usePassphrase(input.passphrase, input.current);
        return null;
      }),
    },
  };
}
