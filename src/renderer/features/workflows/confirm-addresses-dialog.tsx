import { Button, Group, Modal, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FailureLine } from '../../ui/failure-line.tsx';
import classes from './templates/templates.module.css';

interface ConfirmAddressesDialogProps {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly saving: boolean;
  readonly error?: Error | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks, before a workflow that came from a file runs, whether it may send to programs near the user. */
export function ConfirmAddressesDialog(props: ConfirmAddressesDialogProps) {
  const { name, addresses, saving, error = null, onConfirm, onClose } = props;
  const { t } = useTranslation(['library', 'common']);
  return (
    <Modal opened onClose={onClose} title={t('library:confirm_title', { name })} size="md">
      <Text size="sm">{t('library:confirm_text', { count: addresses.length })}</Text>
      <ul className={classes.addresses}>
        {addresses.map((url) => (
          <li key={url}>
            <code>{url}</code>
          </li>
        ))}
      </ul>
      <FailureLine error={error} />
      <Group justify="flex-end" gap={8} mt="lg">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button loading={saving} onClick={onConfirm}>
          {t('library:confirm_button')}
        </Button>
      </Group>
    </Modal>
  );
}
