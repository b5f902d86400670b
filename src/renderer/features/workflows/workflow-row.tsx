import { ActionIcon, Menu, Switch } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Ellipsis } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Workflow } from '../../../shared/contract/workflows.ts';
import type { ExecutionStatus, WorkflowStatus } from '../../../shared/workflow/definition.ts';
import { api, queryClient } from '../../api/query.ts';
import { formatAgo, formatFull } from '../../ui/format.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { RunStrip } from './run-strip.tsx';
import { useLibraryActions } from './templates/use-library-actions.ts';
import classes from './workflows.module.css';

interface WorkflowRowProps {
  readonly workflow: Workflow;
  readonly when: string;
  readonly health:
    | {
        readonly last_runs: readonly { readonly id: string; readonly status: ExecutionStatus }[];
        readonly success_rate: number | null;
      }
    | undefined;
  readonly onRun: () => void;
  readonly onTurnedOn: (workflow: Workflow) => void;
  /** It came from a file and sends to addresses nobody has confirmed. */
  readonly onConfirm: () => void;
  readonly onDelete: () => void;
}

const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });

export function WorkflowRow(props: WorkflowRowProps) {
  const { workflow, when, health, onRun, onTurnedOn, onConfirm, onDelete } = props;
  const { t } = useTranslation('workflows');
  const navigate = useNavigate();
  const { id, name, problems } = workflow;
  const params = { workflowId: id };
  const toggle = useToggle(workflow, onTurnedOn, onConfirm);
  const { parked_reason: parked, paused_reason: paused } = workflow;
  const trouble =
    (parked !== null && t('list.parked', { reason: parked })) ||
    (paused !== null && t('list.paused_by_trellis', { reason: paused })) ||
    (problems.length > 0 && t('list.problems', { count: problems.length }));
  const last = workflow.last_executed_at;

  return (
    <tr
      className={classes.row}
      onClick={(event) => {
        // Controls of the row do their own thing; the name is the row's real link.
        if (event.target instanceof Element && event.target.closest('button, a, input, label'))
          return;
        void navigate({ to: '/workflows/$workflowId', params });
      }}
    >
      <td>
        <Switch
          size="xs"
          checked={workflow.status === 'active'}
          disabled={toggle.isPending}
          aria-label={t('list.on', { name })}
          onChange={(event) => toggle.set(event.currentTarget.checked)}
        />
      </td>
      <td>
        <div className={classes.nameCell}>
          <Link className={classes.name} to="/workflows/$workflowId" params={params}>
            {name}
          </Link>
          {workflow.status === 'draft' && <span className={classes.dim}>{t('status.draft')}</span>}
        </div>
        {trouble && (
          <div className={classes.trouble}>
            <StatusDot tone={parked === null && paused === null ? 'amber' : 'red'} />
            <span className="truncate" title={trouble}>
              {trouble}
            </span>
          </div>
        )}
      </td>
      <td className={classes.dim}>
        <span className={classes.when}>{when.charAt(0).toUpperCase() + when.slice(1)}</span>
      </td>
      <td>{health && <RunStrip runs={health.last_runs} />}</td>
      <td className={`${classes.number} ${classes.successColumn}`}>
        {health?.success_rate !== null && health?.success_rate !== undefined
          ? percent.format(health.success_rate)
          : null}
      </td>
      <td className={classes.dim} title={last === null ? undefined : formatFull(last)}>
        {last === null ? t('list.never') : formatAgo(last)}
      </td>
      <td>
        <RowMenu
          workflow={workflow}
          aria-label={t('list.menu', { name })}
          onRun={onRun}
          onDelete={onDelete}
        />
      </td>
    </tr>
  );
}

interface RowMenuProps extends Pick<WorkflowRowProps, 'workflow' | 'onRun' | 'onDelete'> {
  readonly 'aria-label': string;
}

function RowMenu({ workflow, onRun, onDelete, 'aria-label': label }: RowMenuProps) {
  const { t } = useTranslation(['workflows', 'library']);
  const navigate = useNavigate();
  const library = useLibraryActions(workflow);
  const params = { workflowId: workflow.id };
  return (
    <Menu position="bottom-end" width={180}>
      <Menu.Target>
        <ActionIcon aria-label={label}>
          <Ellipsis size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void navigate({ to: '/workflows/$workflowId', params })}>
          {t('list.edit')}
        </Menu.Item>
        <Menu.Item onClick={onRun}>{t('editor.run_now')}</Menu.Item>
        <Menu.Item
          onClick={() =>
            void navigate({
              to: '/workflows/$workflowId',
              params,
              search: { tab: 'runs' },
            })
          }
        >
          {t('runs.title')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={library.clone}>{t('library:clone')}</Menu.Item>
        <Menu.Item onClick={library.export}>{t('library:export')}</Menu.Item>
        <Menu.Item onClick={library.saveTemplate}>{t('library:save_template')}</Menu.Item>
        <Menu.Divider />
        <Menu.Item color="red" onClick={onDelete}>
          {t('editor.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Turns a workflow on or off at once; one that cannot run opens where it can be mended. */
function useToggle(
  { id, name, problems, unconfirmed_addresses: unconfirmed }: Workflow,
  onTurnedOn: (workflow: Workflow) => void,
  onConfirm: () => void,
) {
  const { t } = useTranslation('workflows');
  const navigate = useNavigate();
  const failureText = useFailureText();
  const listKey = api.workflows.list.queryKey({ input: { limit: 500 } });
  const update = useMutation(
    api.workflows.update.mutationOptions({
      onMutate: (change) => {
        const before = queryClient.getQueryData(listKey);
        const status: WorkflowStatus = change.status === 'active' ? 'active' : 'paused';
        if (before) {
          const items = before.items.map((item) => (item.id === id ? { ...item, status } : item));
          queryClient.setQueryData(listKey, { ...before, items });
        }
        return { before };
      },
      onError: (error, _input, context) => {
        queryClient.setQueryData(listKey, context?.before);
        notifications.show({
          color: 'red',
          title: t('list.not_turned_on', { name }),
          message: failureText(error),
        });
      },
      onSuccess: (workflow) => {
        if (workflow.status === 'active') onTurnedOn(workflow);
      },
      onSettled: () => void queryClient.invalidateQueries({ queryKey: api.workflows.key() }),
    }),
  );
  return {
    isPending: update.isPending,
    set: (on: boolean) => {
      if (on && problems.length > 0) {
        void navigate({
          to: '/workflows/$workflowId',
          params: { workflowId: id },
          search: { fix: true },
        });
        return;
      }
      if (on && unconfirmed.length > 0) {
        onConfirm();
        return;
      }
      update.mutate({ id, status: on ? 'active' : 'paused' });
    },
  };
}
