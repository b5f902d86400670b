import { useDroppable } from '@dnd-kit/core';
import { useTranslation } from 'react-i18next';
import type { BoardStage } from '../../../shared/contract/pipelines.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import { stageTones } from '../records/field-value.tsx';
import classes from './deals-board.module.css';

/** Where a deal ends: shown only while one is in the air, above the columns, so nothing moves. */
export function DropZones({ stages, shown }: { stages: readonly BoardStage[]; shown: boolean }) {
  return (
    <div className={classes.zones} data-shown={shown || undefined} aria-hidden={!shown}>
      {stages.map((stage) => (
        <DropZone key={stage.slug} stage={stage} shown={shown} />
      ))}
    </div>
  );
}

function DropZone({ stage, shown }: { stage: BoardStage; shown: boolean }) {
  const { t } = useTranslation('deals');
  const { setNodeRef, isOver } = useDroppable({
    id: stage.slug,
    data: { position: stage.position, isZone: true },
  });
  return (
    <div
      ref={setNodeRef}
      className={classes.zone}
      data-over={(shown && isOver) || undefined}
      data-tone={stageTones[stage.kind]}
      data-stage={stage.slug}
    >
      <StatusDot tone={stageTones[stage.kind]} />
      {t('drop_here', { stage: stage.name })}
    </div>
  );
}
