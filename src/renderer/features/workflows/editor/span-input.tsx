import { Input, NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseRelativeDate } from '../../../../shared/workflow/relative-date.ts';
import { useWorkflowText } from '../use-words.ts';
import classes from './flow-form.module.css';

interface SpanInputProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onBlur?: () => void;
  readonly error?: string | undefined;
  readonly description?: string | undefined;
  readonly required?: boolean;
  /** May also go back, such as 2 days before. */
  readonly signed?: boolean;
}

const units = ['minute', 'hour', 'day', 'business day', 'week', 'month'] as const;

/** A time span, stored as `+3 days`: a number and a unit. */
export function SpanInput(props: SpanInputProps) {
  const { id, label, value, onChange, onBlur, error, description } = props;
  const { required = false, signed = false } = props;
  const { t } = useTranslation('workflows');
  const text = useWorkflowText();
  const relative = parseRelativeDate(value);
  // What is chosen before there is a number would be lost with the empty text.
  const [last, setLast] = useState({ unit: 'day', back: false });
  const unit = relative?.unit ?? last.unit;
  const back = relative ? relative.amount < 0 : last.back;

  function write(amount: number | null, nextUnit: string, nextBack: boolean): void {
    setLast({ unit: nextUnit, back: nextBack });
    if (amount === null) return onChange('');
    onChange(`${nextBack ? '-' : '+'}${amount} ${nextUnit}${amount === 1 ? '' : 's'}`);
  }

  const amount = relative ? Math.abs(relative.amount) : null;
  const offered = units.some((one) => one === unit) ? units : [unit, ...units];
  return (
    <Input.Wrapper
      label={label}
      labelProps={{ htmlFor: id }}
      error={error}
      description={description}
      withAsterisk={required}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
    >
      <div className={classes.span}>
        <NumberInput
          id={id}
          className={classes.amount ?? ''}
          value={amount ?? ''}
          min={0}
          max={999_999}
          allowDecimal={false}
          allowNegative={false}
          hideControls
          error={error !== undefined}
          onBlur={onBlur}
          onChange={(next) => write(next === '' ? null : Number(next), unit, back)}
        />
        <Select
          className={classes.unit ?? ''}
          aria-label={t('flow.wait.unit', { label })}
          data={offered.map((one) => ({
            value: one,
            label: text(`flow.wait.units.${one.replace(' ', '_')}`),
          }))}
          value={unit}
          allowDeselect={false}
          onChange={(next) => next && write(amount, next, back)}
        />
        {signed && (
          <Select
            className={classes.unit ?? ''}
            aria-label={t('flow.wait.direction', { label })}
            data={[
              { value: 'before', label: t('flow.wait.before') },
              { value: 'after', label: t('flow.wait.after') },
            ]}
            value={back ? 'before' : 'after'}
            allowDeselect={false}
            onChange={(next) => write(amount, unit, next === 'before')}
          />
        )}
      </div>
    </Input.Wrapper>
  );
}
