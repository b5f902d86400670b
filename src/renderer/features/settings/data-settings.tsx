import { Button, CopyButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { InferContractRouterOutputs } from '@orpc/contract';
import type { contract } from '../../../shared/contract/index.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import { Section } from './section.tsx';
import classes from './settings.module.css';

type Info = InferContractRouterOutputs<typeof contract>['system']['info'];

/** Where the data is, and what runs on it. */
export function DataSettings({ info }: { readonly info: Info }) {
  const { t } = useTranslation('settings');
  return (
    <>
      <Section title={t('data')} text={t('data_text')}>
        <div>
          <div className={classes.label}>{t('data_dir')}</div>
          <div className={classes.path}>
            <code title={info.data_dir}>{info.data_dir}</code>
            <CopyButton value={info.data_dir}>
              {({ copied, copy }) => (
                <Button variant="default" onClick={copy}>
                  {t(copied ? 'copied' : 'copy')}
                </Button>
              )}
            </CopyButton>
          </div>
        </div>
        <div>
          <Button variant="default" component={Link} to="/settings/data-safety">
            {t('data_safety')}
          </Button>
        </div>
        <div>
          <div className={classes.label}>{t('bin')}</div>
          <div className={classes.line}>
            <span>{t('bin_text')}</span>
            <Button variant="default" component={Link} to="/bin">
              {t('open_bin')}
            </Button>
          </div>
        </div>
      </Section>
      <Section title={t('about')}>
        <dl className={classes.facts}>
          <Fact label={t('executor')}>
            <ExecutorState executor={info.executor} />
          </Fact>
          <Fact label={t('version')}>{info.version}</Fact>
          <Fact label={t('sqlite')}>{t('sqlite_version', { version: info.sqlite_version })}</Fact>
          <Fact label={t('time_zone')}>{info.time_zone}</Fact>
        </dl>
      </Section>
    </>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function ExecutorState({ executor }: { readonly executor: Info['executor'] }) {
  const { t } = useTranslation('settings');
  const { state, holder } = executor;
  const tones = { here: 'green', elsewhere: 'blue', stopped: 'amber' } as const;
  const key =
    state === 'elsewhere' && holder === null
      ? 'executor_elsewhere_unknown'
      : (`executor_${state}` as const);
  return (
    <span className={classes.state}>
      <StatusDot tone={tones[state]} />
      {t(key, { holder: holder ?? '' })}
    </span>
  );
}
