import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { executionStatuses } from '../../../../shared/workflow/definition.ts';
import type { RunsSearch } from '../../../app/router.tsx';
import { api } from '../../../api/query.ts';
import { formatDay } from '../../../ui/format.ts';
import classes from './run.module.css';

interface RunFiltersProps {
  readonly search: RunsSearch;
  readonly onChange: (search: RunsSearch) => void;
}

/** By workflow and state; a period or a step that a figure led here with is said, and can be left. */
export function RunFilters({ search, onChange }: RunFiltersProps) {
  const { t } = useTranslation(['insight', 'workflows']);
  const workflows = useQuery(api.workflows.list.queryOptions({ input: { limit: 500 } }));
  const { workflow, status, from, to, step } = search;
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a row above a table is no fieldset
    <div className={classes.filters} role="group" aria-label={t('insight:filters')}>
      <Select
        size="xs"
        w={220}
        searchable
        clearable
        placeholder={t('insight:all_workflows')}
        aria-label={t('insight:workflow')}
        data={(workflows.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={workflow ?? null}
        onChange={(value) => {
          const { workflow: _workflow, ...rest } = search;
          onChange({ ...rest, ...(value === null ? {} : { workflow: value }) });
        }}
      />
      <Select
        size="xs"
        w={160}
        clearable
        placeholder={t('insight:any_status')}
        aria-label={t('insight:status')}
        data={executionStatuses.map((one) => ({
          value: one,
          label: t(`workflows:run_status.${one}`),
        }))}
        value={status ?? null}
        onChange={(value) => {
          const { status: _status, ...rest } = search;
          const chosen = executionStatuses.find((known) => known === value);
          onChange({ ...rest, ...(chosen ? { status: chosen } : {}) });
        }}
      />
      {from !== undefined && to !== undefined && (
        <span className={classes.dim}>
          {t('insight:since', { from: formatDay(from), to: formatDay(to) })}
        </span>
      )}
      {step !== undefined && (
        <span className={classes.dim}>{t('insight:failed_step', { step })}</span>
      )}
      {Object.keys(search).length > 0 && (
        <Button size="compact-sm" variant="subtle" onClick={() => onChange({})}>
          {t('insight:clear')}
        </Button>
      )}
    </div>
  );
}
