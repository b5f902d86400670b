import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { StatusDot } from '../../../ui/status-dot.tsx';
import classes from './editor.module.css';

interface EditorNoticesProps {
  /** Null when the last save went well; a count of 0 is a failure that is nobody's typing. */
  readonly refusal: { readonly count: number; readonly message: string } | null;
  readonly parkedReason: string | null;
  /** Why Trellis paused it by itself. */
  readonly pausedReason: string | null;
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
  readonly changedElsewhere: boolean;
  readonly onLoadTheirs: () => void;
}

/** What stands between this workflow and running, in one line each. */
export function EditorNotices(props: EditorNoticesProps) {
  const { refusal, parkedReason, pausedReason, warnings, changedElsewhere, onLoadTheirs } = props;
  const { t } = useTranslation(['workflows', 'common']);
  return (
    <>
      {refusal && (
        <div className={classes.notice} role="alert">
          <StatusDot tone="red" />
          {refusal.count > 0
            ? t('workflows:editor.refused', { count: refusal.count })
            : refusal.message || t('common:connection_failed')}
        </div>
      )}
      {parkedReason !== null && (
        <div className={classes.notice}>
          <StatusDot tone="red" />
          {t('workflows:editor.parked', { reason: parkedReason })}
        </div>
      )}
      {pausedReason !== null && (
        <div className={classes.notice}>
          <StatusDot tone="red" />
          {t('workflows:editor.paused_by_trellis', { reason: pausedReason })}
        </div>
      )}
      {warnings.map(({ message }) => (
        <div key={message} className={classes.notice}>
          <StatusDot tone="amber" />
          {message}
        </div>
      ))}
      {changedElsewhere && (
        <div className={classes.notice}>
          <StatusDot tone="amber" />
          {t('workflows:editor.changed_elsewhere')}
          <Button variant="subtle" size="compact-xs" onClick={onLoadTheirs}>
            {t('workflows:editor.load_theirs')}
          </Button>
        </div>
      )}
    </>
  );
}
