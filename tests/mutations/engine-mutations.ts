import type { Mutation } from './mutation.ts';

const decide = 'src/main/workflow/decide';
const executor = 'src/main/workflow/executor';
const store = 'src/main/workflow/store';
const shared = 'src/shared/workflow';

const waits = `${executor}/waits.test.ts`;
const waitRecords = `${executor}/wait-records.test.ts`;
const waitRecovery = `${executor}/wait-recovery.test.ts`;
const branches = `${executor}/branches.test.ts`;
const dispatcher = `${executor}/dispatcher.test.ts`;
const executeRun = `${executor}/execute-run.test.ts`;
const catalog = `${executor}/workflow-catalog.test.ts`;
const control = 'src/main/workflow/run-control.test.ts';
const conditions = `${shared}/conditions/evaluate-conditions.test.ts`;
const dates = `${shared}/relative-date.test.ts`;

/** Each breaks one promise of the engine by one line. */
export const engineMutations: readonly Mutation[] = [
  // Where a run goes on.
  {
    file: `${decide}/cursor.ts`,
    from: 'const nextItem = (frame.item ?? 0) + 1;',
    to: 'const nextItem = (frame.item ?? 0) + 2;',
    breaks: 'a loop takes every record',
    tests: [`${decide}/cursor.test.ts`],
  },
  {
    file: `${decide}/cursor.ts`,
    from: 'frames = advance(frames.slice(0, -1));',
    to: 'frames = frames.slice(0, -1);',
    breaks: 'behind a branch the run goes on after it',
    tests: [`${decide}/cursor.test.ts`],
  },
  {
    file: `${decide}/cursor.ts`,
    from: 'if (last?.items) return',
    to: 'if (last?.item === -1) return',
    breaks: 'what is skipped of a turn of a loop leads to the next turn',
    tests: [`${decide}/cursor.test.ts`, branches],
  },
  // Which workflow hears an event.
  {
    file: `${decide}/matches-trigger.ts`,
    from: "from === keys['old_stage']",
    to: "from === keys['new_stage']",
    breaks: 'from_stage asks for the stage the deal left',
    tests: [`${decide}/matches-trigger.test.ts`],
  },
  {
    file: `${decide}/matches-trigger.ts`,
    from: 'fields.some((field) => Object.hasOwn(changes, field))',
    to: 'fields.every((field) => Object.hasOwn(changes, field))',
    breaks: 'any of the fields is enough',
    tests: [`${decide}/matches-trigger.test.ts`],
  },
  {
    file: `${decide}/matches-trigger.ts`,
    from: 'object === undefined || object === event.object',
    to: 'object === undefined || object !== null',
    breaks: 'a tag trigger hears its own object alone',
    tests: [`${decide}/matches-trigger.test.ts`],
  },
  // Loops.
  {
    file: `${decide}/refuse-loop.ts`,
    from: 'link.workflow_id === workflowId && link.record_id === recordId',
    to: 'link.workflow_id === workflowId',
    breaks: 'the same workflow may go on with another record',
    tests: [`${decide}/refuse-loop.test.ts`],
  },
  {
    file: `${decide}/refuse-loop.ts`,
    from: 'chain.length >= maximumDepth',
    to: 'chain.length > maximumDepth',
    breaks: 'ten runs deep and no deeper',
    tests: [`${decide}/refuse-loop.test.ts`],
  },
  {
    file: `${executor}/execute-run.ts`,
    from: 'chain: [...event.chain, link],',
    to: 'chain: [link, ...event.chain],',
    breaks: 'a run carries the whole chain of causes',
    tests: [dispatcher],
  },
  {
    file: `${executor}/run-steps.ts`,
    from: 'if (this.results.length >= maximumSteps) {',
    to: 'if (this.results.length > maximumSteps) {',
    breaks: 'at most 1,000 steps a run',
    tests: [branches],
  },
  // Waiting.
  {
    file: `${decide}/plan-wait.ts`,
    from: 'if (due <= now) return',
    to: 'if (due < now) return',
    breaks: 'an instant that is now is past',
    tests: [`${decide}/plan-wait.test.ts`],
  },
  {
    file: `${decide}/plan-wait.ts`,
    from: "if (due <= now) return { kind: 'past', if_past: config.if_past ?? 'continue' };",
    to: "if (due <= now) return { kind: 'past', if_past: 'continue' };",
    breaks: 'if_past is heeded',
    tests: [`${decide}/plan-wait.test.ts`],
  },
  {
    file: `${decide}/plan-wait.ts`,
    from: 'if (facts.holds(conditions)) return',
    to: 'if (!config) return',
    breaks: 'a condition that holds already needs no wait',
    tests: [`${decide}/plan-wait.test.ts`, waits],
  },
  {
    file: `${decide}/plan-wait.ts`,
    from: 'return business ? toBusinessHours(ms, timeZone, holidays) : ms;',
    to: 'return business ? ms : ms;',
    breaks: 'business hours move the end of a wait',
    tests: [`${decide}/plan-wait.test.ts`],
  },
  {
    file: `${executor}/execute-run.ts`,
    from: 'if (!claimWait(unit.db, request.execution_id)) return null;',
    to: 'claimWait(unit.db, request.execution_id);',
    breaks: 'the row of the wait is the claim',
    tests: [waitRecovery, waitRecords, control],
    survives:
      'a run is loaded by joining the row of its wait, in the same transaction: without the row there is nothing to resume. The second check stands for whoever resumes a run that was loaded earlier.',
  },
  {
    file: `${executor}/execute-run.ts`,
    from: "cursor: timedOut ? enter(cursor, 'on_timeout') : advance(cursor),",
    to: 'cursor: advance(cursor),',
    breaks: 'a wait that timed out goes the other way',
    tests: [waits],
  },
  {
    file: `${executor}/execute-run.ts`,
    from: 'heeds(request, rule) ? runner.records().ids() : []',
    to: '[]',
    breaks: 'events of the records of a run may end its wait',
    tests: [waits],
  },
  {
    file: `${executor}/end-waits.ts`,
    from: 'rule.event_type === event.type && event.seq > rule.after_seq && !isOwn(wait, event)',
    to: 'rule.event_type === event.type && event.seq > rule.after_seq',
    breaks: 'what a run wrote itself ends no wait of it',
    tests: [waits, waitRecords],
  },
  {
    file: `${executor}/end-waits.ts`,
    from: 'if (linkNames.some((name) => event.data.changes[name])) followLinks(unit, id);',
    to: '',
    breaks: 'a changed link leads a waiting run to other records',
    tests: [waitRecords],
  },
  {
    file: `${executor}/end-waits.ts`,
    from: 'moveWait(unit.db, wait.execution_id, dueAt);',
    to: '',
    breaks: 'the instant is computed again when its field changes',
    tests: [waits, waitRecords],
  },
  {
    file: `${store}/wait-store.ts`,
    from: 'WHERE due_at <= ? ORDER BY due_at, execution_id LIMIT',
    to: 'WHERE due_at <= ? ORDER BY due_at DESC, execution_id LIMIT',
    breaks: 'the longest overdue goes first',
    tests: [waitRecovery],
  },
  {
    file: `${executor}/dispatcher.ts`,
    from: 'this.cancelAlarm = clock.after(due - clock.now(), () => this.lookAtTime());',
    to: 'this.cancelAlarm = () => undefined;',
    breaks: 'a due wait rings within a second, at its very instant',
    tests: [waits, waitRecovery],
  },
  {
    file: `${executor}/execute-run.ts`,
    from: 'const lastedMs = (): number => Math.max(0, unit.now - Date.parse(startedAt));',
    to: 'const lastedMs = (): number => unit.now - Date.parse(startedAt);',
    breaks: 'a clock set back makes no duration negative',
    tests: [waitRecovery],
  },
  // Order, commits, slices.
  {
    file: 'src/main/events/event-store.ts',
    from: 'WHERE dispatched_at IS NULL ORDER BY seq LIMIT',
    to: 'WHERE dispatched_at IS NULL ORDER BY seq DESC LIMIT',
    breaks: 'first in, first out',
    tests: [dispatcher],
  },
  {
    file: `${executor}/workflow-catalog.ts`,
    from: 'b.definition.settings.priority - a.definition.settings.priority',
    to: 'a.definition.settings.priority - b.definition.settings.priority',
    breaks: 'the higher priority goes first',
    tests: [control],
  },
  {
    file: `${executor}/dispatcher.ts`,
    from: 'this.waitsFirst = inTime ? false : !this.waitsFirst;',
    to: 'this.waitsFirst = false;',
    breaks: 'a stream of events keeps no due wait from its end',
    tests: [`${executor}/wait-slices.test.ts`],
  },
  {
    file: 'src/main/db/savepoints.ts',
    from: "if (this.open >= level) this.execute('ROLLBACK TO attempt');",
    to: '',
    breaks: 'a failing step undoes what it wrote',
    tests: ['src/main/db/unit-of-work.test.ts', executeRun],
  },
  {
    file: 'src/main/db/savepoints.ts',
    from: 'this.beginAnew();',
    to: '',
    breaks: 'a failing step undoes what it wrote, where nothing was written before it',
    tests: ['src/main/db/unit-of-work.test.ts', executeRun],
  },
  {
    file: `${executor}/dispatcher.ts`,
    from: 'return id === null || !isWaitedFor(db, id);',
    to: 'return true;',
    breaks: 'an event that only a wait hears ends it',
    tests: [`${executor}/dispatcher.test.ts`],
  },
  {
    file: 'src/main/db/handle.ts',
    from: "if (this.sqlite.inTransaction) this.execute('ROLLBACK');",
    to: "if (this.sqlite.inTransaction) this.execute('COMMIT');",
    breaks: 'what throws leaves nothing',
    tests: ['src/main/db/unit-of-work.test.ts'],
  },
  // Outcomes and errors.
  {
    file: `${executor}/execute-run.ts`,
    from: "return anyFailed ? 'partial' : 'succeeded';",
    to: "return 'succeeded';",
    breaks: 'a run with a failed step that came to its end is partial',
    tests: [executeRun],
  },
  {
    file: `${executor}/execute-run.ts`,
    from: "if (stretch.failed) return 'failed';",
    to: '',
    breaks: 'a step that fails under stop fails the run',
    tests: [executeRun],
  },
  {
    file: `${executor}/run-steps.ts`,
    from: "this.cursor = enter(this.cursor, 'on_error');",
    to: 'this.cursor = advance(this.cursor);',
    breaks: 'on_error: branch goes that way',
    tests: [waits],
  },
  {
    file: `${executor}/run-steps.ts`,
    from: 'isActionType(result.type) && result.status === status',
    to: 'result.status === status',
    breaks: 'only action steps are counted',
    tests: [waits, branches],
  },
  {
    file: `${executor}/run-steps.ts`,
    from: 'if (!step.enabled) {',
    to: 'if (!step) {',
    breaks: 'a step that is switched off is passed over',
    tests: [executeRun],
  },
  {
    file: `${executor}/perform-action.ts`,
    from: "if (ended.kind === 'failed') throw new UserError('validation_failed', ended.message);",
    to: '',
    breaks: 'an action that says it failed has failed',
    tests: [executeRun],
  },
  {
    file: `${executor}/perform-action.ts`,
    from: 'for (const path of empty) warnings.push(`${field.name}: {{${path}}} was empty`);',
    to: '',
    breaks: 'an empty variable leaves a warning',
    tests: [executeRun],
  },
  // Enrolment.
  {
    file: `${executor}/dispatcher.ts`,
    from: 'const unmet = this.unmetConditions(unit, request);',
    to: 'const unmet = null;',
    breaks: 'entry conditions decide whether a run starts',
    tests: [waits],
  },
  {
    file: `${store}/execution-store.ts`,
    from: "const underWay = \"status IN ('queued', 'running', 'waiting', 'parked')\";",
    to: "const underWay = \"status IN ('queued', 'running')\";",
    breaks: 'after_exit does not take a record in while a run of it waits',
    tests: [control],
  },
  {
    file: `${store}/execution-store.ts`,
    from: "const states = reEntry === 'once' ? \"status <> 'skipped'\" : underWay;",
    to: 'const states = underWay;',
    breaks: 'once is once',
    tests: [control],
  },
  {
    file: 'src/main/crm/records/record-store.ts',
    from: 'if (columns.length === 0 && !tagsDiffer) return',
    to: 'if (columns.length < 0 && !tagsDiffer) return',
    breaks: 'a write that changes nothing emits no event',
    tests: ['src/main/crm/records/record-store.test.ts', dispatcher],
  },
  // Versions and changes by SQL.
  {
    file: `${executor}/workflow-catalog.ts`,
    from: 'const changed = this.dataVersion !== undefined && version !== this.dataVersion;',
    to: 'const changed = false;',
    breaks: 'a change by SQL is seen by the very next event',
    tests: [catalog],
  },
  {
    file: `${executor}/workflow-catalog.ts`,
    from: "if (readWorkflowStatus(row.status) !== 'active') {",
    to: "if (row.status !== 'active') {",
    breaks: 'the status is read without regard to case',
    tests: [catalog],
  },
  {
    file: `${store}/version-store.ts`,
    from: 'if (latest && JSON.stringify(latest.definition) === text) return',
    to: 'if (!text) return',
    breaks: 'a version comes with a change of what runs, and with nothing else',
    tests: [catalog],
  },
  {
    file: `${store}/stored-definition.ts`,
    from: 'const left = allSteps(previous).filter((known) => !given.has(known.id));',
    to: 'const left = allSteps(previous);',
    breaks: 'an id a step claims for itself is not kept for another',
    tests: [`${store}/stored-definition.test.ts`, catalog],
  },
  // Conditions.
  {
    file: `${shared}/conditions/evaluate-conditions.ts`,
    from: 'return passes(plan, facts) !== plan.negated;',
    to: 'return passes(plan, facts);',
    breaks: 'a denial is true of what is missing',
    tests: [conditions],
  },
  {
    file: `${shared}/conditions/evaluate-conditions.ts`,
    from: 'return tree.not === true ? !holds : holds;',
    to: 'return holds;',
    breaks: 'not turns a group round',
    tests: [conditions, 'src/main/workflow/conditions/conditions-agree.test.ts'],
  },
  {
    file: `${shared}/conditions/plan-rule.ts`,
    from: "const amount = operator === 'inNextDays' ? days : -days;",
    to: 'const amount = days;',
    breaks: 'inLastDays looks back',
    tests: [conditions],
  },
  {
    file: `${shared}/conditions/evaluate-conditions.ts`,
    from: 'if (!plan) return false;',
    to: 'if (!plan) return true;',
    breaks: 'a rule on an unknown field is never true',
    tests: [conditions, 'src/main/workflow/conditions/conditions-agree.test.ts'],
  },
  // Dates.
  {
    file: `${shared}/relative-date.ts`,
    from: 'return addDays(fromMs, amount, timeZone);',
    to: 'return fromMs + amount * 86_400_000;',
    breaks: 'days keep the time on the wall',
    tests: [dates],
  },
  {
    file: `${shared}/relative-date.ts`,
    from: 'if (isWorkday(date, holidays)) left -= 1;',
    to: 'left -= 1;',
    breaks: 'business days are Monday to Friday',
    tests: [dates],
  },
  {
    file: `${shared}/relative-date.ts`,
    from: 'if (at > afterMs && (',
    to: 'if (at >= afterMs && (',
    breaks: 'a time of day is the next one, not this very instant',
    tests: [`${decide}/plan-wait.test.ts`],
  },
  // Variables.
  {
    file: `${executor}/run-context.ts`,
    from: "return this.link('company_id') ?? this.record('contact')?.company_id ?? null;",
    to: "return this.link('company_id') ?? null;",
    breaks: "the company of a deal is its own, else the contact's",
    tests: [`${executor}/run-context.test.ts`],
  },
  {
    file: `${executor}/run-steps.ts`,
    from: 'for (const result of earlier) if (result.output) this.outputs[result.id] = result.output;',
    to: '',
    breaks: 'what a step made is there after the wait',
    tests: [branches],
  },
  // Control of runs.
  {
    file: 'src/main/workflow/run-control.ts',
    from: 'claimWait(unit.db, id);',
    to: '',
    breaks: 'a cancelled run never goes on',
    tests: [control],
  },
  {
    file: `${store}/wait-store.ts`,
    from: "JSON.stringify({ kind: 'instant', by_hand: true } satisfies WaitRule),",
    to: "'',",
    breaks: 'firing a wait is no time-out',
    tests: [control],
  },
  // Notifications.
  {
    file: 'src/main/create-core.ts',
    from: "if (touched.some(({ topic }) => topic === 'notification')) delivery.wake();",
    to: '',
    breaks: 'a notification is shown after the commit of its run',
    tests: ['src/main/delivery/notification-delivery.test.ts'],
  },
  // Time that was missed, control of runs, loops by number.
  {
    file: `${decide}/start-rate.ts`,
    from: 'if (recent.length + inBatch.length <= maximumStarts) return false;',
    to: 'if (recent.length + inBatch.length <= maximumStarts * 2) return false;',
    breaks: 'more than 500 starts in 60 s by what runs caused pause the workflow',
    tests: ['src/main/workflow/failures.test.ts'],
  },
  {
    file: `${executor}/end-waits.ts`,
    from: "if (rule.kind === 'let_go') return 'missed';",
    to: '',
    breaks: 'a missed moment that was let go is left out',
    tests: ['src/main/workflow/missed-service.test.ts'],
  },
  {
    file: `${executor}/dispatcher.ts`,
    from: "if (event.actor.kind === 'undo') return [];",
    to: '',
    breaks: 'what undo writes starts no workflow',
    tests: ['src/main/crm/undo/undo-service.test.ts'],
  },
  {
    file: `${executor}/dispatcher.ts`,
    from: 'if (event.data.starts === false) return [];',
    to: '',
    breaks: 'a bulk write that runs no workflows starts none',
    tests: [`${executor}/run-choice.test.ts`],
  },
];
