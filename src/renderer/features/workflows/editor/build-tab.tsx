import { ActionIcon, SegmentedControl, Skeleton, Tooltip } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { Redo2, Undo2 } from 'lucide-react';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Workflow } from '../../../../shared/contract/workflows.ts';
import { useCommands } from '../../../commands/registry.ts';
import { placedSteps } from '../model/draft-tree.ts';
import { placeOfStep } from '../model/move-step.ts';
import { useStepClipboard } from '../model/step-clipboard.ts';
import { workflowInWords } from '../model/workflow-words.ts';
import { useWords } from '../use-words.ts';
import { ChecksList } from './checks-list.tsx';
import { useEditorView } from './editor-view-store.ts';
import classes from './editor.module.css';
import { Inspector } from './inspector.tsx';
import { StepList } from './step-list.tsx';
import { useNodeMarks } from './use-node-marks.ts';
import { type StepEdits, useStepEdits } from './use-step-edits.ts';
import type { WorkflowEditor } from './use-workflow-editor.ts';

// The drawing library comes with the first canvas, not with the first screen.
const FlowCanvas = lazy(async () => ({
  default: (await import('../canvas/flow-canvas.tsx')).FlowCanvas,
}));

/** Below this the outline is easier to read, and the settings need the whole width. */
const narrowPx = 640;

/** Which part of the workflow is open. */
export interface Selection {
  /** `trigger`, or the id of a step. */
  readonly selected: string;
  /** Its settings are shown; null until somebody opened or closed them. */
  readonly open: boolean | null;
  readonly select: (selected: string) => void;
  readonly close: () => void;
  /** Opens its settings and puts the focus into them. */
  readonly enter: (selected: string) => void;
}

interface BuildTabProps {
  readonly workflow: Workflow | null;
  readonly editor: WorkflowEditor;
  readonly selection: Selection;
  /** Loops it may be part of. */
  readonly loops: Workflow['warnings'];
  /** Shows what is missing, and leads to where it can be mended. */
  readonly onJump: (path: string) => void;
}

/** The workflow as it is built: its steps, the settings of the chosen one, and all of it in words. */
export function BuildTab({ workflow, editor, selection, loops, onJump }: BuildTabProps) {
  const { t } = useTranslation('workflows');
  const words = useWords();
  const { ref, width } = useElementSize();
  const { view, show } = useEditorView();
  const { draft, change, faults, gaps } = editor;
  const narrow = width > 0 && width < narrowPx;
  const shown = view ?? (narrow ? 'outline' : 'canvas');
  const open = selection.open ?? !narrow;
  const placed = useMemo(() => placedSteps(draft.steps), [draft.steps]);
  const selected = placed.some(({ step }) => step.id === selection.selected)
    ? selection.selected
    : 'trigger';
  const edits = useStepEdits({
    draft,
    selected,
    onSelect: selection.select,
    onChange: change,
  });
  const canPaste = useStepClipboard((state) => state.text !== null);
  const marks = useNodeMarks(draft, faults, gaps);
  useBuildCommands(editor, edits, selected, () => show(shown === 'canvas' ? 'outline' : 'canvas'));

  return (
    <>
      <div ref={ref} className={classes.frame} data-narrow={narrow || undefined}>
        <section
          className={classes.stage}
          aria-label={t('editor.steps')}
          {...clipboardHandlers(edits, draft.steps, selected)}
        >
          <div className={classes.stageBar}>
            <SegmentedControl
              size="xs"
              aria-label={t('canvas.view')}
              data={[
                { value: 'canvas', label: t('canvas.canvas') },
                { value: 'outline', label: t('canvas.outline') },
              ]}
              value={shown}
              onChange={(next) => show(next === 'outline' ? 'outline' : 'canvas')}
            />
            <span className={classes.stageGap} />
            <ChecksList draft={draft} faults={faults} gaps={gaps} loops={loops} onJump={onJump} />
            <Tooltip label={t('canvas.undo')}>
              <ActionIcon
                aria-label={t('canvas.undo')}
                disabled={!editor.canUndo}
                onClick={() => editor.travel('undo')}
              >
                <Undo2 size={16} />
              </ActionIcon>
            </Tooltip>
            <Tooltip label={t('canvas.redo')}>
              <ActionIcon
                aria-label={t('canvas.redo')}
                disabled={!editor.canRedo}
                onClick={() => editor.travel('redo')}
              >
                <Redo2 size={16} />
              </ActionIcon>
            </Tooltip>
          </div>
          {shown === 'canvas' ? (
            <Suspense fallback={<CanvasSkeleton />}>
              <FlowCanvas
                label={t('canvas.label')}
                draft={draft}
                selected={selected}
                marks={marks}
                reached={null}
                edits={edits}
                canPaste={canPaste}
                onSelect={selection.select}
                onOpen={selection.enter}
              />
            </Suspense>
          ) : (
            <div className={classes.canvas}>
              <StepList
                draft={draft}
                selected={selected}
                edits={edits}
                canPaste={canPaste}
                onSelect={selection.select}
                faults={faults}
                gaps={gaps}
              />
            </div>
          )}
        </section>
        {open && (
          <Inspector
            workflow={workflow}
            editor={editor}
            placed={placed}
            selected={selected}
            onClose={selection.close}
          />
        )}
      </div>
      <footer className={classes.footer}>
        <span className={classes.footerLabel}>{t('editor.in_words')}</span>
        <span data-testid="workflow-words">{workflowInWords(draft, words)}</span>
      </footer>
    </>
  );
}

function useBuildCommands(
  editor: WorkflowEditor,
  edits: StepEdits,
  selected: string,
  onToggleView: () => void,
): void {
  useCommands([
    {
      id: 'workflow_undo',
      label: 'workflows:canvas.undo',
      section: 'workflow',
      shortcut: 'mod+z',
      perform: () => editor.travel('undo'),
    },
    {
      id: 'workflow_redo',
      label: 'workflows:canvas.redo',
      section: 'workflow',
      shortcut: 'mod+shift+z',
      otherShortcuts: ['mod+y'],
      perform: () => editor.travel('redo'),
    },
    {
      id: 'workflow_view',
      label: 'workflows:canvas.other_view',
      section: 'workflow',
      shortcut: 'v',
      perform: onToggleView,
    },
    ...(selected === 'trigger'
      ? []
      : [
          {
            id: 'workflow_duplicate_step',
            label: 'workflows:canvas.duplicate',
            section: 'workflow',
            shortcut: 'mod+d',
            perform: () => edits.duplicate(selected),
          } as const,
        ]),
  ]);
}

/** Copy, cut and paste as everywhere: with the system's clipboard, so that a step goes from one workflow to another. */
function clipboardHandlers(
  edits: StepEdits,
  steps: Parameters<typeof placeOfStep>[0],
  selected: string,
) {
  function take(event: React.ClipboardEvent): boolean {
    // A text that is marked is what the user means.
    if (String(document.getSelection()) !== '' || isTextInput(event.target)) return false;
    const text = edits.copy(selected);
    if (text === null) return false;
    event.clipboardData.setData('text/plain', text);
    event.preventDefault();
    return true;
  }
  return {
    onCopy: (event: React.ClipboardEvent) => void take(event),
    onCut: (event: React.ClipboardEvent) => {
      if (take(event)) edits.remove(selected);
    },
    onPaste: (event: React.ClipboardEvent) => {
      if (isTextInput(event.target)) return;
      const from = placeOfStep(steps, selected);
      const where = from
        ? { place: from.place, at: from.at + 1 }
        : { place: { parent: null, list: 0 }, at: 0 };
      const text = event.clipboardData.getData('text/plain');
      if (edits.paste(where, text)) event.preventDefault();
    },
  };
}

function isTextInput(target: EventTarget): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}

function CanvasSkeleton() {
  return (
    <div className={classes.canvas}>
      <div className={classes.steps}>
        <Skeleton height={76} radius={8} />
        <div className={classes.between} />
        <Skeleton height={76} radius={8} />
      </div>
    </div>
  );
}
