import type { RehearsalInput, RehearsalResult } from '../../../shared/contract/rehearsal.ts';
import { eventRow } from '../store/rehearsal-store.ts';
import { queueRun } from '../workflow-service.ts';
import { UnitOfWork } from '../../db/unit-of-work.ts';
import { eventForRecord, subjectOf } from './event-for-record.ts';
import { switchOn } from './prepare-workflow.ts';
import { Rehearsal, type Stage } from './rehearsal.ts';

type OnRecord = Extract<RehearsalInput['on'], { kind: 'record' }>;

/**
 * Rehearses a workflow on one record, to the end of its waits. Writes into the open transaction of the stage, which the
 * caller undoes.
 *
 * @param goOn called between the moments of the rehearsal; throws to break it off
 * @throws UserError as the definition or the record is at fault
 */
export function rehearseRecord(
  stage: Stage,
  input: RehearsalInput,
  on: OnRecord,
  goOn: () => void,
): RehearsalResult {
  const { connection, clock, ids } = stage;
  const origin = { actor: { kind: 'user' }, chain: [] } as const;
  const workflow = switchOn(new UnitOfWork(connection.writer, clock, ids, origin), input);
  const rehearsal = new Rehearsal(stage, workflow);
  const { record } = on;
  const chosen =
    on.start_anyway === true ? null : eventForRecord(connection.reader, workflow, record);
  if (chosen) {
    const unit = new UnitOfWork(connection.writer, clock, ids, origin);
    const id = unit.emit(chosen.event);
    rehearsal.happen(eventRow(connection.reader, id), chosen.storedId);
  } else {
    const { keys } = subjectOf(connection.reader, record.object, record.id);
    rehearsal.inUnit((unit) => queueRun(unit, workflow.id, record, keys));
    rehearsal.drain();
  }
  goOn();
  while (rehearsal.step()) goOn();
  const { counts, runs, refusals, differences } = rehearsal.findings.tell();
  return { counts, runs, refusals, differences };
}
