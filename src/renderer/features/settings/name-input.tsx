import { TextInput } from '@mantine/core';
import { useState } from 'react';

interface NameInputProps {
  readonly name: string;
  readonly label: string;
  readonly className?: string;
  /** Told once, when one has finished typing another name. */
  readonly onChange: (name: string) => void;
}

/** A name edited where it stands; an empty one goes back to what it was. */
export function NameInput({ name, label, className, onChange }: NameInputProps) {
  const [typed, setTyped] = useState(name);
  return (
    <TextInput
      size="xs"
      className={className ?? ''}
      aria-label={label}
      value={typed}
      maxLength={100}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => {
        const next = typed.trim();
        if (next === '') setTyped(name);
        else if (next !== name) onChange(next);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
      }}
    />
  );
}
