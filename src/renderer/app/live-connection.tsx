import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { followChanges } from '../api/live.ts';

/** Keeps the screens in step with the file, and says what automation just did. */
export function LiveConnection({ onOpenInbox }: { onOpenInbox: () => void }) {
  useEffect(
    () =>
      followChanges(({ id, title, message }) => {
        notifications.show({ id, title, message, onClick: onOpenInbox });
      }),
    [onOpenInbox],
  );
  return null;
}
