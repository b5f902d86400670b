import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ObjectName, objectNames } from '../../../shared/model/objects.ts';
import { api } from '../../api/query.ts';
import { CustomFieldForm } from './custom-field-form.tsx';
import { CustomFieldRow } from './custom-field-row.tsx';
import classes from './custom-fields.module.css';
import { Section } from './section.tsx';

/** The user's own fields: added, named, put in order and retired, one kind of record at a time. */
export function CustomFieldSettings() {
  const { t } = useTranslation(['settings', 'records']);
  const [object, setObject] = useState<ObjectName>('contact');
  const [isAdding, setIsAdding] = useState(false);
  const { data } = useQuery(api.custom_fields.list.queryOptions());
  const own = data?.filter((field) => field.object === object) ?? [];
  const used = own.filter((field) => !field.is_retired);
  const retired = own.filter((field) => field.is_retired);

  return (
    <Section title={t('settings:fields.title')} text={t('settings:fields.text')}>
      <SegmentedControl
        size="xs"
        value={object}
        onChange={(value) => {
          setObject(value);
          setIsAdding(false);
        }}
        aria-label={t('settings:fields.object')}
        data={objectNames.map((name) => ({ value: name, label: t(`records:${name}.many`) }))}
      />
      {!data && <Skeleton height={36} />}
      {data && used.length === 0 && !isAdding && (
        <p className={classes.none}>{t('settings:fields.none')}</p>
      )}
      {used.length > 0 && (
        <ul className={classes.list} aria-label={t('settings:fields.title')}>
          {used.map((field, index) => (
            <CustomFieldRow
              key={field.id}
              field={field}
              above={used[index - 1] ?? null}
              below={used[index + 1] ?? null}
            />
          ))}
        </ul>
      )}
      {isAdding ? (
        <CustomFieldForm key={object} object={object} onClose={() => setIsAdding(false)} />
      ) : (
        <div>
          <Button
            variant="default"
            leftSection={<Plus size={14} aria-hidden />}
            onClick={() => setIsAdding(true)}
          >
            {t('settings:fields.add')}
          </Button>
        </div>
      )}
      {retired.length > 0 && (
        <div>
          <div className={classes.heading}>{t('settings:fields.retired')}</div>
          <ul className={classes.list} aria-label={t('settings:fields.retired')}>
            {retired.map((field) => (
              <CustomFieldRow key={field.id} field={field} above={null} below={null} />
            ))}
          </ul>
        </div>
      )}
    </Section>
  );
}
