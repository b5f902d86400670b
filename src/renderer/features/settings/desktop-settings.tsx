import { Button, Switch } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, queryClient } from '../../api/query.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { Section } from './section.tsx';

/** What only the desktop app has; nothing in a browser. */
export function DesktopSettings() {
  const { t } = useTranslation('settings');
  const failureText = useFailureText();
  const { data: desktop } = useQuery(api.desktop.get.queryOptions());
  const tell = (error: unknown): void => {
    notifications.show({ color: 'red', message: failureText(error) });
  };
  const update = useMutation(
    api.desktop.update.mutationOptions({
      onError: tell,
      onSettled: () => void queryClient.invalidateQueries({ queryKey: api.desktop.key() }),
    }),
  );
  const openFolder = useMutation(api.desktop.open_data_folder.mutationOptions({ onError: tell }));
  if (!desktop) return null;
  return (
    <Section title={t('desktop')}>
      <Switch
        label={t('keep_in_tray')}
        description={t('keep_in_tray_text')}
        checked={desktop.keep_in_tray ?? false}
        onChange={(event) => update.mutate({ keep_in_tray: event.currentTarget.checked })}
      />
      <Switch
        label={t('start_at_login')}
        description={t('start_at_login_text')}
        checked={desktop.start_at_login}
        onChange={(event) => update.mutate({ start_at_login: event.currentTarget.checked })}
      />
      <div>
        <Button variant="default" onClick={() => openFolder.mutate(undefined)}>
          {t('open_data_folder')}
        </Button>
      </div>
    </Section>
  );
}
