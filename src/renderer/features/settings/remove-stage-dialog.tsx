import { Button, Modal, Select, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Pipeline, Stage } from '../../../shared/contract/pipelines.ts';
import { api } from '../../api/query.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { stageOptions } from '../deals/stage-options.ts';
import classes from './pipelines.module.css';
import type { PipelineWrites } from './use-pipeline-writes.ts';

export type Removal =
  | { readonly kind: 'pipeline'; readonly pipeline: Pipeline }
  | { readonly kind: 'stage'; readonly pipeline: Pipeline; readonly stage: Stage };

interface RemoveStageDialogProps {
  readonly removal: Removal;
  readonly pipelines: readonly Pipeline[];
  readonly writes: PipelineWrites;
  readonly onClose: () => void;
}

/** Asks where the deals of a stage or a pipeline go; nothing is asked where there are none. */
export function RemoveStageDialog({ removal, pipelines, writes, onClose }: RemoveStageDialogProps) {
  const { t } = useTranslation(['settings', 'common']);
  const [target, setTarget] = useState<string | null>(null);
  const { pipeline } = removal;
  const board = useQuery(
    api.pipeline.board.queryOptions({ input: { pipeline: pipeline.slug }, staleTime: 0 }),
  );
  const isLeaving = (slug: string) =>
    removal.kind === 'pipeline'
      ? pipeline.stages.some((stage) => stage.slug === slug)
      : slug === removal.stage.slug;
  const staying = pipelines
    .map((one) => ({ ...one, stages: one.stages.filter((stage) => !isLeaving(stage.slug)) }))
    .filter((one) => one.stages.length > 0);
  const count = board.data
    ?.filter((stage) => isLeaving(stage.slug))
    .reduce((sum, stage) => sum + stage.deal_count, 0);
  const name = removal.kind === 'pipeline' ? pipeline.name : removal.stage.name;

  function remove(): void {
    if (removal.kind === 'pipeline') {
      if (target) writes.dissolvePipeline.mutate({ id: pipeline.id, move_to: target });
      else writes.removePipeline.mutate({ id: pipeline.id });
    } else if (target) writes.dissolveStage.mutate({ slug: removal.stage.slug, move_to: target });
    else writes.removeStage.mutate({ slug: removal.stage.slug });
    onClose();
  }

  return (
    <Modal opened onClose={onClose} title={t('settings:pipelines.remove_title', { name })}>
      {board.isError ? (
        <ErrorState error={board.error} onRetry={() => void board.refetch()} />
      ) : (
        <div className={classes.form}>
          {count === undefined && <Skeleton height={36} />}
          {count === 0 && <p className={classes.text}>{t('settings:pipelines.no_deals')}</p>}
          {count !== undefined && count > 0 && (
            <Select
              label={t('settings:pipelines.where', { count })}
              placeholder={t('settings:pipelines.choose_stage')}
              data={stageOptions(staying)}
              value={target}
              onChange={setTarget}
              allowDeselect={false}
              data-autofocus
            />
          )}
          <p className={classes.text}>{t('settings:pipelines.remove_hint')}</p>
          <div className={classes.buttons}>
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button
              disabled={count === undefined || (count > 0 && target === null)}
              onClick={remove}
            >
              {t(
                count !== undefined && count > 0
                  ? 'settings:pipelines.move_and_remove'
                  : 'settings:pipelines.remove_now',
              )}
            </Button>
          </div>
        </div>
      )}
    </Modal>
  );
}
