import { createContext, useContext } from 'react';
import type { Tone } from '../../../ui/status-dot.tsx';
import type { StepEdits } from '../editor/use-step-edits.ts';
import type { CanvasNode, InsertPlace } from '../model/canvas-layout.ts';
import type { WorkflowDraft } from '../model/workflow-draft.ts';

/** What is said of a node beside what it does: a fault while it is built, its state in a run. */
export interface NodeMark {
  readonly tone: Tone;
  readonly text: string;
}

/** What can be changed on a canvas; a run is drawn on one where nothing can. */
export interface CanvasEditing {
  readonly edits: StepEdits;
  readonly canPaste: boolean;
  /** The place whose step library is open. */
  readonly openAt: InsertPlace | null;
  readonly onOpenAt: (place: InsertPlace | null) => void;
  /** The place a dragged step would go to. */
  readonly dropAt: InsertPlace | null;
  /** The step that is being dragged. */
  readonly dragged: string | null;
}

export interface CanvasView {
  readonly draft: WorkflowDraft;
  readonly selected: string | null;
  /** The one node the Tab key stops at; arrow keys lead from there. */
  readonly current: string;
  readonly marks: ReadonlyMap<string, NodeMark>;
  /** Ids of nodes a run came by; null where no run is drawn. */
  readonly reached: ReadonlySet<string> | null;
  readonly editing: CanvasEditing | null;
  readonly onFocus: (id: string) => void;
  /** The user clicked it. */
  readonly onChoose: (id: string) => void;
  readonly onKey: (event: React.KeyboardEvent, node: CanvasNode) => void;
}

const CanvasContext = createContext<CanvasView | null>(null);

export const CanvasProvider = CanvasContext.Provider;

/** @throws Error outside a canvas, which is our bug */
export function useCanvas(): CanvasView {
  const view = useContext(CanvasContext);
  if (!view) throw new Error('A part of the canvas is used outside of it.');
  return view;
}

export function samePlace(one: InsertPlace | null, other: InsertPlace): boolean {
  return (
    one !== null &&
    one.at === other.at &&
    one.place.parent === other.place.parent &&
    one.place.list === other.place.list
  );
}

/** Names a button in the page by what it stands for; an id would be taken by the menu it may open. */
export const nodeAttribute = (id: string) => ({ 'data-step': id });

/** The button of `trigger` or of a step, on the canvas or in the outline. */
export function nodeElement(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-step="${CSS.escape(id)}"]`);
}
