import { Button, Loader } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { Sprout } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { api, queryClient } from '../../api/query.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import classes from './first-start.module.css';

/** @param onStartEmpty leaves this page; it does not come back in this window */
export function FirstStart({ onStartEmpty }: { readonly onStartEmpty: () => void }) {
  const { t } = useTranslation('firstStart');
  const failureText = useFailureText();
  const load = useMutation(
    api.system.load_sample_data.mutationOptions({
      onSuccess: (counts) => {
        notifications.show({ message: t('loaded', counts), autoClose: 10_000 });
        return queryClient.invalidateQueries();
      },
    }),
  );

  return (
    <div className={classes.page}>
      <div className={classes.content}>
        <Sprout size={28} strokeWidth={1.5} className={classes.icon ?? ''} aria-hidden />
        <h1 className={classes.title}>{t('title')}</h1>
        <p className={classes.text}>{t('text')}</p>
        <div className={classes.choices}>
          <div className={classes.choice}>
            <p>{t('sample_text')}</p>
            <Button
              autoFocus
              disabled={load.isPending}
              leftSection={load.isPending ? <Loader size={12} color="currentColor" /> : null}
              onClick={() => load.mutate(undefined)}
            >
              {t(load.isPending ? 'loading' : 'sample')}
            </Button>
          </div>
          <div className={classes.choice}>
            <p>{t('empty_text')}</p>
            <Button variant="default" disabled={load.isPending} onClick={onStartEmpty}>
              {t('empty')}
            </Button>
          </div>
        </div>
        {load.error && (
          <p role="alert" className={classes.error}>
            {failureText(load.error)}
          </p>
        )}
      </div>
    </div>
  );
}
