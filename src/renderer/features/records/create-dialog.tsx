import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type CreateOverlay, useWindowStore } from '../../app/window-store.ts';

export function CreateDialog({ object }: CreateOverlay) {
  const { t } = useTranslation('records');
  const close = useWindowStore((state) => state.closeOverlay);
  return <Modal opened onClose={close} title={t(`${object}.new`)} />;
}
