import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WaitingRuns } from './use-save.ts';

interface VersionDialogProps {
  readonly waiting: number;
  readonly onChoose: (runs: WaitingRuns) => void;
  readonly onClose: () => void;
}

const choices = ['keep', 'move', 'cancel'] as const satisfies readonly WaitingRuns[];

/** Asks what a new version means for the runs that wait. */
export function VersionDialog({ waiting, onChoose, onClose }: VersionDialogProps) {
  const { t } = useTranslation(['workflows', 'common']);
  const [chosen, setChosen] = useState<WaitingRuns>('keep');
  return (
    <Modal opened onClose={onClose} title={t('workflows:version_dialog.title')} size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onChoose(chosen);
        }}
      >
        <Text size="sm" mb="md">
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
        <Group justify="flex-end" gap={8} mt="lg">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" data-autofocus>
            {t('workflows:version_dialog.save')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
