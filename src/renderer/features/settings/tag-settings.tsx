import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/query.ts';
import classes from './custom-fields.module.css';
import { Section } from './section.tsx';
import { TagRow } from './tag-row.tsx';

/** All tags: their names and colours, one into another, and away with them. */
export function TagSettings() {
  const { t } = useTranslation('settings');
  const { data } = useQuery(api.tags.list.queryOptions());
  return (
    <Section title={t('tags.title')} text={t('tags.text')}>
      {!data && <Skeleton height={36} />}
      {data?.length === 0 && <p className={classes.none}>{t('tags.none')}</p>}
      {data && data.length > 0 && (
        <ul className={classes.list} aria-label={t('tags.title')}>
          {data.map((tag) => (
            <TagRow
              key={`${tag.id} ${tag.name}`}
              tag={tag}
              others={data.filter((other) => other.id !== tag.id)}
            />
          ))}
        </ul>
      )}
    </Section>
  );
}
