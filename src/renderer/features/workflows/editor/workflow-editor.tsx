import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from '@tanstack/react-query';
import { Tabs } from '@mantine/core';
import type { Workflow } from '../../../../shared/contract/workflows.ts';
import type { Problem, WorkflowStatus } from '../../../../shared/workflow/definition.ts';
import { describeFailure } from '../../../api/errors.ts';
import { api } from '../../../api/query.ts';
import { useCommands } from '../../../commands/registry.ts';
import { DeleteWorkflowDialog } from '../delete-workflow-dialog.tsx';
import { EnrolDialog } from '../enrol-dialog.tsx';
import { useEnrolQuestion } from '../use-enrol-question.tsx';
import { domIdOf, placeOf, problemsAt, problemsOfStep, stepAt } from '../model/problem-place.ts';
import { changeStep, placedSteps } from '../model/draft-tree.ts';
import { knownTriggers } from '../model/workflow-draft.ts';
import { workflowInWords } from '../model/workflow-words.ts';
import { RehearsePanel } from '../rehearse/rehearse-panel.tsx';
import { RunNowDialog } from '../run-now-dialog.tsx';
import { WorkflowRuns } from '../runs/workflow-runs.tsx';
import { useStages, useWords } from '../use-words.ts';
import { EditorHeader } from './editor-header.tsx';
import { EditorNotices } from './editor-notices.tsx';
import classes from './editor.module.css';
import { SettingsForm } from './settings-form.tsx';
import { StepForm } from './step-form.tsx';
import { StepList } from './step-list.tsx';
import { TriggerForm } from './trigger-form.tsx';
import { problemsOf, useSave, type WaitingRuns } from './use-save.ts';
import { usePause } from './use-pause.ts';
import { VersionDialog } from './version-dialog.tsx';
import { useWorkflowEditor, type WorkflowEditor as Editor } from './use-workflow-editor.ts';

interface WorkflowEditorProps {
  /** Null for a workflow that is not saved yet. */
  readonly workflow: Workflow | null;
  readonly tab: 'build' | 'rehearse' | 'runs';
  /** Opened to be mended: every problem shows, the first has the focus. */
  readonly toFix: boolean;
}

export function WorkflowEditor({ workflow, tab, toFix }: WorkflowEditorProps) {
  const { t } = useTranslation('workflows');
  const navigate = useNavigate();
  const editor = useWorkflowEditor(workflow?.id ?? 'new', workflow);
  const save = useSave();
  const enrol = useEnrolQuestion();
  const [dialog, setDialog] = useState<'run' | 'delete' | 'version' | null>(null);
  const [refusal, setRefusal] = useState<{ count: number; message: string } | null>(null);
  const openRuns = useQuery({
    ...api.workflows.open_runs.queryOptions({ input: { id: workflow?.id ?? '' } }),
    enabled: workflow !== null,
  });
  const pause = usePause(workflow);
  const jump = useJump(editor, workflow !== null, toFix);
  const { draft } = editor;

  function refuse(problems: readonly Problem[], message: string): void {
    editor.reveal(problems);
    setRefusal({ count: problems.length, message });
    const first = problems[0];
    if (first) jump.to(first.path);
  }

  function store(status: WorkflowStatus, runs?: WaitingRuns): void {
    // A draft may be incomplete; only its name cannot wait.
    const gaps = editor.gaps.filter(({ path }) => status === 'active' || path === 'name');
    const problems = [...gaps, ...editor.faults];
    if (problems.length > 0) return refuse(problems, '');
    const waits = (openRuns.data?.waiting ?? 0) > 0;
    if (waits && editor.dirty && status === 'active' && runs === undefined) {
      setDialog('version');
      return;
    }
    setDialog(null);
    save.mutate(
      { id: workflow?.id ?? null, draft, status, runs: runs ?? 'keep' },
      {
        onSuccess: (saved) => {
          const was = workflow?.status ?? null;
          editor.discard();
          setRefusal(null);
          notifications.show({ message: savedMessage(saved, was) });
          if (saved.status === 'active' && was !== 'active') enrol.ask(saved);
          if (!workflow) {
            void navigate({
              to: '/workflows/$workflowId',
              params: { workflowId: saved.id },
              replace: true,
            });
          }
        },
        onError: (error) => refuse(problemsOf(error), describeFailure(error).message),
      },
    );
  }

  function savedMessage(saved: Workflow, was: WorkflowStatus | null): string {
    const { name } = saved;
    if (saved.status === 'draft') return t('editor.saved_draft');
    return saved.status === 'active' && was !== 'active'
      ? t('editor.turned_on', { name })
      : t('editor.saved');
  }

  useCommands([
    {
      id: 'workflow_save',
      label: 'workflows:commands.save',
      section: 'workflow',
      shortcut: 'mod+s',
      whileTyping: true,
      perform: () => store(workflow?.status ?? 'draft'),
    },
    ...(workflow
      ? [
          {
            id: 'workflow_run',
            label: 'workflows:editor.run_now',
            section: 'workflow',
            perform: () => setDialog('run'),
          } as const,
        ]
      : []),
  ]);

  return (
    <>
      <EditorHeader
        name={draft.name}
        nameError={
          problemsAt(editor.shown, ({ part }) => part === 'details').has('name')
            ? t('problems.name')
            : undefined
        }
        status={workflow?.status ?? null}
        parked={workflow?.parked_reason !== null && workflow?.parked_reason !== undefined}
        dirty={editor.dirty}
        saving={save.isPending}
        onName={(name) => editor.change({ ...draft, name })}
        onSave={store}
        onRun={() => setDialog('run')}
        onDiscard={() => {
          editor.discard();
          setRefusal(null);
        }}
        onDelete={() => setDialog('delete')}
        onPause={(runs) => pause.mutate(runs)}
        waiting={openRuns.data?.waiting}
      />
      <Tabs
        value={tab}
        classNames={{ list: classes.tabs ?? '', tab: classes.tab ?? '' }}
        onChange={(next) =>
          void navigate({
            to: '/workflows/$workflowId',
            params: { workflowId: workflow?.id ?? 'new' },
            search: next === 'runs' || next === 'rehearse' ? { tab: next } : {},
          })
        }
      >
        <Tabs.List>
          <Tabs.Tab value="build">{t('editor.build')}</Tabs.Tab>
          <Tabs.Tab value="rehearse">{t('rehearse.tab')}</Tabs.Tab>
          {workflow && <Tabs.Tab value="runs">{t('editor.runs')}</Tabs.Tab>}
        </Tabs.List>
      </Tabs>
      <EditorNotices
        refusal={editor.shown.length === 0 && refusal?.count !== 0 ? null : refusal}
        parkedReason={workflow?.parked_reason ?? null}
        pausedReason={workflow?.paused_reason ?? null}
        warnings={workflow?.warnings ?? []}
        changedElsewhere={editor.changedElsewhere}
        onLoadTheirs={editor.discard}
      />
      {tab === 'rehearse' ? (
        <RehearsePanel workflowId={workflow?.id ?? null} draft={draft} />
      ) : tab === 'runs' && workflow ? (
        <WorkflowRuns workflowId={workflow.id} onRun={() => setDialog('run')} />
      ) : (
        <Build
          workflow={workflow}
          editor={editor}
          selected={jump.selected}
          onSelect={jump.select}
        />
      )}
      {enrol.question && <EnrolDialog {...enrol.question} onClose={enrol.close} />}
      {workflow && dialog === 'run' && (
        <RunNowDialog workflow={workflow} onClose={() => setDialog(null)} />
      )}
      {dialog === 'version' && (
        <VersionDialog
          waiting={openRuns.data?.waiting ?? 0}
          onChoose={(runs) => store('active', runs)}
          onClose={() => setDialog(null)}
        />
      )}
      {workflow && dialog === 'delete' && (
        <DeleteWorkflowDialog
          workflow={workflow}
          onClose={() => setDialog(null)}
          onDeleted={() => {
            editor.discard();
            void navigate({ to: '/workflows' });
          }}
        />
      )}
    </>
  );
}

/** Which part is open in the inspector, and the way to a problem: open its part, then focus its input. */
function useJump(editor: Editor, exists: boolean, toFix: boolean) {
  const { draft, faults, gaps } = editor;
  const [selected, setSelected] = useState(() =>
    exists ? (draft.steps[0]?.id ?? 'trigger') : 'trigger',
  );
  const [target, setTarget] = useState<string | null>(null);
  const [opened, setOpened] = useState(toFix);

  function to(path: string): void {
    const place = placeOf(path);
    if (place.part === 'trigger' || place.part === 'settings') setSelected('trigger');
    if (place.part === 'step') setSelected(stepAt(draft.steps, place.step)?.id ?? 'trigger');
    setTarget(domIdOf(place, draft.steps));
  }

  useEffect(() => {
    if (target === null) return;
    document.getElementById(target)?.focus();
    setTarget(null);
  }, [target]);

  const first = gaps[0] ?? faults[0];
  useEffect(() => {
    if (!opened || !first) return;
    setOpened(false);
    editor.reveal([]);
    to(first.path);
    // oxlint-disable-next-line react/exhaustive-deps -- once, as soon as the check has said something
  }, [opened, first]);

  return { selected, select: setSelected, to };
}

interface BuildProps {
  readonly workflow: Workflow | null;
  readonly editor: Editor;
  readonly selected: string;
  readonly onSelect: (selected: string) => void;
}

function Build({ workflow, editor, selected, onSelect }: BuildProps) {
  const { t } = useTranslation('workflows');
  const stages = useStages();
  const words = useWords();
  const { draft, change, shown } = editor;
  const placed = useMemo(() => placedSteps(draft.steps), [draft.steps]);
  const index = placed.findIndex(({ step }) => step.id === selected);
  const { step, path, loops } = placed[index] ?? { step: null, path: '', loops: [] };
  const triggers = useMemo(() => knownTriggers(draft), [draft]);
  const earlier = useMemo(() => placed.slice(0, index).map((one) => one.step), [placed, index]);
  return (
    <>
      <div className={classes.frame}>
        <section className={classes.canvas}>
          <StepList
            draft={draft}
            selected={step ? step.id : 'trigger'}
            onSelect={onSelect}
            onChange={change}
            faults={editor.faults}
            gaps={editor.gaps}
          />
        </section>
        <section className={classes.inspector} aria-label={t('editor.inspector')}>
          {step ? (
            <StepForm
              key={step.id}
              step={step}
              number={index + 1}
              earlier={earlier}
              loops={loops}
              triggers={triggers}
              stages={stages}
              problems={problemsOfStep(shown, path)}
              onChange={(changed) => change(changeStep(draft, step.id, changed))}
              onBlur={(field) =>
                editor.touch(field === '' ? `${path}.config` : `${path}.config.${field}`)
              }
            />
          ) : (
            <>
              <TriggerForm
                workflow={workflow}
                draft={draft}
                stages={stages}
                problems={problemsAt(shown, (place) => place.part === 'trigger')}
                onBlur={editor.touch}
                detailProblems={problemsAt(shown, (place) => place.part === 'details')}
                onChange={(changed) => change({ ...draft, ...changed })}
              />
              <SettingsForm
                draft={draft}
                stages={stages}
                problems={problemsAt(shown, (place) => place.part === 'settings')}
                onBlur={editor.touch}
                onChange={(changed) => change({ ...draft, ...changed })}
              />
            </>
          )}
        </section>
      </div>
      <footer className={classes.footer}>
        <span className={classes.footerLabel}>{t('editor.in_words')}</span>
        <span data-testid="workflow-words">{workflowInWords(draft, words)}</span>
      </footer>
    </>
  );
}
