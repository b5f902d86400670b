import { Button } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { describeFailure } from '../api/errors.ts';
import classes from './message.module.css';

/** What happened and what to do, in place of the content that could not be had. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation('common');
  const { message, code, kind } = describeFailure(error);
  const hint = t(kind === 'our_bug' ? 'our_bug_hint' : 'failed_hint');
  return (
    <div className={classes.message} role="alert">
      <CircleAlert className={classes.icon} size={24} strokeWidth={1.5} aria-hidden />
      <h2 className={classes.title}>
        {code === 'not_found' ? t('not_found_title') : t('failed_title')}
      </h2>
      <p className={classes.text}>{code === 'not_found' ? t('not_found_hint') : message || hint}</p>
      <div className={classes.action}>
        <Button variant="default" onClick={onRetry}>
          {t('retry')}
        </Button>
      </div>
    </div>
  );
}
