import { Button, Skeleton, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Plus, Search, Workflow as WorkflowIcon } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Workflow } from '../../../shared/contract/workflows.ts';
import { api, queryClient } from '../../api/query.ts';
import { useCommands } from '../../commands/registry.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ConfirmAddressesDialog } from './confirm-addresses-dialog.tsx';
import { DeleteWorkflowDialog } from './delete-workflow-dialog.tsx';
import { EnrolDialog } from './enrol-dialog.tsx';
import { useEnrolQuestion } from './use-enrol-question.tsx';
import { triggersInWords } from './model/trigger-words.ts';
import { RunNowDialog } from './run-now-dialog.tsx';
import { useWords } from './use-words.ts';
import { WorkflowRow } from './workflow-row.tsx';
import classes from './workflows.module.css';

/** One page is more than anybody has; a file with more shows the newest. */
const input = { limit: 500 };

export function WorkflowsScreen() {
  const { t } = useTranslation(['workflows', 'library']);
  const navigate = useNavigate();
  const list = useQuery(api.workflows.list.queryOptions({ input }));
  const [filter, setFilter] = useState('');
  const create = () =>
    void navigate({ to: '/workflows/$workflowId', params: { workflowId: 'new' } });

  const openTemplates = () => void navigate({ to: '/workflow-templates' });

  useCommands([
    {
      id: 'create_here',
      label: 'workflows:new',
      section: 'create',
      shortcut: 'c',
      keywords: 'add create automation',
      perform: create,
    },
    {
      id: 'workflow_templates',
      label: 'library:title',
      section: 'create',
      keywords: 'gallery example ready made',
      perform: openTemplates,
    },
  ]);

  const items = list.data?.items;
  return (
    <>
      <PageHeader
        title={t('title')}
        actions={
          <>
            {items && items.length > 0 && (
              <TextInput
                w={220}
                size="xs"
                leftSection={<Search size={14} />}
                placeholder={t('list.filter')}
                aria-label={t('list.filter')}
                value={filter}
                onChange={(event) => setFilter(event.currentTarget.value)}
              />
            )}
            <Button variant="default" onClick={openTemplates}>
              {t('library:open')}
            </Button>
            <Button leftSection={<Plus size={14} />} onClick={create}>
              {t('new')}
            </Button>
          </>
        }
      />
      {list.isPending && <ListSkeleton />}
      {!items && list.error && (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      )}
      {items?.length === 0 && (
        <EmptyState
          icon={WorkflowIcon}
          title={t('list.empty_title')}
          text={t('list.empty_text')}
          example={t('list.empty_example')}
          action={<Button onClick={openTemplates}>{t('library:open')}</Button>}
        />
      )}
      {items && items.length > 0 && <WorkflowTable workflows={items} filter={filter} />}
    </>
  );
}

interface WorkflowTableProps {
  readonly workflows: readonly Workflow[];
  readonly filter: string;
}

function WorkflowTable({ workflows, filter }: WorkflowTableProps) {
  const { t } = useTranslation('workflows');
  const words = useWords();
  const health = useQuery(api.workflows.health.queryOptions());
  const [dialog, setDialog] = useState<{
    kind: 'run' | 'delete' | 'addresses';
    workflow: Workflow;
  } | null>(null);
  const enrol = useEnrolQuestion();
  const close = () => setDialog(null);
  const turnOn = useMutation(
    api.workflows.update.mutationOptions({
      onSuccess: (workflow) => {
        close();
        enrol.ask(workflow);
      },
      onSettled: () => void queryClient.invalidateQueries({ queryKey: api.workflows.key() }),
    }),
  );

  const rows = workflows.map((workflow) => ({
    workflow,
    when: triggersInWords(workflow.triggers, words),
  }));
  const wanted = filter.trim().toLowerCase();
  const shown = rows.filter(({ workflow, when }) =>
    `${workflow.name} ${when}`.toLowerCase().includes(wanted),
  );

  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th className={classes.switchColumn}>
              <span className={classes.hidden}>{t('list.status')}</span>
            </th>
            <th>{t('list.name')}</th>
            <th className={classes.whenColumn}>{t('list.when')}</th>
            <th className={classes.runsColumn}>{t('list.runs')}</th>
            <th className={`${classes.numberColumn} ${classes.successColumn}`}>
              {t('list.success')}
            </th>
            <th className={classes.lastColumn}>{t('list.last_run')}</th>
            <th className={classes.menuColumn}>
              <span className={classes.hidden}>{t('editor.more')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ workflow, when }) => (
            <WorkflowRow
              key={workflow.id}
              workflow={workflow}
              when={when}
              health={health.data?.find((entry) => entry.workflow_id === workflow.id)}
              onRun={() => setDialog({ kind: 'run', workflow })}
              onTurnedOn={enrol.ask}
              onConfirm={() => {
                turnOn.reset();
                setDialog({ kind: 'addresses', workflow });
              }}
              onDelete={() => setDialog({ kind: 'delete', workflow })}
            />
          ))}
        </tbody>
      </table>
      {shown.length === 0 && (
        <p className={classes.noMatch}>{t('list.no_match', { text: filter.trim() })}</p>
      )}
      {enrol.question && <EnrolDialog {...enrol.question} onClose={enrol.close} />}
      {dialog?.kind === 'run' && <RunNowDialog workflow={dialog.workflow} onClose={close} />}
      {dialog?.kind === 'addresses' && (
        <ConfirmAddressesDialog
          name={dialog.workflow.name}
          addresses={dialog.workflow.unconfirmed_addresses}
          saving={turnOn.isPending}
          error={turnOn.error}
          onConfirm={() =>
            turnOn.mutate({ id: dialog.workflow.id, status: 'active', confirm_addresses: true })
          }
          onClose={close}
        />
      )}
      {dialog?.kind === 'delete' && (
        <DeleteWorkflowDialog workflow={dialog.workflow} onClose={close} />
      )}
    </div>
  );
}

function ListSkeleton() {
  return (
    <div className={classes.skeletons} aria-busy="true">
      {[220, 180, 260, 200].map((width) => (
        <div key={width} className={classes.skeletonRow}>
          <Skeleton width={28} height={16} radius={8} />
          <Skeleton width={width} height={12} />
        </div>
      ))}
    </div>
  );
}
