import { Button, Select, Skeleton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { History } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VersionSummary } from '../../../../shared/contract/versions.ts';
import type { Workflow } from '../../../../shared/contract/workflows.ts';
import { describeFailure } from '../../../api/errors.ts';
import { api, queryClient } from '../../../api/query.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { formatDayTime, formatFull } from '../../../ui/format.ts';
import { draftOfVersion } from '../model/version-draft.ts';
import { diffInWords } from '../model/version-diff.ts';
import { useWords } from '../use-words.ts';
import { VersionDiffTable } from './version-diff-table.tsx';
import classes from './versions.module.css';

interface VersionsTabProps {
  readonly workflow: Workflow;
  /** Unsaved edits would be lost by a restore. */
  readonly dirty: boolean;
}

/** What was published of a workflow: each version in words beside another, its runs, and the way back to it. */
export function VersionsTab({ workflow, dirty }: VersionsTabProps) {
  const { t } = useTranslation('workflows');
  const versions = useQuery(api.versions.list.queryOptions({ input: { id: workflow.id } }));
  const [chosen, setChosen] = useState<number | null>(null);
  if (versions.isPending) {
    return (
      <div className={classes.frame}>
        <div className={classes.list}>
          <Skeleton height={44} mb={8} />
          <Skeleton height={44} mb={8} />
        </div>
        <div className={classes.page}>
          <Skeleton height={20} width={200} mb={24} />
          <Skeleton height={160} />
        </div>
      </div>
    );
  }
  if (!versions.data)
    return <ErrorState error={versions.error} onRetry={() => void versions.refetch()} />;
  const { items } = versions.data;
  const version = items.find(({ number }) => number === chosen) ?? items[0];
  if (!version) {
    return <EmptyState icon={History} title={t('versions.none')} text={t('versions.none_text')} />;
  }
  return (
    <div className={classes.frame}>
      <ul className={classes.list} aria-label={t('versions.tab')}>
        {items.map((one) => (
          <li key={one.number}>
            <button
              type="button"
              className={classes.version}
              aria-pressed={one.number === version.number}
              onClick={() => setChosen(one.number)}
            >
              <span className={classes.number}>
                {t('editor.version', { version: one.number })}
                {one.number === workflow.version && (
                  <span className={classes.current}>{t('versions.current')}</span>
                )}
              </span>
              <span className={classes.facts} title={formatFull(one.created_at)}>
                {t('versions.facts', {
                  when: formatDayTime(one.created_at),
                  runs: t('versions.runs', { count: one.runs }),
                })}
              </span>
            </button>
          </li>
        ))}
      </ul>
      <OneVersion
        key={version.number}
        workflow={workflow}
        version={version}
        others={items}
        dirty={dirty}
      />
    </div>
  );
}

interface OneVersionProps extends VersionsTabProps {
  readonly version: VersionSummary;
  readonly others: readonly VersionSummary[];
}

function OneVersion({ workflow, version, others, dirty }: OneVersionProps) {
  const { t } = useTranslation('workflows');
  const [against, setAgainst] = useState<number | null>(
    others.find(({ number }) => number === version.number - 1)?.number ?? null,
  );
  const restore = useRestore(workflow);
  const current = version.number === workflow.version;
  return (
    <section className={classes.page} aria-label={t('editor.version', { version: version.number })}>
      <div className={classes.bar}>
        <Select
          className={classes.against ?? ''}
          label={t('versions.against')}
          data={others
            .filter(({ number }) => number !== version.number)
            .map(({ number }) => ({
              value: String(number),
              label: t('editor.version', { version: number }),
            }))}
          value={against === null ? null : String(against)}
          placeholder={t('versions.nothing')}
          clearable
          onChange={(value) => setAgainst(value === null ? null : Number(value))}
        />
        <span className={classes.gap} />
        {version.runs > 0 && (
          <Link
            className={classes.link}
            to="/workflows/$workflowId"
            params={{ workflowId: workflow.id }}
            search={{ tab: 'runs', version: version.number }}
          >
            {t('versions.show_runs', { count: version.runs })}
          </Link>
        )}
        {!current && (
          <Button
            variant="default"
            disabled={dirty}
            title={dirty ? t('versions.dirty') : undefined}
            loading={restore.isPending}
            onClick={() => restore.mutate({ id: workflow.id, number: version.number })}
          >
            {t('versions.restore')}
          </Button>
        )}
      </div>
      <Comparison workflowId={workflow.id} number={version.number} against={against} />
    </section>
  );
}

interface ComparisonProps {
  readonly workflowId: string;
  readonly number: number;
  readonly against: number | null;
}

function Comparison({ workflowId: id, number, against }: ComparisonProps) {
  const { t } = useTranslation('workflows');
  const words = useWords();
  const after = useQuery(api.versions.get.queryOptions({ input: { id, number } }));
  const before = useQuery({
    ...api.versions.get.queryOptions({ input: { id, number: against ?? number } }),
    enabled: against !== null,
  });
  const rows = useMemo(() => {
    if (!after.data || (against !== null && !before.data)) return null;
    const now = draftOfVersion(after.data);
    // Beside nothing there is nothing to strike or to make bold.
    if (against === null || !before.data) {
      return diffInWords(now, now, words);
    }
    return diffInWords(draftOfVersion(before.data), now, words);
  }, [after.data, before.data, against, words]);
  const error = after.error ?? before.error;
  if (error) {
    return (
      <ErrorState
        error={error}
        onRetry={() => {
          void after.refetch();
          void before.refetch();
        }}
      />
    );
  }
  if (!rows) return <Skeleton height={160} />;
  return (
    <VersionDiffTable
      rows={rows}
      before={against === null ? '' : t('editor.version', { version: against })}
      after={t('editor.version', { version: number })}
    />
  );
}

/** Restores a version; the way back is the version that was there before. */
function useRestore(workflow: Workflow) {
  const { t } = useTranslation('workflows');
  const restore = useMutation(
    api.versions.restore.mutationOptions({
      onSuccess: (restored, { number }) => {
        queryClient.setQueryData(
          api.workflows.get.queryKey({ input: { id: restored.id } }),
          restored,
        );
        void queryClient.invalidateQueries({ queryKey: api.workflows.key() });
        void queryClient.invalidateQueries({ queryKey: api.versions.key() });
        notifications.show({
          message: t(
            restored.status === 'active' ? 'versions.restored_on' : 'versions.restored_off',
            { number: Number(number), name: workflow.name },
          ),
        });
      },
      onError: (error) =>
        notifications.show({ color: 'red', message: describeFailure(error).message }),
    }),
  );
  return restore;
}
