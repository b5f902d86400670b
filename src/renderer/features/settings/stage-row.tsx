import { ActionIcon, NumberInput, Select } from '@mantine/core';
import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Stage, stageKinds } from '../../../shared/contract/pipelines.ts';
import { NameInput } from './name-input.tsx';
import classes from './pipelines.module.css';
import type { PipelineWrites } from './use-pipeline-writes.ts';

interface StageRowProps {
  readonly stage: Stage;
  readonly place: number;
  /** How many stages the pipeline has. */
  readonly count: number;
  readonly writes: PipelineWrites;
  readonly onRemove: () => void;
}

/** One stage: name, kind and chance edited where they stand. */
export function StageRow({ stage, place, count, writes, onRemove }: StageRowProps) {
  const { t } = useTranslation('settings');
  const { slug, name, kind } = stage;
  const [chance, setChance] = useState<number | string>(stage.probability);
  const { mutate } = writes.updateStage;

  function saveChance(): void {
    if (chance === '') setChance(stage.probability);
    else if (Number(chance) !== stage.probability) mutate({ slug, probability: Number(chance) });
  }

  return (
    <li className={classes.stage}>
      <div className={classes.line}>
        <NameInput
          className={classes.grow ?? ''}
          name={name}
          label={t('pipelines.stage_name_of', { name })}
          onChange={(next) => mutate({ slug, name: next })}
        />
        <Select
          size="xs"
          className={classes.kind ?? ''}
          aria-label={t('pipelines.kind_of', { name })}
          data={stageKinds.map((value) => ({ value, label: t(`pipelines.kinds.${value}`) }))}
          value={kind}
          allowDeselect={false}
          onChange={(next) => {
            const chosen = stageKinds.find((one) => one === next);
            if (chosen && chosen !== kind) mutate({ slug, kind: chosen });
          }}
        />
        <NumberInput
          size="xs"
          className={classes.chance ?? ''}
          aria-label={t('pipelines.chance_of', { name })}
          value={chance}
          min={0}
          max={100}
          suffix=" %"
          hideControls
          allowDecimal={false}
          clampBehavior="strict"
          // A deal that is won or lost is so whatever was expected of it.
          disabled={kind !== 'open'}
          onChange={setChance}
          onBlur={saveChance}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur();
          }}
        />
        <ActionIcon
          disabled={place === 0}
          className={classes.move ?? ''}
          aria-label={t('pipelines.up', { name })}
          onClick={() => mutate({ slug, position: place - 1 })}
        >
          <ArrowUp size={14} aria-hidden />
        </ActionIcon>
        <ActionIcon
          disabled={place === count - 1}
          className={classes.move ?? ''}
          aria-label={t('pipelines.down', { name })}
          onClick={() => mutate({ slug, position: place + 1 })}
        >
          <ArrowDown size={14} aria-hidden />
        </ActionIcon>
        <ActionIcon aria-label={t('pipelines.remove', { name })} onClick={onRemove}>
          <Trash2 size={14} aria-hidden />
        </ActionIcon>
      </div>
      <code className={classes.slug}>{slug}</code>
    </li>
  );
}
