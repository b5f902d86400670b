import { Button, Skeleton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { WorkflowCheck } from '../../../../shared/contract/insight.ts';
import { api } from '../../../api/query.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { formatDayTime } from '../../../ui/format.ts';
import { StatusDot } from '../../../ui/status-dot.tsx';
import { useFailureText } from '../../../ui/use-failure-text.ts';
import { refreshRuns, useRetryAll } from '../attention/use-retry-all.ts';
import classes from './checkup.module.css';

interface CheckupPanelProps {
  readonly workflowId: string;
  readonly onRun: () => void;
}

/** Why nothing happens: each question with what was found, and the button that puts it right. */
export function CheckupPanel({ workflowId, onRun }: CheckupPanelProps) {
  const { t } = useTranslation('insight');
  const checkup = useQuery(api.insight.checkup.queryOptions({ input: { id: workflowId } }));
  if (checkup.isPending) return <Skeleton height={120} m={24} />;
  if (!checkup.data) {
    return <ErrorState error={checkup.error} onRetry={() => void checkup.refetch()} />;
  }
  return (
    <section className={classes.panel} aria-label={t('not_running')}>
      <ul className={classes.checks}>
        {checkup.data.checks.map((check) => (
          <li key={check.check} className={classes.check}>
            <StatusDot
              tone={check.is_ok ? 'green' : 'amber'}
              label={t(check.is_ok ? 'ok' : 'not_ok')}
            />
            <span className={classes.question}>{t(`checks.${check.check}`)}</span>
            <span className={classes.answer}>
              {check.message}
              {check.at !== null && (
                <time className={classes.when} dateTime={check.at}>
                  {formatDayTime(check.at)}
                </time>
              )}
            </span>
            <Cure workflowId={workflowId} check={check} onRun={onRun} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface CureProps extends CheckupPanelProps {
  readonly check: WorkflowCheck;
}

function Cure({ workflowId, check: { cure, execution_id: run }, onRun }: CureProps) {
  const { t } = useTranslation('insight');
  const failureText = useFailureText();
  const onError = (error: Error) =>
    notifications.show({ color: 'red', message: failureText(error) });
  const turnOn = useMutation(
    api.workflows.update.mutationOptions({ onSuccess: refreshRuns, onError }),
  );
  const resume = useMutation(
    api.system.pause_automation.mutationOptions({ onSuccess: refreshRuns, onError }),
  );
  const retry = useRetryAll();
  if (cure === null) return null;
  const label = t(`cures.${cure}`);
  const small = { size: 'compact-sm', variant: 'default' } as const;
  switch (cure) {
    case 'turn_on':
      return (
        <Button
          {...small}
          loading={turnOn.isPending}
          onClick={() => turnOn.mutate({ id: workflowId, status: 'active' })}
        >
          {label}
        </Button>
      );
    case 'edit':
      return (
        <Button
          {...small}
          renderRoot={(root: object) => (
            <Link
              to="/workflows/$workflowId"
              params={{ workflowId }}
              search={{ fix: true }}
              {...root}
            />
          )}
        >
          {label}
        </Button>
      );
    case 'resume_automation':
      return (
        <Button
          {...small}
          loading={resume.isPending}
          onClick={() => resume.mutate({ paused: false })}
        >
          {label}
        </Button>
      );
    case 'run_now':
      return (
        <Button {...small} onClick={onRun}>
          {label}
        </Button>
      );
    case 'retry_failed':
      return (
        <Button
          {...small}
          loading={retry.isPending}
          onClick={() => retry.mutate({ workflow_id: workflowId })}
        >
          {label}
        </Button>
      );
    case 'open_run':
      return run === null ? null : (
        <Button
          {...small}
          renderRoot={(root: object) => (
            <Link to="/runs/{-$executionId}" params={{ executionId: run }} {...root} />
          )}
        >
          {label}
        </Button>
      );
  }
}
