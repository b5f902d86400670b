import { useTranslation } from 'react-i18next';
import type { ImportState } from '../../../shared/contract/imports.ts';
import { formatNumber } from '../../ui/format.ts';
import classes from './import.module.css';

const shown = ['created', 'updated', 'skipped', 'refused', 'links_created'] as const;

export function ImportCounts({ state }: { readonly state: ImportState }) {
  const { t } = useTranslation('imports');
  const isAhead = state.work === 'check' || state.outcome === 'checked';
  return (
    <dl className={classes.counts}>
      {shown.map((name) => (
        <div key={name}>
          <dt>{t(`${isAhead ? 'counts_ahead' : 'counts'}.${name}`)}</dt>
          <dd>{formatNumber(state.counts[name])}</dd>
        </div>
      ))}
    </dl>
  );
}
