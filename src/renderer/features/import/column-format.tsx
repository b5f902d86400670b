import { Button, Modal, Select } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  type ColumnPlan,
  dateOrders,
  type ImportColumn,
} from '../../../shared/contract/imports.ts';
import type { Field } from '../../../shared/model/fields/field.ts';
import { api } from '../../api/query.ts';
import { useFieldText } from '../records/use-field-text.ts';
import classes from './import.module.css';

interface ColumnFormatProps {
  readonly field: Field;
  readonly column: ImportColumn;
  readonly plan: ColumnPlan;
  readonly onChange: (change: Partial<ColumnPlan>) => void;
}

/** How the cells of a column are read, where that is in doubt. */
export function ColumnFormat(props: ColumnFormatProps) {
  const { t } = useTranslation('imports');
  const { field, column, plan, onChange } = props;
  switch (field.type) {
    case 'date':
    case 'datetime':
      return (
        <Select
          size="xs"
          aria-label={t('order_of', { column: column.name })}
          data={dateOrders.map((order) => ({ value: order, label: t(`orders.${order}`) }))}
          value={plan.date_order ?? 'ymd'}
          allowDeselect={false}
          error={column.is_ambiguous && t('ambiguous')}
          onChange={(value) => value && onChange({ date_order: value })}
        />
      );
    case 'number':
    case 'money':
      return (
        <Select
          size="xs"
          aria-label={t('decimal_of', { column: column.name })}
          data={[
            { value: '.', label: t('decimal_point') },
            { value: ',', label: t('decimal_comma') },
          ]}
          value={plan.decimal ?? '.'}
          allowDeselect={false}
          onChange={(value) => value && onChange({ decimal: value })}
        />
      );
    case 'stage':
    case 'choice':
      return <ValueMeanings {...props} />;
    default:
      return null;
  }
}

/** What the cells of a column mean, for fields with choices. */
function ValueMeanings({ field, column, plan, onChange }: ColumnFormatProps) {
  const { t } = useTranslation(['imports', 'common']);
  const fieldText = useFieldText();
  const [isOpen, { open, close }] = useDisclosure(false);
  const stages = useQuery({
    ...api.pipeline.stages.queryOptions(),
    enabled: field.type === 'stage',
  });
  const choices =
    field.type === 'stage'
      ? (stages.data ?? []).map(({ slug, name }) => ({ value: slug, label: name }))
      : (field.choices ?? []).map((value) => ({ value, label: fieldText.choice(field, value) }));
  const values = plan.values ?? {};
  const unclear = column.distinct.filter((cell) => values[cell] === undefined).length;
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={open}>
        {unclear > 0
          ? t('imports:unclear_values', { count: unclear })
          : t('imports:values', { count: column.distinct.length })}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={t('imports:values_title', { column: column.name })}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <div className={classes.values}>
          {column.distinct.map((cell) => (
            <Select
              key={cell}
              label={cell}
              data={choices}
              value={values[cell] ?? null}
              placeholder={t('imports:refused_value')}
              clearable
              onChange={(value) => {
                const { [cell]: _, ...others } = values;
                onChange({ values: value === null ? others : { ...others, [cell]: value } });
              }}
            />
          ))}
        </div>
      </Modal>
    </>
  );
}
