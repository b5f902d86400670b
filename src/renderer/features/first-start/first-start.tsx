import { Button, Loader } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Sprout } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, queryClient } from '../../api/query.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { type Basics, BasicsForm } from './basics.tsx';
import classes from './first-start.module.css';

/** @param onStartEmpty leaves this page; it does not come back in this window */
export function FirstStart({ onStartEmpty }: { readonly onStartEmpty: () => void }) {
  const { t } = useTranslation('firstStart');
  const failureText = useFailureText();
  const settings = useQuery(api.settings.get.queryOptions());
  const info = useQuery(api.system.info.queryOptions());
  const [typed, setTyped] = useState<Basics | null>(null);
  const save = useMutation(api.settings.update.mutationOptions());
  const load = useMutation(
    api.system.load_sample_data.mutationOptions({
      onSuccess: (counts) => {
        notifications.show({ message: t('loaded', counts), autoClose: 10_000 });
        return queryClient.invalidateQueries();
      },
    }),
  );
  const basics = typed ?? settings.data;
  const isBusy = save.isPending || load.isPending;
  const error = save.error ?? load.error;

  /** Sample data is counted in the currency chosen, so what was typed is saved first. */
  function begin(next: () => void): void {
    if (typed === null) return next();
    const { user_name: name, currency, week_start } = typed;
    const user_name = name.trim() === '' ? undefined : name.trim();
    save.mutate({ user_name, currency, week_start }, { onSuccess: next });
  }

  return (
    <div className={classes.page}>
      <div className={classes.content}>
        <Sprout size={28} strokeWidth={1.5} className={classes.icon ?? ''} aria-hidden />
        <h1 className={classes.title}>{t('title')}</h1>
        <p className={classes.text}>{t('text')}</p>
        {basics && info.data && (
          <BasicsForm basics={basics} currencies={info.data.currencies} onChange={setTyped} />
        )}
        <div className={classes.choices}>
          <div className={classes.choice}>
            <p>{t('sample_text')}</p>
            <Button
              autoFocus
              disabled={isBusy}
              leftSection={load.isPending ? <Loader size={12} color="currentColor" /> : null}
              onClick={() => begin(() => load.mutate(undefined))}
            >
              {t(load.isPending ? 'loading' : 'sample')}
            </Button>
          </div>
          <div className={classes.choice}>
            <p>{t('empty_text')}</p>
            <Button variant="default" disabled={isBusy} onClick={() => begin(onStartEmpty)}>
              {t('empty')}
            </Button>
          </div>
        </div>
        {error && (
          <p role="alert" className={classes.error}>
            {failureText(error)}
          </p>
        )}
      </div>
    </div>
  );
}
