import { ActionIcon, Button, Skeleton, Tooltip } from '@mantine/core';
import { useDroppable } from '@dnd-kit/core';
import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { BoardStage } from '../../../shared/contract/pipelines.ts';
import { useWindowStore } from '../../app/window-store.ts';
import { formatMoneyShort, formatNumber } from '../../ui/format.ts';
import { useRecords } from '../records/use-record.ts';
import classes from './deals-board.module.css';
import { DealCard } from './deal-card.tsx';

interface BoardColumnProps {
  readonly stage: BoardStage;
  readonly stages: readonly BoardStage[];
  readonly activeId: string | null;
  readonly draggedId: string | null;
  readonly onOpen: (id: string) => void;
  readonly onMove: (id: string, stage: string) => void;
}

export function BoardColumn({
  stage,
  stages,
  activeId,
  draggedId,
  onOpen,
  onMove,
}: BoardColumnProps) {
  const { t } = useTranslation('deals');
  const openCreate = useWindowStore((state) => state.openCreate);
  const list = useRecords('deal', { stage: stage.slug });
  const { setNodeRef, isOver } = useDroppable({
    id: stage.slug,
    data: { position: stage.position },
  });

  return (
    <section
      ref={setNodeRef}
      className={classes.column}
      data-over={isOver || undefined}
      data-stage={stage.slug}
      aria-label={stage.name}
    >
      <header className={classes.head}>
        <h2 className={classes.name}>{stage.name}</h2>
        <span className={classes.count}>{formatNumber(stage.deal_count)}</span>
        <span className={classes.sum}>
          {stage.totals
            .filter(({ value }) => value > 0)
            .map(({ currency, value }) => (
              <span key={currency}>{formatMoneyShort(value, currency)}</span>
            ))}
        </span>
        <Tooltip label={t('add_to_stage', { stage: stage.name })}>
          <ActionIcon
            size="sm"
            onClick={() => openCreate('deal', { stage: stage.slug })}
            aria-label={t('add_to_stage', { stage: stage.name })}
          >
            <Plus size={14} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </header>
      <div className={classes.cards}>
        {list.isPending &&
          ['a', 'b', 'c'].map((key) => <Skeleton key={key} height={84} radius={8} />)}
        {list.rows.map((deal) => (
          <DealCard
            key={deal.id}
            deal={deal}
            stages={stages}
            isActive={deal.id === activeId}
            isDragged={deal.id === draggedId}
            onOpen={onOpen}
            onMove={onMove}
          />
        ))}
        {!list.isPending && list.rows.length === 0 && (
          <p className={classes.none}>{t('column_empty')}</p>
        )}
        {list.hasNextPage && (
          <Button
            variant="subtle"
            color="gray"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t('show_more')}
          </Button>
        )}
      </div>
    </section>
  );
}
