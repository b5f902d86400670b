import { Button, Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImportPlan, ImportState } from '../../../shared/contract/imports.ts';
import { formatNumber } from '../../ui/format.ts';
import { ImportCounts } from './import-counts.tsx';
import { importDraft } from './import-store.ts';
import classes from './import.module.css';
import { RefusedRows } from './refused-rows.tsx';

interface CheckedProps {
  readonly state: ImportState;
  readonly plan: ImportPlan;
  readonly onImport: () => void;
  readonly onBack: () => void;
}

const choices = ['none', 'new', 'all'] as const;

/** What an import would do, counted, and whether workflows answer it. */
export function Checked({ state, plan, onImport, onBack }: CheckedProps) {
  const { t } = useTranslation('imports');
  const { created, updated, links_created: links } = state.counts;
  const counts = { none: 0, new: created + links, all: created + links + updated };
  return (
    <div className={classes.running}>
      <h2>{t('checked_title')}</h2>
      <p className={classes.hint}>{t('checked_text')}</p>
      <ImportCounts state={state} />
      <Radio.Group
        label={t('workflows')}
        value={plan.run_workflows}
        onChange={(value) =>
          importDraft.change({ run_workflows: choices.find((one) => one === value) ?? 'none' })
        }
      >
        <div className={classes.radios}>
          {choices.map((choice) => (
            <Radio
              key={choice}
              size="xs"
              value={choice}
              label={t(`workflows_${choice}`, {
                count: counts[choice],
                shown: formatNumber(counts[choice]),
              })}
            />
          ))}
        </div>
      </Radio.Group>
      <RefusedRows state={state} />
      <div className={classes.buttons}>
        <Button onClick={onImport} disabled={created + updated === 0} data-testid="import-start">
          {t('import_rows', { count: created + updated, shown: formatNumber(created + updated) })}
        </Button>
        <Button variant="subtle" color="gray" onClick={onBack}>
          {t('back')}
        </Button>
      </div>
    </div>
  );
}
