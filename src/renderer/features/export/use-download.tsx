import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFailureText } from '../../ui/use-failure-text.ts';

/** Calls back with the parts of a file; ends when the signal is aborted. */
type Source = (signal: AbortSignal) => Promise<AsyncIterable<{ readonly text: string }>>;

/**
 * Collects a file from the core and hands it to the user: a browser puts it among its downloads, the desktop asks where
 * it goes. What takes longer than a second says so and can be stopped.
 */
export function useDownload() {
  const { t } = useTranslation(['exports', 'common']);
  const failureText = useFailureText();
  const [isBusy, setIsBusy] = useState(false);

  async function download(name: string, type: string, source: Source): Promise<void> {
    const stop = new AbortController();
    const toast = window.setTimeout(() => {
      notifications.show({
        id: name,
        loading: true,
        autoClose: false,
        withCloseButton: false,
        title: t('exports:working', { name }),
        message: (
          <Button size="compact-xs" variant="default" onClick={() => stop.abort()}>
            {t('common:cancel')}
          </Button>
        ),
      });
    }, 1_000);
    setIsBusy(true);
    try {
      const parts: string[] = [];
      for await (const { text } of await source(stop.signal)) parts.push(text);
      save(name, new Blob(parts, { type }));
      notifications.show({ message: t('exports:done', { name }) });
    } catch (error) {
      if (!stop.signal.aborted)
        notifications.show({
          color: 'red',
          title: t('exports:failed'),
          message: failureText(error),
        });
    } finally {
      window.clearTimeout(toast);
      notifications.hide(name);
      setIsBusy(false);
    }
  }

  return { download, isBusy };
}

function save(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold of the content by then.
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
