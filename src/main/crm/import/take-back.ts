import { isObjectName, type JournalObject } from '../../../shared/model/objects.ts';
import type { Connection } from '../../db/handle.ts';
import type { Committer, UnitOfWork } from '../../db/unit-of-work.ts';
import { nextTurn, sliceMs } from '../../in-slices.ts';
import { dropEmptyActions } from '../../journal/user-actions.ts';
import type { Clock } from '../../ports.ts';
import { purgeRecord } from '../bin/bin-store.ts';
import type { UndoService } from '../undo/undo-service.ts';

const batchSize = 200;

interface Parts {
  readonly connection: Connection;
  readonly committer: Committer;
  readonly clock: Clock;
  readonly undo: UndoService;
}

/**
 * Takes an action back so that nothing of it is left: changes are undone, and what it added is not put in the bin but
 * removed for good. For an import that was cancelled, of which nobody wants the half.
 */
export async function takeBackAll(parts: Parts, actionSeq: number): Promise<void> {
  const { connection, committer, clock, undo } = parts;
  const { reader } = connection;
  const action = reader.get<{ id: string; at: string }>(
    'SELECT id, at FROM user_actions WHERE seq = ?',
    actionSeq,
  );
  if (!action) return;
  await undo.run('undo', action.id);
  for (;;) {
    const made = reader.all<Made>(
      `SELECT object, record_id AS id FROM journal
         WHERE action_seq = ? AND operation = 'create' LIMIT ${batchSize}`,
      actionSeq,
    );
    if (made.length === 0) break;
    committer.commit({ kind: 'user' }, (unit) => {
      const deadline = clock.elapsed() + sliceMs;
      for (const record of made) {
        // Not in the bin: somebody took it out again, and it is theirs. Its entry is no part of the import any more.
        if (!purgeMade(unit, record)) {
          unit.db.run(
            'UPDATE journal SET action_seq = NULL WHERE record_id = ? AND action_seq = ?',
            record.id,
            actionSeq,
          );
        }
        if (clock.elapsed() >= deadline) break;
      }
    });
    await nextTurn(clock);
  }
  committer.commit({ kind: 'user' }, (unit) => {
    unit.db.run("UPDATE user_actions SET state = 'dropped' WHERE seq = ?", actionSeq);
    unit.db.run(
      `DELETE FROM tags WHERE created_at >= ?
         AND NOT EXISTS (SELECT 1 FROM record_tags WHERE tag_id = tags.id)`,
      action.at,
    );
    dropEmptyActions(unit.db);
  });
}

interface Made {
  readonly object: JournalObject;
  readonly id: string;
}

/** @returns whether it was in the bin and is gone now */
function purgeMade(unit: UnitOfWork, { object, id }: Made): boolean {
  if (isObjectName(object)) return purgeRecord(unit, { object, id });
  if (object !== 'note') return false;
  const { db } = unit;
  if (db.run('DELETE FROM notes WHERE id = ? AND deleted_at IS NOT NULL', id) === 0) return false;
  db.run('DELETE FROM journal WHERE record_id = ?', id);
  return true;
}
