import type { RehearsalInput } from '../../../shared/contract/rehearsal.ts';
import type { WorkflowTest, WorkflowTestResult } from '../../../shared/contract/workflow-tests.ts';
import type { Actor } from '../../../shared/events/event-types.ts';
import type { RecordReference } from '../../../shared/model/objects.ts';
import type { Connection } from '../../db/handle.ts';
import { type Committer, type Origin, UnitOfWork } from '../../db/unit-of-work.ts';
import { messageOf } from '../../errors.ts';
import { nextTurn } from '../../in-slices.ts';
import type { Clock, IdSource } from '../../ports.ts';
import { eventRow } from '../store/rehearsal-store.ts';
import {
  expectOf,
  getTest,
  insertTest,
  removeTest,
  type TestRow,
  testsOf,
} from '../store/workflow-test-store.ts';
import { getWorkflowRow } from '../store/workflow-store.ts';
import { queueRun } from '../workflow-service.ts';
import { subjectOf } from './event-for-record.ts';
import { eventOfFixture, type Fixture, makeRecords, takeFixture } from './fixture.ts';
import { compareOutcomes, type Outcome, outcomeOf } from './outcome.ts';
import { rehearsedDefinition, switchOn } from './prepare-workflow.ts';
import { Rehearsal } from './rehearsal.ts';
import { SimulatedClock } from './simulated-clock.ts';

interface Parts {
  readonly connection: Connection;
  readonly committer: Committer;
  readonly clock: Clock;
  readonly ids: IdSource;
}

type Draft = RehearsalInput['draft'];

const origin: Origin = { actor: { kind: 'user' }, chain: [] };

/**
 * Rehearsals that are kept. A test makes its records, lets happen to them what happened then and compares what the
 * workflow does, all in a transaction that is rolled back before anything else happens on this thread.
 */
export class WorkflowTests {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /** @throws UserError `not_found` */
  list(workflowId: string): WorkflowTest[] {
    const { reader } = this.parts.connection;
    getWorkflowRow(reader, workflowId);
    return testsOf(reader, workflowId).flatMap((row) => toTest(row) ?? []);
  }

  /** @throws UserError as the definition or the record is at fault */
  keep(
    actor: Actor,
    workflowId: string,
    wanted: {
      readonly name: string;
      readonly record: RecordReference;
      readonly startAnyway: boolean;
      readonly draft: Draft;
    },
  ): WorkflowTest {
    const { committer, clock, ids } = this.parts;
    const { name, record, startAnyway, draft } = wanted;
    const fixture = this.undone(clock.now(), (unit) => {
      subjectOf(unit.db, record.object, record.id);
      const workflow = switchOn(unit, { workflow_id: workflowId, draft });
      return takeFixture(unit.db, workflow, record, startAnyway, unit.nowText);
    });
    const row = {
      id: ids.next(),
      workflow_id: workflowId,
      name,
      fixture: JSON.stringify(fixture),
      expected: JSON.stringify(this.perform(fixture, workflowId, draft)),
    };
    committer.commit(actor, (unit) => {
      insertTest(unit, row);
      unit.touch('workflow', workflowId);
    });
    const { object } = fixture;
    return { id: row.id, workflow_id: workflowId, name, object, created_at: this.createdAt(row) };
  }

  /** @throws UserError `not_found`, or as the definition is at fault */
  accept(actor: Actor, workflowId: string, id: string, draft: Draft): WorkflowTest {
    const row = getTest(this.parts.connection.reader, workflowId, id);
    const fixture = readFixture(row);
    const outcome = this.perform(fixture, workflowId, draft);
    this.parts.committer.commit(actor, (unit) => {
      expectOf(unit, id, JSON.stringify(outcome));
      unit.touch('workflow', workflowId);
    });
    const { name, created_at } = row;
    return { id, workflow_id: workflowId, name, object: fixture.object, created_at };
  }

  /** @throws UserError `not_found` */
  remove(actor: Actor, workflowId: string, id: string): void {
    getTest(this.parts.connection.reader, workflowId, id);
    this.parts.committer.commit(actor, (unit) => {
      removeTest(unit, id);
      unit.touch('workflow', workflowId);
    });
  }

  /** @throws UserError `not_found`, or as the definition is at fault */
  async run(workflowId: string, draft: Draft): Promise<WorkflowTestResult[]> {
    const { connection, clock } = this.parts;
    rehearsedDefinition(connection.reader, { workflow_id: workflowId, draft });
    const results: WorkflowTestResult[] = [];
    for (const row of testsOf(connection.reader, workflowId)) {
      const test = toTest(row);
      if (test) results.push(this.judge(row, test, draft));
      await nextTurn(clock);
    }
    return results;
  }

  private judge(row: TestRow, test: WorkflowTest, draft: Draft): WorkflowTestResult {
    try {
      const found = this.perform(readFixture(row), row.workflow_id, draft);
      // Written by this class alone.
      const differences = compareOutcomes(JSON.parse(row.expected) as Outcome, found);
      return { test, passed: differences.length === 0, differences };
    } catch (error) {
      // A record the file takes no more, because a field was removed: that test alone fails.
      const fault = { step_id: null, what: 'error', expected: null, found: messageOf(error) };
      return { test, passed: false, differences: [fault] };
    }
  }

  private createdAt({ workflow_id, id }: Pick<TestRow, 'workflow_id' | 'id'>): string {
    return getTest(this.parts.connection.reader, workflow_id, id).created_at;
  }

  private perform(fixture: Fixture, workflowId: string, draft: Draft): Outcome {
    return this.undone(Date.parse(fixture.at), (unit, clock) => {
      const { connection, ids } = this.parts;
      const records = makeRecords(unit, fixture);
      const id = records.get(fixture.object) ?? '';
      const workflow = switchOn(unit, { workflow_id: workflowId, draft });
      const rehearsal = new Rehearsal({ connection, clock, ids, isCopy: false }, workflow);
      const event = eventOfFixture(unit.db, fixture, id, workflow);
      if (event) {
        rehearsal.happen(eventRow(unit.db, unit.emit(event)), null);
      } else {
        const { keys } = subjectOf(unit.db, fixture.object, id);
        rehearsal.inUnit((own) => queueRun(own, workflow.id, { object: fixture.object, id }, keys));
        rehearsal.drain();
      }
      while (rehearsal.step());
      return outcomeOf(rehearsal.findings.tell(), records);
    });
  }

  /** Does something in a transaction that is rolled back at once. */
  private undone<T>(now: number, work: (unit: UnitOfWork, clock: SimulatedClock) => T): T {
    const { connection, clock, ids } = this.parts;
    const simulated = new SimulatedClock(now, clock);
    connection.begin();
    try {
      return work(new UnitOfWork(connection.writer, simulated, ids, origin), simulated);
    } finally {
      connection.rollback();
    }
  }
}

/** @throws SyntaxError when somebody damaged the row */
function readFixture({ fixture }: TestRow): Fixture {
  // Written by WorkflowTests alone.
  return JSON.parse(fixture) as Fixture;
}

/** Null for a row that was damaged: it tests nothing. */
function toTest(row: TestRow): WorkflowTest | null {
  try {
    const { id, workflow_id, name, created_at } = row;
    return { id, workflow_id, name, object: readFixture(row).object, created_at };
  } catch {
    return null;
  }
}
