import { useEffect, useState } from 'react';
import { domIdOf, placeOf, stepAt } from '../model/problem-place.ts';
import type { Selection } from './build-tab.tsx';
import { inspectorDomId } from './inspector.tsx';
import type { WorkflowEditor } from './use-workflow-editor.ts';

export interface Jump extends Selection {
  /** Opens the part a problem is in, then focuses its input. */
  readonly to: (path: string) => void;
}

const inputs = 'input:not([type="hidden"]), textarea, select, [contenteditable="true"]';

/** Which part is open in the inspector, and the way to a problem. */
export function useJump(editor: WorkflowEditor, exists: boolean, toFix: boolean): Jump {
  const { draft, faults, gaps } = editor;
  const [selected, setSelected] = useState(() =>
    exists ? (draft.steps[0]?.id ?? 'trigger') : 'trigger',
  );
  const [open, setOpen] = useState<boolean | null>(null);
  const [target, setTarget] = useState<string | null>(null);
  const [opened, setOpened] = useState(toFix);

  function select(part: string): void {
    setSelected(part);
    setOpen(true);
  }

  function to(path: string): void {
    const place = placeOf(path);
    if (place.part === 'trigger' || place.part === 'settings') select('trigger');
    if (place.part === 'step') select(stepAt(draft.steps, place.step)?.id ?? 'trigger');
    setTarget(domIdOf(place, draft.steps));
  }

  useEffect(() => {
    if (target === null) return;
    const element = document.getElementById(target);
    const entry = target === inspectorDomId ? element?.querySelector<HTMLElement>(inputs) : element;
    entry?.focus();
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

  return {
    selected,
    open,
    select,
    close: () => setOpen(false),
    enter: (part) => {
      select(part);
      setTarget(inspectorDomId);
    },
    to,
  };
}
