import { workingCalendar } from '../crm/settings/working-calendar.ts';
import { draftWarnings } from '../workflow/loop-warnings.ts';
import { sampleContext } from '../workflow/sample-context.ts';
import { listVersions } from '../workflow/store/version-store.ts';
import { getWorkflowRow } from '../workflow/store/workflow-store.ts';
import { getVersion, restoreVersion } from '../workflow/versions-service.ts';
import { readWorkflowStatus } from '../../shared/workflow/definition.ts';
import type { createBase } from './base.ts';
import type { ApiParts } from './parts.ts';

/** What the editor of workflows asks beside storing them: older versions, and what a draft would see. */
export function studioProcedures(
  os: ReturnType<typeof createBase>,
  { ports, connection, committer, catalog, readers, pauses, backups, wake }: ApiParts,
) {
  const { reader } = connection;
  const { clock } = ports;
  const zone = (): string => workingCalendar(reader).time_zone ?? clock.timeZone();
  return {
    versions: {
      list: os.versions.list.handler(({ input }) => {
        getWorkflowRow(reader, input.id);
        return { items: listVersions(reader, input.id) };
      }),
      get: os.versions.get.handler(({ input }) => getVersion(reader, input.id, input.number)),
      restore: os.versions.restore.handler(async ({ input, context }) => {
        const { id, number } = input;
        const { status } = getWorkflowRow(reader, id);
        if (readWorkflowStatus(status) === 'active') await backups.before('before-publish');
        catalog.invalidate();
        const workflow = committer.commit(context.actor, (unit) =>
          restoreVersion(unit, id, number),
        );
        wake();
        pauses.wake();
        return workflow;
      }),
    },
    drafting: {
      count_matching: os.drafting.count_matching.handler(({ input, signal }) => {
        const { object, conditions, time_zone } = input;
        const timeZone = time_zone ?? zone();
        return readers.run(
          'conditions.count',
          { object, conditions, now: clock.now(), timeZone },
          signal,
        );
      }),
      loops: os.drafting.loops.handler(({ input }) => {
        const { triggers, ...draft } = input;
        const further = triggers.slice(1);
        return { warnings: draftWarnings(reader, { ...draft, further_triggers: further }) };
      }),
      sample: os.drafting.sample.handler(({ input }) => ({
        ...sampleContext(reader, input, new Date(clock.now()).toISOString()),
        time_zone: zone(),
      })),
    },
  };
}
