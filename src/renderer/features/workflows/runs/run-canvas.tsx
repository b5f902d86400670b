import { Skeleton } from '@mantine/core';
import { skipToken, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Execution, StepResult } from '../../../../shared/contract/workflows.ts';
import type { VersionDefinition } from '../../../../shared/contract/versions.ts';
import { api } from '../../../api/query.ts';
import type { NodeMark } from '../canvas/canvas-view.ts';
import { layOut } from '../model/canvas-layout.ts';
import { placedSteps } from '../model/draft-tree.ts';
import { pathOfRun, resultsByStep } from '../model/run-path.ts';
import { draftOfVersion } from '../model/version-draft.ts';
import { stepInWords } from '../model/workflow-words.ts';
import { RecordLink } from '../record-link.tsx';
import { useRunLabel } from '../use-run-label.ts';
import { useWords, useWorkflowText } from '../use-words.ts';
import classes from './run.module.css';
import { StepResultBlock, stepTones } from './step-result-block.tsx';

// The drawing library comes with the first canvas, not with the first screen.
const FlowCanvas = lazy(async () => ({
  default: (await import('../canvas/flow-canvas.tsx')).FlowCanvas,
}));

/** The run on the canvas of the version it follows: how far it came, and what each step did. */
export function RunCanvas({ run }: { readonly run: Execution }) {
  const { version, workflow_id: id } = run;
  const definition = useQuery(
    api.versions.get.queryOptions({
      input: version === null ? skipToken : { id, number: version },
      // A version never changes.
      staleTime: Number.POSITIVE_INFINITY,
    }),
  );
  // A run that was not started has no version, and a damaged one cannot be drawn: the list below says all the same.
  if (version === null || definition.isError) return null;
  if (!definition.data) return <Skeleton height={400} radius={0} mb={24} />;
  return <Drawn key={version} run={run} definition={definition.data} />;
}

interface DrawnProps {
  readonly run: Execution;
  readonly definition: VersionDefinition;
}

function Drawn({ run, definition }: DrawnProps) {
  const { t } = useTranslation('workflows');
  const draft = useMemo(() => draftOfVersion(definition), [definition]);
  const layout = useMemo(() => layOut(draft.steps), [draft.steps]);
  const results = useMemo(() => resultsByStep(run.actions_executed), [run.actions_executed]);
  const reached = useMemo(() => pathOfRun(layout, run), [layout, run]);
  const marks = useMarks(run, results);
  // What needs the user comes first, else what it did last.
  const [chosen, setChosen] = useState<string | null>(null);
  const last = run.actions_executed.findLast(({ status }) => status !== 'retried');
  const selected = chosen ?? last?.id ?? 'trigger';
  const height = Math.min(560, Math.max(300, layout.height + 72));
  return (
    <div className={classes.drawn} style={{ height }}>
      <FlowCanvasOrSkeleton>
        <FlowCanvas
          label={t('canvas.run_label')}
          draft={draft}
          selected={selected}
          marks={marks}
          reached={reached}
          edits={null}
          canPaste={false}
          onSelect={setChosen}
          onOpen={setChosen}
        />
      </FlowCanvasOrSkeleton>
      <aside className={classes.drawnStep} aria-label={t('canvas.chosen_step')}>
        {selected === 'trigger' ? (
          <TriggerFacts run={run} />
        ) : (
          <StepResults draft={draft} id={selected} results={results.get(selected) ?? []} />
        )}
      </aside>
    </div>
  );
}

function FlowCanvasOrSkeleton({ children }: { readonly children: React.ReactNode }) {
  return (
    <Suspense fallback={<Skeleton height="100%" radius={0} />}>
      <div className={classes.drawnCanvas}>{children}</div>
    </Suspense>
  );
}

function useMarks(
  run: Execution,
  results: ReadonlyMap<string, readonly StepResult[]>,
): ReadonlyMap<string, NodeMark> {
  const { t } = useTranslation('workflows');
  const runLabel = useRunLabel();
  const marks = new Map<string, NodeMark>();
  for (const [id, entries] of results) {
    const last = entries.at(-1);
    if (!last) continue;
    // Why and until when it waits is the run's to say.
    const text =
      last.status === 'waiting' && run.status === 'waiting'
        ? runLabel(run)
        : t(`step_status.${last.status}`);
    const turns = entries.filter(({ status }) => status !== 'retried').length;
    marks.set(id, {
      tone: stepTones[last.status],
      text: turns > 1 ? t('canvas.times', { count: turns, status: text }) : text,
    });
  }
  return marks;
}

function TriggerFacts({ run }: { readonly run: Execution }) {
  const { t } = useTranslation('workflows');
  const text = useWorkflowText();
  return (
    <>
      <h2 className={classes.drawnTitle}>{t('editor.trigger')}</h2>
      <dl className={classes.drawnFacts}>
        <dt>{t('run.trigger')}</dt>
        <dd>{text(`triggers.${run.event_type}.label`, { defaultValue: run.event_type })}</dd>
        <dt>{t('run.record')}</dt>
        <dd>
          <RecordLink record={run.record} name={run.record_name} />
        </dd>
      </dl>
    </>
  );
}

interface StepResultsProps {
  readonly draft: ReturnType<typeof draftOfVersion>;
  readonly id: string;
  readonly results: readonly StepResult[];
}

function StepResults({ draft, id, results }: StepResultsProps) {
  const { t } = useTranslation('workflows');
  const words = useWords();
  const placed = placedSteps(draft.steps);
  const index = placed.findIndex(({ step }) => step.id === id);
  const step = placed[index]?.step;
  if (results.length === 0) {
    return (
      <>
        <h2 className={classes.drawnTitle}>{t('editor.step_number', { number: index + 1 })}</h2>
        {step && <p className={classes.none}>{stepInWords(step, words)}</p>}
        <p className={classes.none}>{t('canvas.not_reached')}</p>
      </>
    );
  }
  const attempts = results.filter(({ status }) => status === 'retried').length + 1;
  return (
    <>
      {attempts > 1 && <p className={classes.none}>{t('canvas.attempts', { count: attempts })}</p>}
      <ol className={classes.steps}>
        {results.map((result, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- attempts have no other name, and never change places
          <StepResultBlock key={`${id} ${at}`} step={result} number={index + 1} />
        ))}
      </ol>
    </>
  );
}
