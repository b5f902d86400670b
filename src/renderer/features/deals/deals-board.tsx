import {
  type Announcements,
  type CollisionDetection,
  DndContext,
  type DragEndEvent,
  DragOverlay,
  KeyboardSensor,
  PointerSensor,
  pointerWithin,
  rectIntersection,
  type UniqueIdentifier,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/query.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Button } from '@mantine/core';
import { useWindowStore } from '../../app/window-store.ts';
import { objectIcons } from '../records/object-icons.ts';
import { findRecord } from '../records/record-cache.ts';
import { titleOf } from '../records/record-layout.ts';
import { BoardSkeleton } from './board-skeleton.tsx';
import { BoardColumn } from './board-column.tsx';
import { columnKeys } from './column-keys.ts';
import { DealCardFace } from './deal-card.tsx';
import classes from './deals-board.module.css';
import { DropZones } from './drop-zones.tsx';
import { useBoardKeys } from './use-board-keys.ts';
import { useMoveDeal } from './use-move-deal.ts';
import { useShownPipeline } from './use-pipelines.ts';

interface DealsBoardProps {
  readonly onOpen: (id: string) => void;
  readonly activeId: string | null;
}

/**
 * By where the pointer is; the keyboard has none, so by what the card covers. The zones lie above the
 * columns, so they come first.
 */
const underPointer: CollisionDetection = (args) => {
  const hits = args.pointerCoordinates ? pointerWithin(args) : rectIntersection(args);
  const isZone = ({ id }: { id: UniqueIdentifier }) =>
    args.droppableContainers.find((container) => container.id === id)?.data.current?.isZone ===
    true;
  const zone = hits.find(isZone);
  return zone ? [zone] : hits;
};

/** Open stages as columns; won and lost appear as places to drop a deal while one is dragged. */
export function DealsBoard({ onOpen, activeId }: DealsBoardProps) {
  const { t } = useTranslation(['deals', 'records']);
  const queries = useQueryClient();
  const { shown, pipelines } = useShownPipeline(true);
  const pipeline = shown?.slug;
  const board = useQuery(
    api.pipeline.board.queryOptions({
      input: { pipeline },
      // The columns stay in place while another pipeline is read.
      placeholderData: keepPreviousData,
    }),
  );
  const openCreate = useWindowStore((state) => state.openCreate);
  const moveDeal = useMoveDeal(pipeline);
  const columns = useRef<HTMLDivElement>(null);
  useBoardKeys(columns);
  const [draggedId, setDraggedId] = useState<string | null>(null);
  const sensors = useSensors(
    // A click with a trembling hand still opens.
    useSensor(PointerSensor, { activationConstraint: { distance: 5 } }),
    useSensor(KeyboardSensor, {
      coordinateGetter: columnKeys,
      // Enter opens the deal.
      keyboardCodes: { start: ['Space'], cancel: ['Escape'], end: ['Space', 'Enter'] },
    }),
  );

  if (board.isError) return <ErrorState error={board.error} onRetry={() => void board.refetch()} />;
  if (!board.data) return <BoardSkeleton />;
  if (pipelines.length < 2 && board.data.every((stage) => stage.deal_count === 0)) {
    return (
      <EmptyState
        icon={objectIcons.deal}
        title={t('records:deal.empty_title')}
        text={t('records:deal.empty_text')}
        example={t('records:deal.empty_example')}
        action={<Button onClick={() => openCreate('deal')}>{t('records:deal.create')}</Button>}
      />
    );
  }

  const stages = board.data;
  const titleById = (id: string | number) => {
    const deal = findRecord(queries, 'deal', String(id));
    return deal ? titleOf('deal', deal) : '';
  };
  const stageName = (slug: string | number | undefined) =>
    stages.find((stage) => stage.slug === slug)?.name ?? '';

  const announcements: Announcements = {
    onDragStart: ({ active }) => t('deals:picked_up', { title: titleById(active.id) }),
    onDragOver: ({ active, over }) =>
      over
        ? t('deals:over', { title: titleById(active.id), stage: stageName(over.id) })
        : undefined,
    onDragEnd: ({ active, over }) =>
      over
        ? t('deals:dropped', { title: titleById(active.id), stage: stageName(over.id) })
        : t('deals:put_back', { title: titleById(active.id) }),
    onDragCancel: ({ active }) => t('deals:put_back', { title: titleById(active.id) }),
  };

  function onDragEnd({ active, over }: DragEndEvent): void {
    setDraggedId(null);
    if (over) void moveDeal(String(active.id), String(over.id));
  }

  const dragged = draggedId ? findRecord(queries, 'deal', draggedId) : undefined;

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={underPointer}
      accessibility={{
        announcements,
        screenReaderInstructions: { draggable: t('deals:keyboard_hint') },
      }}
      onDragStart={({ active }) => setDraggedId(String(active.id))}
      onDragEnd={onDragEnd}
      onDragCancel={() => setDraggedId(null)}
    >
      <div className={classes.board} data-dragging={draggedId !== null || undefined}>
        <div ref={columns} className={classes.columns} data-testid="deals-board">
          {stages
            .filter((stage) => stage.kind === 'open')
            .map((stage) => (
              <BoardColumn
                key={stage.slug}
                stage={stage}
                stages={stages}
                activeId={activeId}
                draggedId={draggedId}
                onOpen={onOpen}
                onMove={(id, slug) => void moveDeal(id, slug)}
              />
            ))}
        </div>
        <DropZones
          stages={stages.filter((stage) => stage.kind !== 'open')}
          shown={draggedId !== null}
        />
      </div>
      <DragOverlay dropAnimation={null}>
        {dragged && <DealCardFace deal={dragged} lifted />}
      </DragOverlay>
    </DndContext>
  );
}
