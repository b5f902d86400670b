import { Button, TextInput } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './links.module.css';
import type { LinkedObject } from './link-section.tsx';
import { LinkSelect } from './link-select.tsx';
import { useLinkWrites } from './use-link-writes.ts';

interface AddLinkProps {
  readonly from: LinkedObject;
  readonly id: string;
  readonly onClose: () => void;
}

/** Picks the other record of a new link, and says what part it plays. */
export function AddLink({ from, id, onClose }: AddLinkProps) {
  const { t } = useTranslation(['records', 'common']);
  const [other, setOther] = useState<string | null>(null);
  const [role, setRole] = useState('');
  const { create } = useLinkWrites();

  function save(): void {
    if (other === null) return;
    const ends =
      from === 'contact'
        ? { contact_id: id, company_id: other }
        : { contact_id: other, [`${from}_id`]: id };
    create.mutate({ ...ends, role: role.trim() || null }, { onSuccess: onClose });
  }

  function closeOnEscape(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose();
  }

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <LinkSelect
        target={from === 'contact' ? 'company' : 'contact'}
        label={t(`records:links.pick.${from}`)}
        value={other}
        onChange={setOther}
        size="xs"
        autoFocus
        onKeyDown={closeOnEscape}
      />
      <TextInput
        size="xs"
        label={t('records:links.role')}
        placeholder={t(`records:links.role_example.${from}`)}
        value={role}
        maxLength={100}
        onChange={(event) => setRole(event.currentTarget.value)}
        onKeyDown={closeOnEscape}
      />
      <div className={classes.buttons}>
        <Button size="xs" variant="subtle" color="gray" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button size="xs" type="submit" disabled={other === null} loading={create.isPending}>
          {t('records:links.save')}
        </Button>
      </div>
    </form>
  );
}
