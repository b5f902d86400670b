import { ActionIcon, Menu, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactLink } from '../../../shared/contract/contact-links.ts';
import { Monogram } from '../../ui/monogram.tsx';
import classes from './links.module.css';
import type { LinkedObject } from './link-section.tsx';
import { recordRoutes } from './record-api.ts';
import { useLinkWrites } from './use-link-writes.ts';

interface LinkLineProps {
  /** The kind of record whose panel this is in. */
  readonly from: LinkedObject;
  readonly link: ContactLink;
}

/** The other end of a link: opened by a click, its role and rank in the menu. */
export function LinkLine({ from, link }: LinkLineProps) {
  const { t } = useTranslation('records');
  const [isEditing, setIsEditing] = useState(false);
  const writes = useLinkWrites();
  const { id, role } = link;
  const isContact = from !== 'contact';
  const object = isContact ? 'contact' : link.deal_id === null ? 'company' : 'deal';
  const name = isContact ? link.contact_name : link.linked_name;
  const otherId = isContact ? link.contact_id : (link.company_id ?? link.deal_id ?? '');

  function saveRole(typed: string): void {
    setIsEditing(false);
    const next = typed.trim() || null;
    if (next === role) return;
    if (id !== null) writes.update.mutate({ id, role: next });
    else {
      const { contact_id, company_id, deal_id } = link;
      const end = company_id === null ? { deal_id: deal_id ?? '' } : { company_id };
      writes.create.mutate({ contact_id, ...end, role: next });
    }
  }

  return (
    <div className={classes.line}>
      <Link to={recordRoutes[object]} params={{ recordId: otherId }} className={classes.name}>
        {object !== 'deal' && (
          <Monogram name={name} {...(object === 'company' ? { shape: 'square' as const } : {})} />
        )}
        <span className="truncate">{name}</span>
      </Link>
      {isEditing ? (
        <TextInput
          size="xs"
          className={classes.role ?? ''}
          aria-label={t('links.role_of', { name })}
          defaultValue={role ?? ''}
          maxLength={100}
          autoFocus
          onBlur={(event) => saveRole(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur();
            if (event.key === 'Escape') {
              event.stopPropagation();
              setIsEditing(false);
            }
          }}
        />
      ) : (
        <span className={`truncate ${classes.dim}`}>
          {[link.is_primary ? t('links.primary') : null, role].filter(Boolean).join(' · ')}
        </span>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size="sm" aria-label={t('links.menu', { name })}>
            <Ellipsis size={14} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setIsEditing(true)}>{t('links.change_role')}</Menu.Item>
          {!link.is_primary && id !== null && (
            <Menu.Item onClick={() => writes.update.mutate({ id, is_primary: true })}>
              {t('links.make_primary')}
            </Menu.Item>
          )}
          {!link.is_primary && id !== null && (
            <Menu.Item color="red" onClick={() => writes.remove.mutate({ id })}>
              {t('links.remove')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
