import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface UndoToastProps {
  readonly text: string;
  readonly onUndo: () => void;
}

/** What was done, and one press that takes it back. */
export function UndoToast({ text, onUndo }: UndoToastProps) {
  const { t } = useTranslation('library');
  return (
    <Group justify="space-between" wrap="nowrap" gap={12}>
      <span>{text}</span>
      <Button size="compact-sm" variant="default" onClick={onUndo}>
        {t('undo')}
      </Button>
    </Group>
  );
}
