import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../../api/live.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import classes from './shell.module.css';

/** A short hiccup is over before anybody could read about it. */
const patience = 700;

/** Comes when the server is lost and goes by itself when it is back. */
export function ConnectionBanner() {
  const isLost = useConnection((state) => state.state === 'lost');
  return <output aria-live="polite">{isLost && <LostBanner />}</output>;
}

function LostBanner() {
  const { t } = useTranslation('shell');
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setShown(true), patience);
    return () => window.clearTimeout(timer);
  }, []);

  if (!shown) return null;
  return (
    <span className={classes.banner} data-testid="connection-banner">
      <StatusDot tone="amber" />
      <strong>{t('lost_title')}</strong>
      <span>{t('lost_hint')}</span>
    </span>
  );
}
