import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/query.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import classes from './shell.module.css';

/** Stays while automation is held back: nobody should wonder why nothing happens. */
export function PausedBanner() {
  const { t } = useTranslation('backups');
  const { data: info } = useQuery(api.system.info.queryOptions());
  const resume = useMutation(api.system.pause_automation.mutationOptions());
  if (!info?.automation_paused) return null;
  return (
    <output className={classes.paused} data-testid="paused-banner">
      <StatusDot tone="amber" />
      <span>{t('paused')}</span>
      <Button
        size="compact-sm"
        variant="default"
        loading={resume.isPending}
        onClick={() => resume.mutate({ paused: false })}
      >
        {t('resume')}
      </Button>
    </output>
  );
}
