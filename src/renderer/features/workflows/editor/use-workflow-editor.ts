import { useMemo, useState } from 'react';
import type { Workflow } from '../../../../shared/contract/workflows.ts';
import { checkDefinition } from '../../../../shared/workflow/check-definition.ts';
import type { Problem } from '../../../../shared/workflow/definition.ts';
import { useCustomFields } from '../../records/custom-fields.ts';
import { useDraftStore } from '../draft-store.ts';
import { noHistory, remember, travel, useEditHistory } from './edit-history.ts';
import { placeOf } from '../model/problem-place.ts';
import {
  definitionOf,
  draftOf,
  emptyDraft,
  fingerprint,
  rawDefinitionOf,
  sameDraft,
  type WorkflowDraft,
} from '../model/workflow-draft.ts';
import { useStages } from '../use-words.ts';

export interface WorkflowEditor {
  readonly draft: WorkflowDraft;
  readonly dirty: boolean;
  /** What it does would be another than what is stored, so that saving publishes a version. */
  readonly definitionChanged: boolean;
  /** The stored workflow is no longer what the editing began with. */
  readonly changedElsewhere: boolean;
  readonly faults: readonly Problem[];
  readonly gaps: readonly Problem[];
  /** What is shown at the fields: gaps only where the user has been, or once a save was refused. */
  readonly shown: readonly Problem[];
  readonly change: (draft: WorkflowDraft) => void;
  readonly discard: () => void;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** Takes back the last edit of this window, or does it again. */
  readonly travel: (direction: 'undo' | 'redo') => void;
  readonly touch: (path: string) => void;
  /** Shows every gap, and what the server found beside. */
  readonly reveal: (fromServer: readonly Problem[]) => void;
}

const noProblems: readonly Problem[] = [];

function useChecked(draft: WorkflowDraft): {
  faults: readonly Problem[];
  gaps: readonly Problem[];
} {
  const stages = useStages();
  const custom = useCustomFields();
  return useMemo(() => {
    // Before the stages are there every stage would be unknown.
    if (stages.length === 0) return { faults: noProblems, gaps: noProblems };
    const { faults, gaps } = checkDefinition(rawDefinitionOf(draft), {
      stages: stages.map((stage) => stage.slug),
      custom,
    });
    const unnamed: Problem = { path: 'name', code: 'required', message: '' };
    return { faults, gaps: draft.name.trim() === '' ? [unnamed, ...gaps] : gaps };
  }, [draft, stages, custom]);
}

/** @param workflow null for one that is not saved yet */
export function useWorkflowEditor(id: string, workflow: Workflow | null): WorkflowEditor {
  const unsaved = useDraftStore((state) => state.drafts[id]);
  const keep = useDraftStore((state) => state.keep);
  const drop = useDraftStore((state) => state.drop);
  const { past, future } = useEditHistory((state) => state.histories[id]) ?? noHistory;
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [revealed, setRevealed] = useState(false);
  const [fromServer, setFromServer] = useState(noProblems);

  const saved = useMemo(() => (workflow ? draftOf(workflow) : emptyDraft()), [workflow]);
  const draft = unsaved?.draft ?? saved;
  const { faults, gaps } = useChecked(draft);

  const shown = useMemo(() => {
    const visible = gaps.filter(({ path }) => revealed || touched.has(path));
    const known = new Set([...faults, ...visible].map(({ path }) => path));
    return [...faults, ...visible, ...fromServer.filter(({ path }) => !known.has(path))];
  }, [faults, gaps, revealed, touched, fromServer]);

  function put(next: WorkflowDraft): void {
    // What the server said was about the text as it was then.
    setFromServer((problems) => problems.filter(({ path }) => placeOf(path).part === 'details'));
    if (sameDraft(next, saved) && unsaved === undefined) return;
    keep(id, { draft: next, base: unsaved?.base ?? fingerprint(saved) });
  }

  return {
    draft,
    dirty: unsaved !== undefined && !sameDraft(unsaved.draft, saved),
    definitionChanged: JSON.stringify(definitionOf(draft)) !== JSON.stringify(definitionOf(saved)),
    changedElsewhere: unsaved !== undefined && unsaved.base !== fingerprint(saved),
    faults,
    gaps,
    shown,
    change: (next) => {
      if (!sameDraft(next, draft)) remember(id, draft, next);
      put(next);
    },
    canUndo: past.length > 0,
    canRedo: future.length > 0,
    travel: (direction) => {
      const target = travel(id, draft, direction);
      if (target) put(target);
    },
    discard: () => {
      drop(id);
      setTouched(new Set());
      setRevealed(false);
      setFromServer(noProblems);
    },
    touch: (path) => setTouched((paths) => (paths.has(path) ? paths : new Set([...paths, path]))),
    reveal: (problems) => {
      setRevealed(true);
      setFromServer(problems);
    },
  };
}
