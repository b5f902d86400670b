import { useDraggable } from '@dnd-kit/core';
import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { CircleCheck, Ellipsis } from 'lucide-react';
import { Fragment, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardStage } from '../../../shared/contract/pipelines.ts';
import { daysSince, formatDay, formatMoney } from '../../ui/format.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import { RecordName, stageTones } from '../records/field-value.tsx';
import type { AnyRecord } from '../records/record-api.ts';
import { useRecordsOnce } from '../records/use-record.ts';
import classes from './deal-card.module.css';
import { usePipelines } from './use-pipelines.ts';

/** Days after which a card that nobody touched asks for a look. */
const stillAfter = 14;

/** The open task of a deal that is due first. */
function useNextTask(dealId: string): AnyRecord | undefined {
  const tasks = useRecordsOnce('task', { state: 'open' });
  return useMemo(
    () =>
      tasks
        ?.filter((task) => task.deal_id === dealId && task.due_at !== null)
        .toSorted((a, b) => String(a.due_at).localeCompare(String(b.due_at)))[0],
    [tasks, dealId],
  );
}

interface DealCardFaceProps {
  readonly deal: AnyRecord;
  /** In the air, being dragged. */
  readonly lifted?: boolean;
}

/** What a card shows; the same on the board and in the air. */
export function DealCardFace({ deal, lifted = false }: DealCardFaceProps) {
  const { t } = useTranslation('deals');
  const nextTask = useNextTask(deal.id);
  const age = daysSince(deal.created_at);
  const still = daysSince(deal.updated_at);
  return (
    <span className={classes.face} data-lifted={lifted || undefined}>
      <span className={classes.title}>{String(deal.title)}</span>
      <span className={classes.line}>
        <span className={classes.contact}>
          {typeof deal.contact_id === 'string' ? (
            <RecordName object="contact" id={deal.contact_id} />
          ) : (
            typeof deal.company_id === 'string' && (
              <RecordName object="company" id={deal.company_id} />
            )
          )}
        </span>
        {typeof deal.value === 'number' && (
          <span className={classes.value}>{formatMoney(deal.value, String(deal.currency))}</span>
        )}
      </span>
      <span className={classes.line}>
        <span className={classes.task}>
          {nextTask && (
            <>
              <CircleCheck size={12} strokeWidth={1.75} aria-hidden />
              <span className="truncate">
                {`${formatDay(String(nextTask.due_at))} · ${String(nextTask.title)}`}
              </span>
            </>
          )}
        </span>
        <span className={classes.age}>
          {still >= stillAfter && (
            <Tooltip label={t('still_for', { count: still })}>
              <span>
                <StatusDot tone="amber" label={t('still_for', { count: still })} />
              </span>
            </Tooltip>
          )}
          {age === 0 ? t('age_today') : t('age', { count: age })}
        </span>
      </span>
    </span>
  );
}

interface DealCardProps {
  readonly deal: AnyRecord;
  readonly stages: readonly BoardStage[];
  readonly isActive: boolean;
  readonly isDragged: boolean;
  readonly onOpen: (id: string) => void;
  readonly onMove: (id: string, stage: string) => void;
}

export function DealCard({ deal, stages, isActive, isDragged, onOpen, onMove }: DealCardProps) {
  const { t } = useTranslation('deals');
  const title = String(deal.title);
  const others = (usePipelines() ?? []).filter((one) => one.slug !== deal.pipeline);
  const { setNodeRef, listeners, attributes } = useDraggable({
    id: deal.id,
    data: { stage: deal.stage },
  });

  return (
    <div
      className={classes.card}
      data-active={isActive || undefined}
      data-dragged={isDragged || undefined}
    >
      <button
        type="button"
        ref={setNodeRef}
        {...attributes}
        {...listeners}
        className={classes.handle}
        onClick={() => onOpen(deal.id)}
        data-deal-id={deal.id}
      >
        <DealCardFace deal={deal} />
      </button>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size="sm" className={classes.menu} aria-label={t('menu', { title })}>
            <Ellipsis size={14} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('move_to')}</Menu.Label>
          {stages
            .filter((stage) => stage.slug !== deal.stage)
            .map((stage) => (
              <Menu.Item
                key={stage.slug}
                leftSection={<StatusDot tone={stageTones[stage.kind]} />}
                onClick={() => onMove(deal.id, stage.slug)}
              >
                {stage.name}
              </Menu.Item>
            ))}
          {others.map((pipeline) => (
            <Fragment key={pipeline.id}>
              <Menu.Label>{t('move_to_pipeline', { name: pipeline.name })}</Menu.Label>
              {pipeline.stages
                .filter((stage) => stage.kind === 'open')
                .map((stage) => (
                  <Menu.Item
                    key={stage.slug}
                    leftSection={<StatusDot tone={stageTones[stage.kind]} />}
                    onClick={() => onMove(deal.id, stage.slug)}
                  >
                    {stage.name}
                  </Menu.Item>
                ))}
            </Fragment>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
