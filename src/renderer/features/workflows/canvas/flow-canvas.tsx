import {
  type NodeChange,
  type OnNodeDrag,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { ActionIcon, Tooltip } from '@mantine/core';
import { useElementSize, useReducedMotion } from '@mantine/hooks';
import { Maximize, Minus, Plus } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../../commands/registry.ts';
import type { StepEdits } from '../editor/use-step-edits.ts';
import { type CanvasNode, type InsertPlace, layOut, stopBeside } from '../model/canvas-layout.ts';
import { canMoveTo } from '../model/move-step.ts';
import type { WorkflowDraft } from '../model/workflow-draft.ts';
import { CanvasLines } from './canvas-lines.tsx';
import { CanvasNodeView, type FlowNode } from './canvas-nodes.tsx';
import { CanvasProvider, type CanvasView, type NodeMark, nodeElement } from './canvas-view.ts';
import classes from './canvas.module.css';

interface FlowCanvasProps {
  readonly label: string;
  readonly draft: WorkflowDraft;
  /** `trigger`, or the id of a step; null while nothing is. */
  readonly selected: string | null;
  readonly marks: ReadonlyMap<string, NodeMark>;
  /** Nodes and lines a run came by; null where no run is drawn. */
  readonly reached: ReadonlySet<string> | null;
  /** Null where nothing can be changed. */
  readonly edits: StepEdits | null;
  readonly canPaste: boolean;
  readonly onSelect: (id: string) => void;
  /** Enter on a node: its settings are to have the focus. */
  readonly onOpen: (id: string) => void;
}

/** A workflow drawn as what it is, a tree: laid out by itself, moved about by hand or by keys. */
export function FlowCanvas(props: FlowCanvasProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
}

const nodeTypes = { canvas: CanvasNodeView };
const margin = 24;
/** How near to a plus a card has to be let go. */
const dropReach = 90;
const motionMs = 120;

interface Drag {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

function Canvas(props: FlowCanvasProps) {
  const { label, draft, selected, marks, reached, edits, canPaste, onSelect, onOpen } = props;
  const layout = useMemo(() => layOut(draft.steps), [draft.steps]);
  const { ref: sizeRef, width, height } = useElementSize();
  const [current, setCurrent] = useState(selected ?? 'trigger');
  const [openAt, setOpenAt] = useState<InsertPlace | null>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const [dropAt, setDropAt] = useState<InsertPlace | null>(null);
  const known = layout.nodes.some((node) => node.id === current);
  const stop = known ? current : (selected ?? 'trigger');
  const { reveal, fit } = useViewport(layout, width, height);

  // A step that was just put in has the focus once it is there.
  const added = useRef(false);
  const focusNext = useRef<string | null>(null);

  useEffect(() => {
    if (selected === null) return;
    setCurrent(selected);
    reveal(selected);
    if (added.current) focusNext.current = selected;
    added.current = false;
    // oxlint-disable-next-line react/exhaustive-deps -- the view follows the choice and the room there is, not itself
  }, [selected, layout, width, height]);

  // Where a key leads is there only after the next rendering.
  useEffect(() => {
    if (focusNext.current === null) return;
    const element = nodeElement(focusNext.current);
    if (!element) return;
    focusNext.current = null;
    element.focus({ preventScroll: true });
  });

  function go(id: string): void {
    setCurrent(id);
    focusNext.current = id;
    reveal(id);
    const node = layout.nodes.find((one) => one.id === id);
    if (node?.kind === 'trigger' || node?.kind === 'step') onSelect(id);
  }

  function insertAt(node: CanvasNode): InsertPlace | null {
    switch (node.kind) {
      case 'trigger':
        return { place: { parent: null, list: 0 }, at: 0 };
      case 'step':
        return node.insertAfter;
      case 'branch':
        return node.list === null
          ? null
          : { place: { parent: node.step.id, list: node.list }, at: 0 };
      case 'end':
        return node.insert;
    }
  }

  /** Opens the step library at the plus of a place; behind the last step of the workflow that is the end. */
  function openLibrary(node: CanvasNode): void {
    const place = insertAt(node);
    if (place) setOpenAt(place);
  }

  const onKey: CanvasView['onKey'] = (event, node) => {
    const { key, altKey } = event;
    if (event.ctrlKey || event.metaKey) return;
    const arrows: Readonly<Record<string, Parameters<typeof stopBeside>[2]>> = {
      ArrowDown: 'next',
      ArrowUp: 'previous',
      ArrowLeft: 'left',
      ArrowRight: 'right',
      Home: 'first',
      End: 'last',
    };
    const direction = arrows[key];
    if (altKey && edits && node.kind === 'step' && (key === 'ArrowUp' || key === 'ArrowDown')) {
      edits.move(node.id, key === 'ArrowUp' ? -1 : 1);
      focusNext.current = node.id;
    } else if (direction && !altKey) {
      go(stopBeside(layout, node.id, direction));
    } else if (key === 'Enter' && (node.kind === 'step' || node.kind === 'trigger')) {
      onOpen(node.id);
    } else if (edits && (key === 'Enter' || key === '+')) {
      openLibrary(node);
    } else if (edits && node.kind === 'step' && (key === 'Delete' || key === 'Backspace')) {
      focusNext.current = stopBeside(layout, node.id, 'previous');
      setCurrent(focusNext.current);
      edits.remove(node.id);
    } else {
      return;
    }
    event.preventDefault();
  };

  const view: CanvasView = {
    draft,
    selected,
    current: stop,
    marks,
    reached,
    editing: edits && {
      edits: {
        ...edits,
        add: (type, where) => {
          added.current = true;
          edits.add(type, where);
        },
      },
      canPaste,
      openAt,
      onOpenAt: setOpenAt,
      dropAt,
      dragged: drag?.id ?? null,
    },
    onFocus: (id) => {
      setCurrent(id);
      reveal(id);
    },
    onChoose: (id) => {
      setCurrent(id);
      const node = layout.nodes.find((one) => one.id === id);
      if (node?.kind === 'trigger' || node?.kind === 'step') onSelect(id);
    },
    onKey,
  };

  const nodes = useMemo(
    () => layout.nodes.map((node) => flowNode(node, drag, edits !== null)),
    [layout, drag, edits],
  );

  const onNodeDrag: OnNodeDrag<FlowNode> = (_event, { id, position }) => {
    const target = nearestPlace(layout, { id, ...position });
    setDropAt(target && canMoveTo(draft, id, target.place, target.at) ? target : null);
  };

  return (
    <div ref={sizeRef} className={classes.canvas}>
      <CanvasProvider value={view}>
        <ReactFlow<FlowNode>
          aria-label={label}
          nodes={nodes}
          nodeTypes={nodeTypes}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          selectionKeyCode={null}
          multiSelectionKeyCode={null}
          panActivationKeyCode={null}
          nodeDragThreshold={4}
          panOnScroll
          zoomOnDoubleClick={false}
          minZoom={0.3}
          maxZoom={1.5}
          proOptions={{ hideAttribution: true }}
          onNodesChange={(changes: NodeChange<FlowNode>[]) => {
            for (const change of changes) {
              if (change.type === 'position' && change.position && change.dragging) {
                setDrag({ id: change.id, ...change.position });
              }
            }
          }}
          onNodeDrag={onNodeDrag}
          onNodeDragStop={(_event, { id }) => {
            if (dropAt) edits?.moveTo(id, dropAt);
            setDrag(null);
            setDropAt(null);
          }}
        >
          <CanvasLines layout={layout} />
        </ReactFlow>
      </CanvasProvider>
      <ZoomControls onFit={fit} />
    </div>
  );
}

function flowNode(node: CanvasNode, drag: Drag | null, editable: boolean): FlowNode {
  const { id, width, height } = node;
  const dragged = drag?.id === id;
  return {
    id,
    type: 'canvas',
    position: dragged ? { x: drag.x, y: drag.y } : { x: node.x, y: node.y },
    data: { node },
    width,
    height,
    measured: { width, height },
    draggable: editable && node.kind === 'step',
    ...(dragged ? { zIndex: 10 } : {}),
    // The library would call every card a "node" without giving it a role.
    domAttributes: { 'aria-roledescription': undefined },
  };
}

/** The place whose plus is nearest to the middle of a dragged card, within reach. */
function nearestPlace(layout: ReturnType<typeof layOut>, { id, x, y }: Drag): InsertPlace | null {
  const card = layout.nodes.find((node) => node.id === id);
  if (!card) return null;
  const middle = { x: x + card.width / 2, y: y + card.height / 2 };
  const end = layout.nodes.at(-1);
  const places = [
    ...layout.lines.flatMap(({ plus }) => (plus ? [plus] : [])),
    ...(end?.kind === 'end' ? [{ x: 0, y: end.y, insert: end.insert }] : []),
  ].map((place) => ({ ...place, far: Math.hypot(place.x - middle.x, place.y - middle.y) }));
  const [nearest] = places.toSorted((one, other) => one.far - other.far);
  return nearest && nearest.far < dropReach ? nearest.insert : null;
}

/** Where the user looks: begins at the trigger, and follows what has the focus. */
function useViewport(layout: ReturnType<typeof layOut>, width: number, height: number) {
  const flow = useReactFlow();
  const still = useReducedMotion();
  const duration = still ? 0 : motionMs;
  const placed = useRef(false);

  useEffect(() => {
    if (placed.current || width === 0) return;
    placed.current = true;
    const zoom = Math.min(1, Math.max(0.6, (width - 2 * margin) / layout.width));
    void flow.setViewport({ x: width / 2, y: margin, zoom });
    // oxlint-disable-next-line react/exhaustive-deps -- once, as soon as there is room
  }, [width]);

  const reveal = useCallback(
    (id: string): void => {
      const node = layout.nodes.find((one) => one.id === id);
      if (!node || width === 0 || !placed.current) return;
      const { x, y, zoom } = flow.getViewport();
      const shift = (from: number, size: number, room: number): number => {
        if (from < margin) return margin - from;
        return from + size > room - margin
          ? Math.max(room - margin - from - size, margin - from)
          : 0;
      };
      const dx = shift(node.x * zoom + x, node.width * zoom, width);
      const dy = shift(node.y * zoom + y, node.height * zoom, height);
      if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration });
    },
    [layout, width, height, flow, duration],
  );

  const fit = (): void => {
    const bounds = { x: -layout.width / 2, y: 0, width: layout.width, height: layout.height };
    void flow.fitBounds(bounds, { padding: 0.06, duration });
  };
  return { reveal, fit };
}

function ZoomControls({ onFit }: { readonly onFit: () => void }) {
  const { t } = useTranslation('workflows');
  const { zoomIn, zoomOut } = useReactFlow();
  useCommands([
    {
      id: 'canvas_fit',
      label: 'workflows:canvas.fit',
      section: 'workflow',
      shortcut: '0',
      perform: onFit,
    },
    {
      id: 'canvas_zoom_in',
      label: 'workflows:canvas.zoom_in',
      section: 'workflow',
      shortcut: '=',
      perform: () => void zoomIn(),
    },
    {
      id: 'canvas_zoom_out',
      label: 'workflows:canvas.zoom_out',
      section: 'workflow',
      shortcut: '-',
      perform: () => void zoomOut(),
    },
  ]);
  return (
    <div className={classes.zoom}>
      <Tooltip label={t('canvas.zoom_out')}>
        <ActionIcon aria-label={t('canvas.zoom_out')} onClick={() => void zoomOut()}>
          <Minus size={14} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('canvas.zoom_in')}>
        <ActionIcon aria-label={t('canvas.zoom_in')} onClick={() => void zoomIn()}>
          <Plus size={14} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('canvas.fit')}>
        <ActionIcon aria-label={t('canvas.fit')} onClick={onFit}>
          <Maximize size={14} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
