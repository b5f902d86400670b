import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/query.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import classes from './shell.module.css';

/** What stays true until somebody does something about it, said above every screen. */
export function StandingBanners() {
  const { data: info } = useQuery(api.system.info.queryOptions());
  return (
    <>
      {info?.is_damaged && <DamageBanner />}
      {info?.automation_paused && <PausedBanner />}
    </>
  );
}

/** Nobody should wonder why nothing happens. */
function PausedBanner() {
  const { t } = useTranslation('backups');
  const resume = useMutation(api.system.pause_automation.mutationOptions());
  return (
    <output className={classes.standing} data-testid="paused-banner">
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

function DamageBanner() {
  const { t } = useTranslation('recovery');
  return (
    <output className={classes.standing} data-testid="damage-banner">
      <StatusDot tone="red" />
      <span>{t('banner')}</span>
      <Button size="compact-sm" variant="default" component={Link} to="/settings/data-safety">
        {t('banner_action')}
      </Button>
    </output>
  );
}
