import { TextInput } from '@mantine/core';

interface TimeInputProps {
  readonly id: string;
  readonly label: string;
  /** `09:00`, or '' for none. */
  readonly value: string;
  readonly error: string | undefined;
  readonly description?: string;
  readonly onChange: (time: string) => void;
}

/** A time of day, as the browser asks for one. */
export function TimeInput({ id, label, value, error, description, onChange }: TimeInputProps) {
  return (
    <TextInput
      id={id}
      type="time"
      label={label}
      value={value}
      error={error}
      description={description}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
