import { useTranslation } from 'react-i18next';
import type { ViewGroup } from '../../../shared/contract/views.ts';
import type { Field } from '../../../shared/model/fields/field.ts';
import { formatNumber } from '../../ui/format.ts';
import { useGroupLabel } from './use-group-label.ts';
import classes from './group-board.module.css';

interface GroupHeadingProps {
  readonly field: Field;
  readonly value: string | null;
  /** Undefined until the groups are counted. */
  readonly group: ViewGroup | undefined;
}

export function GroupHeading({ field, value, group }: GroupHeadingProps) {
  const { t } = useTranslation('views');
  const labelOf = useGroupLabel(field);
  return (
    <span className={classes.heading}>
      <span>{labelOf(value, group?.label ?? null)}</span>
      {group && (
        <span className={classes.count} aria-label={t('count', { count: group.count })}>
          {formatNumber(group.count)}
        </span>
      )}
    </span>
  );
}
