import { ActionIcon, Button } from '@mantine/core';
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Pipeline } from '../../../shared/contract/pipelines.ts';
import { AddName } from './add-name.tsx';
import { NameInput } from './name-input.tsx';
import classes from './pipelines.module.css';
import type { Removal } from './remove-stage-dialog.tsx';
import { StageRow } from './stage-row.tsx';
import type { PipelineWrites } from './use-pipeline-writes.ts';

interface PipelineBlockProps {
  readonly pipeline: Pipeline;
  readonly index: number;
  /** How many pipelines there are. */
  readonly count: number;
  readonly writes: PipelineWrites;
  readonly onRemove: (removal: Removal) => void;
}

/** One pipeline: its name and place, and its stages in order. */
export function PipelineBlock({ pipeline, index, count, writes, onRemove }: PipelineBlockProps) {
  const { t } = useTranslation('settings');
  const [isAdding, setIsAdding] = useState(false);
  const { id, name, stages } = pipeline;
  const move = (position: number) => writes.updatePipeline.mutate({ id, position });
  return (
    <section className={classes.pipeline} aria-label={t('pipelines.one', { name })}>
      <div className={classes.line}>
        <NameInput
          className={`${classes.grow} ${classes.heading}`}
          name={name}
          label={t('pipelines.name_of', { name })}
          onChange={(next) => writes.updatePipeline.mutate({ id, name: next })}
        />
        {count > 1 && (
          <>
            <ActionIcon
              disabled={index === 0}
              className={classes.move ?? ''}
              aria-label={t('pipelines.up', { name })}
              onClick={() => move(index - 1)}
            >
              <ArrowUp size={14} aria-hidden />
            </ActionIcon>
            <ActionIcon
              disabled={index === count - 1}
              className={classes.move ?? ''}
              aria-label={t('pipelines.down', { name })}
              onClick={() => move(index + 1)}
            >
              <ArrowDown size={14} aria-hidden />
            </ActionIcon>
            <ActionIcon
              aria-label={t('pipelines.remove', { name })}
              onClick={() => onRemove({ kind: 'pipeline', pipeline })}
            >
              <Trash2 size={14} aria-hidden />
            </ActionIcon>
          </>
        )}
      </div>
      <ul className={classes.stages} aria-label={t('pipelines.stages_of', { name })}>
        {stages.map((stage, place) => (
          <StageRow
            key={`${stage.slug} ${stage.name} ${stage.probability}`}
            stage={stage}
            place={place}
            count={stages.length}
            writes={writes}
            onRemove={() => onRemove({ kind: 'stage', pipeline, stage })}
          />
        ))}
      </ul>
      {isAdding ? (
        <AddName
          label={t('pipelines.new_stage_name', { name })}
          example={t('pipelines.new_stage_example')}
          button={t('pipelines.create_stage')}
          onAdd={(stageName) =>
            writes.createStage.mutate(
              { id, name: stageName },
              { onSuccess: () => setIsAdding(false) },
            )
          }
          onClose={() => setIsAdding(false)}
        />
      ) : (
        <div>
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<Plus size={12} aria-hidden />}
            aria-label={t('pipelines.add_stage_to', { name })}
            onClick={() => setIsAdding(true)}
          >
            {t('pipelines.add_stage')}
          </Button>
        </div>
      )}
    </section>
  );
}
