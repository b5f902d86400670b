import { Button, Skeleton } from '@mantine/core';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePipelines } from '../deals/use-pipelines.ts';
import { AddName } from './add-name.tsx';
import { PipelineBlock } from './pipeline-block.tsx';
import { RemoveStageDialog, type Removal } from './remove-stage-dialog.tsx';
import { Section } from './section.tsx';
import { usePipelineWrites } from './use-pipeline-writes.ts';

/** Pipelines and their stages: made, named, put in order and removed; deals never lose their place. */
export function PipelineSettings() {
  const { t } = useTranslation('settings');
  const pipelines = usePipelines();
  const writes = usePipelineWrites();
  const [isAdding, setIsAdding] = useState(false);
  const [removal, setRemoval] = useState<Removal | null>(null);
  return (
    <Section id="pipelines" title={t('pipelines.title')} text={t('pipelines.text')}>
      {!pipelines && <Skeleton height={160} />}
      {pipelines?.map((pipeline, index) => (
        <PipelineBlock
          key={`${pipeline.id} ${pipeline.name}`}
          pipeline={pipeline}
          index={index}
          count={pipelines.length}
          writes={writes}
          onRemove={setRemoval}
        />
      ))}
      {isAdding ? (
        <AddName
          label={t('pipelines.new_name')}
          example={t('pipelines.new_example')}
          button={t('pipelines.create')}
          onAdd={(name) =>
            writes.createPipeline.mutate({ name }, { onSuccess: () => setIsAdding(false) })
          }
          onClose={() => setIsAdding(false)}
        />
      ) : (
        <div>
          <Button
            variant="default"
            leftSection={<Plus size={14} aria-hidden />}
            onClick={() => setIsAdding(true)}
          >
            {t('pipelines.add')}
          </Button>
        </div>
      )}
      {removal && pipelines && (
        <RemoveStageDialog
          removal={removal}
          pipelines={pipelines}
          writes={writes}
          onClose={() => setRemoval(null)}
        />
      )}
    </Section>
  );
}
