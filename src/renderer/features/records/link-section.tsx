import { ActionIcon, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactLink } from '../../../shared/contract/contact-links.ts';
import { api } from '../../api/query.ts';
import { PanelSection } from '../../ui/record-panel.tsx';
import { AddLink } from './add-link.tsx';
import { LinkLine } from './link-line.tsx';
import classes from './related-sections.module.css';

/** The kinds of record that links lead from and to. */
export type LinkedObject = 'contact' | 'company' | 'deal';

interface LinkSectionProps {
  readonly object: LinkedObject;
  readonly id: string;
}

/** What other sections of the panel list already is not listed here again. */
function isShown(object: LinkedObject, link: ContactLink): boolean {
  if (object === 'company') return !link.is_primary;
  return object === 'deal' || link.company_id !== null || !link.is_primary;
}

/** Who takes part in a deal, and which further companies a contact belongs to, with their roles. */
export function LinkSection({ object, id }: LinkSectionProps) {
  const { t } = useTranslation('records');
  const [isAdding, setIsAdding] = useState(false);
  const { data } = useQuery(
    api.contact_links.list.queryOptions({ input: { [`${object}_id`]: id } }),
  );
  const links = data?.items.filter((link) => isShown(object, link)) ?? [];
  return (
    <PanelSection
      title={t(`links.title.${object}`)}
      count={links.length}
      action={
        <Tooltip label={t(`links.add.${object}`)}>
          <ActionIcon
            size="sm"
            onClick={() => setIsAdding(true)}
            aria-label={t(`links.add.${object}`)}
          >
            <Plus size={14} aria-hidden />
          </ActionIcon>
        </Tooltip>
      }
    >
      {data && links.length === 0 && !isAdding && (
        <p className={classes.none}>{t(`links.none.${object}`)}</p>
      )}
      {links.map((link) => (
        <LinkLine
          key={`${link.contact_id} ${link.company_id} ${link.deal_id}`}
          from={object}
          link={link}
        />
      ))}
      {isAdding && <AddLink from={object} id={id} onClose={() => setIsAdding(false)} />}
    </PanelSection>
  );
}
