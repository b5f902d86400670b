import { Text } from '@mantine/core';
import { useFailureText } from './use-failure-text.ts';

/** What a failed call says, in a form or beside its button; nothing while there is no error. */
export function FailureLine({ error }: { readonly error: unknown }) {
  const failureText = useFailureText();
  if (error === null || error === undefined) return null;
  return (
    <Text size="xs" c="var(--mantine-color-error)" role="alert" mt="sm">
      {failureText(error)}
    </Text>
  );
}
