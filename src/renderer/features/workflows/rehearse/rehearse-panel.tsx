import { Button } from '@mantine/core';
import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RehearsalInput } from '../../../../shared/contract/rehearsal.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { useFailureText } from '../../../ui/use-failure-text.ts';
import { definitionOf, type WorkflowDraft } from '../model/workflow-draft.ts';
import { problemsOf } from '../editor/use-save.ts';
import { RehearsalResults } from './rehearsal-results.tsx';
import { RehearsalTarget, type Target } from './rehearsal-target.tsx';
import classes from './rehearse.module.css';
import { KeepAsTest } from './keep-as-test.tsx';
import { TestList } from './test-list.tsx';
import { type RehearsalState, useRehearsal } from './use-rehearsal.ts';

interface RehearsePanelProps {
  /** Null for a workflow that is not saved yet. */
  readonly workflowId: string | null;
  /** As the editor holds it, saved or not. */
  readonly draft: WorkflowDraft;
}

/** What the workflow would do to a record, or would have done over a past period. Nothing of it stays. */
export function RehearsePanel({ workflowId, draft }: RehearsePanelProps) {
  const { t } = useTranslation('workflows');
  const failureText = useFailureText();
  const [target, setTarget] = useState<Target>({ kind: 'past', period: 'month', record: null });
  const { state, start, stop } = useRehearsal();
  const definition = JSON.stringify(definitionOf(draft));
  const [rehearsed, setRehearsed] = useState(definition);

  function begin(startAnyway = false): void {
    const on = onOf(target, startAnyway);
    if (!on) return;
    setRehearsed(definition);
    void start({
      ...(workflowId === null ? {} : { workflow_id: workflowId }),
      draft: { name: draft.name.trim().slice(0, 200), ...definitionOf(draft) },
      on,
    });
  }

  const keepable = keepableOf(state);
  const problems = state.error === null ? [] : problemsOf(state.error);
  return (
    <div className={classes.panel}>
      <RehearsalTarget
        target={target}
        progress={state.progress}
        hasResults={state.counts !== null}
        onChange={setTarget}
        onStart={() => begin()}
        onStop={stop}
      />
      {state.counts !== null && rehearsed !== definition && (
        <output className={classes.notice}>{t('rehearse.outdated')}</output>
      )}
      {state.error !== null && (
        <div className={classes.failure} role="alert">
          <strong>{t('rehearse.problems_title')}</strong>
          {problems.length === 0 ? (
            <p>{failureText(state.error)}</p>
          ) : (
            <ul>
              {problems.map(({ path, message }) => (
                <li key={`${path} ${message}`}>{message}</li>
              ))}
            </ul>
          )}
        </div>
      )}
      {workflowId !== null && keepable && (
        <KeepAsTest workflowId={workflowId} draft={draft} {...keepable} />
      )}
      {state.counts ? (
        <RehearsalResults state={state} onStartAnyway={() => begin(true)} />
      ) : (
        state.progress === null &&
        state.error === null && (
          <EmptyState
            icon={FlaskConical}
            title={t('rehearse.empty_title')}
            text={t('rehearse.empty_text')}
            action={
              onOf(target, false) && <Button onClick={() => begin()}>{t('rehearse.start')}</Button>
            }
          />
        )
      )}
      {workflowId !== null && <TestList workflowId={workflowId} draft={draft} />}
    </div>
  );
}

/** A rehearsal on one record that came to its end: it can be kept. */
function keepableOf({ input, runs, isDone }: RehearsalState) {
  const [run] = runs;
  if (!isDone || input?.on.kind !== 'record' || !run) return null;
  const { record, start_anyway: startAnyway = false } = input.on;
  return { record, startAnyway, name: run.record_name ?? '' };
}

const daysOf = { week: 7, month: 30, quarter: 90, year: 365 } as const;

const dayMs = 86_400_000;

function onOf(target: Target, startAnyway: boolean): RehearsalInput['on'] | null {
  if (target.kind === 'past') {
    const from = new Date(Date.now() - daysOf[target.period] * dayMs).toISOString();
    return { kind: 'past', from };
  }
  if (!target.record) return null;
  const { object, id } = target.record;
  return {
    kind: 'record',
    record: { object, id },
    ...(startAnyway ? { start_anyway: true } : {}),
  };
}
