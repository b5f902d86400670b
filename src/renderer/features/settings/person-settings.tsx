import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../shared/contract/app.ts';
import { describeFailure } from '../../api/errors.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import { Section } from './section.tsx';
import { useUpdateSettings } from './use-update-settings.ts';

export function PersonSettings({ settings }: { readonly settings: Settings }) {
  const { t } = useTranslation('settings');
  return (
    <Section title={t('you')} text={t('you_text')}>
      <SavedText name="user_name" label={t('user_name')} stored={settings.user_name} />
      <SavedText name="user_email" label={t('user_email')} stored={settings.user_email ?? ''} />
    </Section>
  );
}

interface SavedTextProps {
  readonly name: 'user_name' | 'user_email';
  readonly label: string;
  readonly stored: string;
}

/** Saved on Enter or when it is left; Esc brings the stored text back; a refused text stays to be mended. */
function SavedText({ name, label, stored }: SavedTextProps) {
  const update = useUpdateSettings();
  const failureText = useFailureText();
  const [typed, setTyped] = useState<string | null>(null);
  const failure =
    update.error && (describeFailure(update.error).message || failureText(update.error));

  function save(): void {
    if (typed === null || typed.trim() === stored) return setTyped(null);
    const value = typed.trim();
    update.mutate(
      name === 'user_name' ? { user_name: value } : { user_email: value === '' ? null : value },
      { onSuccess: () => setTyped(null) },
    );
  }

  return (
    <TextInput
      label={label}
      value={typed ?? stored}
      error={failure}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save();
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        update.reset();
        setTyped(null);
      }}
    />
  );
}
