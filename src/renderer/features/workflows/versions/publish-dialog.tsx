import { Button, Group, Modal, Radio, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/query.ts';
import { StatusDot } from '../../../ui/status-dot.tsx';
import type { WaitingRuns } from '../editor/use-save.ts';
import { draftOfVersion } from '../model/version-draft.ts';
import { diffInWords } from '../model/version-diff.ts';
import type { WorkflowDraft } from '../model/workflow-draft.ts';
import { useWords } from '../use-words.ts';
import { VersionDiffTable } from './version-diff-table.tsx';
import classes from './versions.module.css';

interface PublishDialogProps {
  readonly workflowId: string;
  /** The version that runs now. */
  readonly version: number;
  readonly draft: WorkflowDraft;
  /** Runs that wait on the version before. */
  readonly waiting: number;
  /** Loops the draft may be part of, in words. */
  readonly warnings: readonly string[];
  readonly saving: boolean;
  readonly onPublish: (runs: WaitingRuns) => void;
  readonly onClose: () => void;
}

const choices = ['keep', 'move', 'cancel'] as const satisfies readonly WaitingRuns[];

/** Says, before a version is published, what changes, and asks what it means for runs that wait. */
export function PublishDialog(props: PublishDialogProps) {
  const { workflowId, version, draft, waiting, warnings, saving, onPublish, onClose } = props;
  const { t } = useTranslation(['workflows', 'common']);
  const words = useWords();
  const [chosen, setChosen] = useState<WaitingRuns>('keep');
  const before = useQuery(
    api.versions.get.queryOptions({ input: { id: workflowId, number: version } }),
  );
  const rows = useMemo(
    () =>
      before.data
        ? diffInWords(draftOfVersion(before.data), draft, words).filter(
            ({ kind }) => kind !== 'same',
          )
        : null,
    [before.data, draft, words],
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('workflows:versions.publish_title', { number: version + 1 })}
      size={680}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onPublish(chosen);
        }}
      >
        <Text size="sm" c="dimmed" mb="sm">
          {t('workflows:versions.publish_text')}
        </Text>
        {before.isPending && <Skeleton height={80} mb="md" />}
        {rows && (
          <div className={classes.diffBox}>
            <VersionDiffTable
              rows={rows}
              before={t('workflows:versions.publish_now')}
              after={t('workflows:versions.publish_then')}
            />
          </div>
        )}
        {warnings.map((warning) => (
          <p key={warning} className={classes.warning}>
            <StatusDot tone="amber" />
            {warning}
          </p>
        ))}
        {waiting > 0 && (
          <>
            <Text size="sm" mb="sm">
              {t('workflows:version_dialog.text', { count: waiting })}
            </Text>
            <Radio.Group
              value={chosen}
              aria-label={t('workflows:version_dialog.title')}
              onChange={(value) => setChosen(choices.find((choice) => choice === value) ?? 'keep')}
            >
              <Stack gap="sm">
                {choices.map((choice) => (
                  <Radio
                    key={choice}
                    size="xs"
                    value={choice}
                    label={t(`workflows:version_dialog.${choice}`)}
                    description={t(`workflows:version_dialog.${choice}_help`)}
                  />
                ))}
              </Stack>
            </Radio.Group>
          </>
        )}
        <Group justify="flex-end" gap={8} mt="lg">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={saving} data-autofocus>
            {t('workflows:versions.publish')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
