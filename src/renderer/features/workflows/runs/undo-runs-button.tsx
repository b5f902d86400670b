import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { UndoRunsDialog } from './undo-runs-dialog.tsx';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** How far back, in milliseconds; null: to the beginning. */
const spans = { hour: hourMs, day: dayMs, week: 7 * dayMs, month: 30 * dayMs, all: null } as const;

type Period = keyof typeof spans;

const periods: readonly Period[] = ['hour', 'day', 'week', 'month', 'all'];

/** Takes back what all runs of a workflow did since a time, after showing what that means. */
export function UndoRunsButton({ workflowId }: { readonly workflowId: string }) {
  const { t } = useTranslation('workflows');
  /** Null while the dialog is closed. The instant is fixed when it is chosen, so that the preview stays true. */
  const [chosen, setChosen] = useState<{ period: Period; since: string } | null>(null);
  return (
    <>
      <Button variant="subtle" onClick={() => setChosen(from('day'))}>
        {t('undo.runs')}
      </Button>
      {chosen && (
        <UndoRunsDialog
          key={chosen.since}
          target={{ kind: 'workflow', id: workflowId, since: chosen.since }}
          title={t('undo.title_runs')}
          onClose={() => setChosen(null)}
        >
          <Select
            label={t('undo.since')}
            value={chosen.period}
            allowDeselect={false}
            data={periods.map((period) => ({ value: period, label: t(`undo.periods.${period}`) }))}
            onChange={(value) => {
              const period = periods.find((known) => known === value);
              if (period) setChosen(from(period));
            }}
          />
        </UndoRunsDialog>
      )}
    </>
  );
}

function from(period: Period): { period: Period; since: string } {
  const span = spans[period];
  return { period, since: new Date(span === null ? 0 : Date.now() - span).toISOString() };
}
