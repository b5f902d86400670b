import { Select } from '@mantine/core';

interface ZoneSelectProps {
  readonly id: string;
  readonly label: string;
  /** IANA name, or '' for none. */
  readonly value: string;
  /** What applies without one. */
  readonly placeholder: string;
  readonly error?: string | undefined;
  readonly description?: string;
  readonly onChange: (zone: string) => void;
}

const zones = Intl.supportedValuesOf('timeZone');

/** A time zone by its IANA name. */
export function ZoneSelect(props: ZoneSelectProps) {
  const { id, label, value, placeholder, error, description, onChange } = props;
  return (
    <Select
      id={id}
      label={label}
      placeholder={placeholder}
      // A zone may be known under an older name, which the list leaves out.
      data={value === '' || zones.includes(value) ? zones : [value, ...zones]}
      value={value === '' ? null : value}
      searchable
      clearable
      limit={200}
      error={error}
      description={description}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onChange={(zone) => onChange(zone ?? '')}
    />
  );
}
