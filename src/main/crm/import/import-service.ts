import type {
  ImportAnalysis,
  ImportPlan,
  ImportPreviewRow,
  ImportState,
} from '../../../shared/contract/imports.ts';
import type { Actor } from '../../../shared/events/event-types.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import type { Backups } from '../../backup/backups.ts';
import type { Connection } from '../../db/handle.ts';
import type { Committer } from '../../db/unit-of-work.ts';
import { messageOf, notFound, UserError } from '../../errors.ts';
import { nextTurn, sliceMs } from '../../in-slices.ts';
import type { Clock, IdSource, Logger } from '../../ports.ts';
import { explainStorageFailure } from '../../db/storage-error.ts';
import { listPipelineRows, listStages } from '../deals/pipeline.ts';
import { customFields } from '../fields/custom-field-store.ts';
import { workingCalendar } from '../settings/working-calendar.ts';
import type { UndoService } from '../undo/undo-service.ts';
import { analyse, type AnalyseOptions, headersOf, rowsOf } from './analyse.ts';
import { rememberPlan } from './mapping-store.ts';
import { previewRow } from './preview-row.ts';
import {
  beginWork,
  newSession,
  refuse,
  type RefusedRow,
  type Session,
  stateOf,
  untilWoken,
} from './import-session.ts';
import { linkIndex, RecordIndex } from './record-index.ts';
import { RowPlanner } from './row-planner.ts';
import { SourceFile } from './source-file.ts';
import type { SourceRow } from './source-row.ts';
import { takeBackAll } from './take-back.ts';
import { writeRow } from './write-row.ts';

/** So many rows are shown before an import. */
const previewRows = 20;
/** Files held in memory at once; the oldest that nobody works on is let go of. */
const heldFiles = 3;

interface Parts {
  readonly connection: Connection;
  readonly committer: Committer;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly logger: Logger;
  readonly backups: Backups;
  readonly undo: UndoService;
}

/** What a plan is carried out with. */
interface Prepared {
  readonly planner: RowPlanner;
  readonly index: RecordIndex;
  readonly links: ReadonlyMap<ObjectName, RecordIndex>;
}

/** Brings files of records in, row by row, in slices of some milliseconds. What one import does is one action. */
export class ImportService {
  private readonly parts: Parts;
  private readonly sessions = new Map<string, Session>();

  constructor(parts: Parts) {
    this.parts = parts;
  }

  create(fileName: string, size: number): ImportState {
    const file = new SourceFile(fileName, size);
    for (const old of this.sessions.values()) {
      if (this.sessions.size < heldFiles) break;
      if (old.work === 'none') this.sessions.delete(old.id);
    }
    const session = newSession(this.parts.ids.next(), file);
    this.sessions.set(session.id, session);
    return this.describe(session);
  }

  append(id: string, bytes: Buffer): number {
    return this.find(id).file.append(bytes);
  }

  analyse(id: string, options: AnalyseOptions): ImportAnalysis {
    return analyse(this.parts.connection.reader, this.find(id).file, options);
  }

  async preview(id: string, plan: ImportPlan): Promise<ImportPreviewRow[]> {
    const { file } = this.find(id);
    const prepared = await this.prepare(file, plan, null);
    const shown: ImportPreviewRow[] = [];
    for (const row of rowsOf(file, plan)) {
      shown.push(previewRow(this.parts.connection.reader, plan, prepared, row));
      if (shown.length >= previewRows) break;
    }
    return shown;
  }

  /** Begins to go through all rows. @throws UserError when the plan is not valid, or another import goes on */
  start(actor: Actor, id: string, plan: ImportPlan, isCheck: boolean): ImportState {
    const session = this.find(id);
    if ([...this.sessions.values()].some(({ work }) => work !== 'none'))
      throw new UserError('conflict', 'Another import is under way. Wait for it, or cancel it.');
    if (session.outcome === 'imported')
      throw new UserError(
        'conflict',
        'This file was imported already. Undo it, or upload it again.',
      );
    session.file.check();
    // Only to refuse a plan that is not valid before anything begins.
    this.plannerOf(session.file, plan, new RecordIndex(plan.object, []), new Map());
    beginWork(session, plan, isCheck);
    void this.work(session, actor, plan, isCheck);
    return this.describe(session);
  }

  state(id: string): ImportState {
    return this.describe(this.find(id));
  }

  pause(id: string): ImportState {
    const session = this.find(id);
    if (session.work === 'check' || session.work === 'import') session.isPaused = true;
    return this.describe(session);
  }

  resume(id: string): ImportState {
    const session = this.find(id);
    session.isPaused = false;
    session.wake?.();
    return this.describe(session);
  }

  cancel(id: string): ImportState {
    const session = this.find(id);
    if (session.work === 'check' || session.work === 'import') {
      session.isCancelled = true;
      session.isPaused = false;
      session.wake?.();
    }
    return this.describe(session);
  }

  refused(id: string): {
    readonly headers: readonly string[];
    readonly delimiter: string;
    readonly rows: readonly RefusedRow[];
  } {
    const { file, plan, refused } = this.find(id);
    if (!plan) return { headers: [], delimiter: ',', rows: [] };
    return { headers: headersOf(file, plan), delimiter: plan.delimiter, rows: refused };
  }

  /** Lets go of a file, unless it is being worked on. */
  close(id: string): void {
    if (this.sessions.get(id)?.work === 'none') this.sessions.delete(id);
  }

  private find(id: string): Session {
    const session = this.sessions.get(id);
    if (!session) throw notFound('upload', id);
    return session;
  }

  private async work(
    session: Session,
    actor: Actor,
    plan: ImportPlan,
    isCheck: boolean,
  ): Promise<void> {
    const { backups, logger } = this.parts;
    try {
      if (!isCheck) await backups.before('before-import');
      const prepared = await this.prepare(session.file, plan, session);
      if (prepared) await this.goThrough(session, actor, plan, prepared, isCheck);
      if (session.isCancelled) await this.takeBack(session);
      session.outcome = session.isCancelled ? 'cancelled' : isCheck ? 'checked' : 'imported';
    } catch (error) {
      session.failure = explainStorageFailure(error)?.message ?? messageOf(error);
      session.outcome = 'failed';
      logger.error(`An import failed: ${session.failure}`);
    } finally {
      session.work = 'none';
      session.isPaused = false;
    }
  }

  private async goThrough(
    session: Session,
    actor: Actor,
    plan: ImportPlan,
    prepared: Prepared,
    isCheck: boolean,
  ): Promise<void> {
    const { committer, clock } = this.parts;
    const rows = rowsOf(session.file, plan, (bytes) => {
      session.bytesDone = bytes;
    });
    if (!isCheck) {
      committer.commit({ kind: 'user' }, (unit) =>
        rememberPlan(unit, headersOf(session.file, plan), plan),
      );
    }
    const options = { action: session.action, runWorkflows: plan.run_workflows };
    const parts = { object: plan.object, counts: session.counts, ...prepared };
    const slice = (take: (row: SourceRow) => void): boolean => {
      const deadline = clock.elapsed() + sliceMs;
      do {
        const next = rows.next();
        if (next.done) return false;
        take(next.value);
      } while (clock.elapsed() < deadline);
      return true;
    };
    for (let goesOn = true; goesOn && !session.isCancelled; ) {
      if (isCheck) goesOn = slice((row) => this.checkRow(session, prepared, row));
      else {
        goesOn = committer.commit(
          actor,
          (unit) =>
            slice((row) => {
              const planned = prepared.planner.planRow(row);
              if (planned.kind === 'refuse') return refuse(session, row, planned.reason);
              try {
                unit.attempt(() => writeRow(unit, parts, planned));
              } catch (error) {
                if (!(error instanceof UserError)) throw error;
                refuse(session, row, error.message);
              }
            }),
          options,
        );
      }
      await nextTurn(clock);
      if (session.isPaused) await untilWoken(session);
    }
  }

  /** Counts what a row would do. Rows that would be made are found by the ones after them, as they will be. */
  private checkRow(session: Session, { planner, index, links }: Prepared, row: SourceRow): void {
    const { counts } = session;
    const planned = planner.planRow(row);
    if (planned.kind === 'refuse') return refuse(session, row, planned.reason);
    if (planned.kind === 'skip') counts.skipped += 1;
    else {
      counts[planned.kind === 'create' ? 'created' : 'updated'] += 1;
      const names: Record<string, string> = {};
      for (const link of planned.links) {
        names[link.field] = link.name;
        if (planner.findLinked(link.object, link.name) === null) {
          counts.links_created += 1;
          planner.noteLinked(link.object, link.name);
        }
      }
      if (planned.kind === 'create') {
        index.add('new', { ...planned.values, ...names });
        links.get(session.plan?.object ?? 'contact')?.add('new', planned.values);
      }
    }
  }

  private async takeBack(session: Session): Promise<void> {
    const { seq } = session.action;
    if (seq === null) return;
    session.work = 'undo';
    const { connection, committer, clock, undo } = this.parts;
    await takeBackAll({ connection, committer, clock, undo }, seq);
    session.action.seq = null;
  }

  /** Fills the indexes. */
  private async prepare(
    file: SourceFile,
    plan: ImportPlan,
    session: Session | null,
  ): Promise<Prepared> {
    const { connection, clock } = this.parts;
    const index = new RecordIndex(plan.object, plan.on_match === 'create' ? [] : plan.match_on);
    const links = new Map<ObjectName, RecordIndex>();
    const planner = this.plannerOf(file, plan, index, links);
    for (const object of planner.linkedObjects()) links.set(object, linkIndex(object));
    for (const one of [index, ...links.values()]) {
      let deadline = clock.elapsed() + sliceMs;
      for (const _step of one.fill(connection.reader)) {
        if (clock.elapsed() < deadline) continue;
        await nextTurn(clock);
        if (session?.isCancelled) break;
        deadline = clock.elapsed() + sliceMs;
      }
    }
    return { planner, index, links };
  }

  private plannerOf(
    file: SourceFile,
    plan: ImportPlan,
    index: RecordIndex,
    links: ReadonlyMap<ObjectName, RecordIndex>,
  ): RowPlanner {
    const { connection, clock } = this.parts;
    const { reader } = connection;
    return new RowPlanner({
      plan,
      headers: headersOf(file, plan),
      custom: customFields(reader),
      context: {
        timeZone: workingCalendar(reader).time_zone ?? clock.timeZone(),
        stages: listStages(reader),
        pipelines: listPipelineRows(reader),
      },
      index,
      links,
    });
  }

  private describe(session: Session): ImportState {
    return { ...stateOf(session), action_id: this.actionId(session) };
  }

  private actionId({ action }: Session): string | null {
    if (action.seq === null) return null;
    const row = this.parts.connection.reader.get<{ id: string }>(
      'SELECT id FROM user_actions WHERE seq = ?',
      action.seq,
    );
    return row?.id ?? null;
  }
}
