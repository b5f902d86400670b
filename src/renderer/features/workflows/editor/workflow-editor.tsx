import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from '@tanstack/react-query';
import { Tabs } from '@mantine/core';
import type { Workflow } from '../../../../shared/contract/workflows.ts';
import type { Problem, WorkflowStatus } from '../../../../shared/workflow/definition.ts';
import { privateAddresses } from '../../../../shared/workflow/portable/private-addresses.ts';
import { describeFailure } from '../../../api/errors.ts';
import { api } from '../../../api/query.ts';
import { useCommands } from '../../../commands/registry.ts';
import { ConfirmAddressesDialog } from '../confirm-addresses-dialog.tsx';
import { DeleteWorkflowDialog } from '../delete-workflow-dialog.tsx';
import { EnrolDialog } from '../enrol-dialog.tsx';
import { useEnrolQuestion } from '../use-enrol-question.tsx';
import { problemsAt } from '../model/problem-place.ts';
import { definitionOf } from '../model/workflow-draft.ts';
import { RehearsePanel } from '../rehearse/rehearse-panel.tsx';
import { usePublishTests } from '../rehearse/use-publish-tests.tsx';
import { RunNowDialog } from '../run-now-dialog.tsx';
import { PublishDialog } from '../versions/publish-dialog.tsx';
import { VersionsTab } from '../versions/versions-tab.tsx';
import { type WorkflowTab, workflowTabs } from '../workflow-tabs.ts';
import { WorkflowRuns } from '../runs/workflow-runs.tsx';
import { BuildTab } from './build-tab.tsx';
import { EditorHeader } from './editor-header.tsx';
import { EditorNotices } from './editor-notices.tsx';
import classes from './editor.module.css';
import { problemsOf, useSave, type WaitingRuns } from './use-save.ts';
import { type Jump, useJump } from './use-jump.ts';
import { SettingsTab } from './settings-tab.tsx';
import { useLoops } from './use-loops.ts';
import { usePause } from './use-pause.ts';
import { useWorkflowEditor, type WorkflowEditor as Editor } from './use-workflow-editor.ts';

interface WorkflowEditorProps {
  /** Null for a workflow that is not saved yet. */
  readonly workflow: Workflow | null;
  readonly tab: WorkflowTab;
  /** Of the runs only those of this version. */
  readonly version: number | undefined;
  /** Opened to be mended: every problem shows, the first has the focus. */
  readonly toFix: boolean;
}

export function WorkflowEditor({ workflow, tab, version, toFix }: WorkflowEditorProps) {
  const { t } = useTranslation('workflows');
  const navigate = useNavigate();
  const editor = useWorkflowEditor(workflow?.id ?? 'new', workflow);
  const save = useSave();
  const enrol = useEnrolQuestion();
  const tests = usePublishTests(workflow?.id ?? null);
  const [dialog, setDialog] = useState<'run' | 'delete' | 'publish' | 'addresses' | null>(null);
  const [allowed, setAllowed] = useState(false);
  const [refusal, setRefusal] = useState<{ count: number; message: string } | null>(null);
  const openRuns = useQuery({
    ...api.workflows.open_runs.queryOptions({ input: { id: workflow?.id ?? '' } }),
    enabled: workflow !== null,
  });
  const pause = usePause(workflow);
  const jump = useJump(editor, workflow !== null, toFix, showTab);
  const loops = useLoops(workflow?.id ?? null, editor.draft);
  const { draft } = editor;
  const near = new Set(privateAddresses(definitionOf(draft).actions).map(({ url }) => url));
  const unconfirmed = (workflow?.unconfirmed_addresses ?? []).filter((url) => near.has(url));

  function showTab(next: WorkflowTab): void {
    if (next === tab) return;
    void navigate({
      to: '/workflows/$workflowId',
      params: { workflowId: workflow?.id ?? 'new' },
      search: next === 'build' ? {} : { tab: next },
    });
  }

  function refuse(problems: readonly Problem[], message: string): void {
    editor.reveal(problems);
    setRefusal({ count: problems.length, message });
    const first = problems[0];
    if (first) jump.to(first.path);
  }

  /**
   * @param tested its tests were run on this very draft, or are not to keep it from being saved
   * @param confirmed it may send to the addresses near this computer that came with its file
   */
  function store(
    status: WorkflowStatus,
    runs?: WaitingRuns,
    tested = false,
    confirmed = allowed,
  ): void {
    // A draft may be incomplete; only its name cannot wait.
    const gaps = editor.gaps.filter(({ path }) => status === 'active' || path === 'name');
    const problems = [...gaps, ...editor.faults];
    if (problems.length > 0) return refuse(problems, '');
    if (status === 'active' && !confirmed && unconfirmed.length > 0) {
      setDialog('addresses');
      return;
    }
    const published = workflow?.version ?? null;
    if (status === 'active' && published !== null && editor.definitionChanged && !runs) {
      setDialog('publish');
      return;
    }
    setDialog(null);
    if (status === 'active' && !tested) {
      tests.runBefore(draft, () => store(status, runs, true, confirmed));
      return;
    }
    save.mutate(
      { id: workflow?.id ?? null, draft, status, runs: runs ?? 'keep', allowed: confirmed },
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
        saving={save.isPending || tests.isRunning}
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
        onChange={(next) => showTab(workflowTabs.find((one) => one === next) ?? 'build')}
      >
        <Tabs.List>
          <Tabs.Tab value="build">{t('editor.build')}</Tabs.Tab>
          <Tabs.Tab value="rehearse">{t('rehearse.tab')}</Tabs.Tab>
          {workflow && <Tabs.Tab value="runs">{t('editor.runs')}</Tabs.Tab>}
          {workflow && <Tabs.Tab value="versions">{t('versions.tab')}</Tabs.Tab>}
          <Tabs.Tab value="settings">{t('editor.settings')}</Tabs.Tab>
        </Tabs.List>
      </Tabs>
      <EditorNotices
        refusal={editor.shown.length === 0 && refusal?.count !== 0 ? null : refusal}
        parkedReason={workflow?.parked_reason ?? null}
        pausedReason={workflow?.paused_reason ?? null}
        warnings={loops ?? workflow?.warnings ?? []}
        changedElsewhere={editor.changedElsewhere}
        onLoadTheirs={editor.discard}
      />
      <TabContent
        tab={tab}
        workflow={workflow}
        version={version}
        editor={editor}
        jump={jump}
        loops={loops ?? workflow?.warnings ?? []}
        onRun={() => setDialog('run')}
      />
      {enrol.question && <EnrolDialog {...enrol.question} onClose={enrol.close} />}
      {workflow && dialog === 'run' && (
        <RunNowDialog workflow={workflow} onClose={() => setDialog(null)} />
      )}
      {tests.dialog}
      {dialog === 'addresses' && (
        <ConfirmAddressesDialog
          name={draft.name}
          addresses={unconfirmed}
          saving={save.isPending}
          onConfirm={() => {
            setAllowed(true);
            setDialog(null);
            store('active', undefined, false, true);
          }}
          onClose={() => setDialog(null)}
        />
      )}
      {workflow && workflow.version !== null && dialog === 'publish' && (
        <PublishDialog
          workflowId={workflow.id}
          version={workflow.version}
          draft={draft}
          waiting={openRuns.data?.waiting ?? 0}
          warnings={(loops ?? []).map(({ message }) => message)}
          saving={save.isPending}
          onPublish={(runs) => store('active', runs)}
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

interface TabContentProps {
  readonly tab: WorkflowTab;
  readonly workflow: Workflow | null;
  readonly version: number | undefined;
  readonly editor: Editor;
  readonly jump: Jump;
  readonly loops: Workflow['warnings'];
  readonly onRun: () => void;
}

/** A workflow that is not saved yet has neither runs nor versions. */
function TabContent({ tab, workflow, version, editor, jump, loops, onRun }: TabContentProps) {
  if (tab === 'settings') return <SettingsTab editor={editor} />;
  if (tab === 'rehearse')
    return <RehearsePanel workflowId={workflow?.id ?? null} draft={editor.draft} />;
  if (workflow && tab === 'versions')
    return <VersionsTab workflow={workflow} dirty={editor.dirty} />;
  if (workflow && tab === 'runs')
    return <WorkflowRuns workflowId={workflow.id} version={version} onRun={onRun} />;
  return (
    <BuildTab
      workflow={workflow}
      editor={editor}
      selection={jump}
      loops={loops}
      onJump={(path) => {
        editor.reveal([]);
        jump.to(path);
      }}
    />
  );
}
