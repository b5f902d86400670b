import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, queryClient } from '../../api/query.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import classes from './shell.module.css';

/** What stays true until somebody does something about it, said above every screen. */
export function StandingBanners() {
  const { data: info } = useQuery(api.system.info.queryOptions());
  return (
    <>
      {info?.is_damaged && <DamageBanner />}
      {info?.automation_paused && <PausedBanner />}
      {info && info.updated_from !== null && <UpdatedBanner version={info.version} />}
    </>
  );
}

/** Shown once after an update: until it is followed or put away. */
function UpdatedBanner({ version }: { readonly version: string }) {
  const { t } = useTranslation('help');
  const navigate = useNavigate();
  const note = useMutation(
    api.system.note_version.mutationOptions({
      onSuccess: () => void queryClient.invalidateQueries({ queryKey: api.system.info.key() }),
    }),
  );
  return (
    <output className={classes.standing} data-testid="updated-banner">
      <StatusDot tone="blue" />
      <span>{t('updated', { version })}</span>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => {
          note.mutate(undefined);
          void navigate({ to: '/help/{-$page}', params: { page: 'whats-new' } });
        }}
      >
        {t('pages.whats-new')}
      </Button>
      <Button
        size="compact-sm"
        variant="subtle"
        loading={note.isPending}
        onClick={() => note.mutate(undefined)}
      >
        {t('put_away')}
      </Button>
    </output>
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
