import { useEffect, useRef, useState } from 'react';
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
export function useJump(
  editor: WorkflowEditor,
  exists: boolean,
  toFix: boolean,
  showTab: (tab: 'build' | 'settings') => void,
): Jump {
  const { draft, faults, gaps } = editor;
  const [selected, setSelected] = useState(() =>
    exists ? (draft.steps[0]?.id ?? 'trigger') : 'trigger',
  );
  const [open, setOpen] = useState<boolean | null>(null);
  // Kept until it is in the page: its tab or its form may still be on its way.
  const target = useRef<string | null>(null);
  const [, setAsked] = useState(0);
  const [opened, setOpened] = useState(toFix);

  function select(part: string): void {
    setSelected(part);
    setOpen(true);
    target.current = null;
  }

  function focusOn(id: string): void {
    target.current = id;
    setAsked((times) => times + 1);
  }

  function to(path: string): void {
    const place = placeOf(path);
    const inSettings = place.part === 'settings' || path === 'description';
    if (path !== 'name') showTab(inSettings ? 'settings' : 'build');
    if (place.part === 'trigger') select('trigger');
    if (place.part === 'step') select(stepAt(draft.steps, place.step)?.id ?? 'trigger');
    focusOn(domIdOf(place, draft.steps));
  }

  useEffect(() => {
    if (target.current === null) return;
    const element = document.getElementById(target.current);
    if (!element) return;
    const inside = target.current === inspectorDomId;
    (inside ? element.querySelector<HTMLElement>(inputs) : element)?.focus();
    target.current = null;
  });

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
      focusOn(inspectorDomId);
    },
    to,
  };
}
