import { ActionIcon, Menu, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Tag } from '../../../shared/contract/tags.ts';
import { tagColors } from '../../../shared/model/tags.ts';
import { api, queryClient } from '../../api/query.ts';
import { useFailureText } from '../../ui/use-failure-text.ts';
import tagClasses from '../records/tag-name.module.css';
import classes from './custom-fields.module.css';

/** As many as a menu can hold; others are reached by their own name. */
const mergeTargets = 12;

/** One tag: colour, name, how many records have it, and what else can be done with it. */
export function TagRow({ tag, others }: { readonly tag: Tag; readonly others: readonly Tag[] }) {
  const { t } = useTranslation(['settings', 'common']);
  const failureText = useFailureText();
  const [name, setName] = useState(tag.name);
  const options = {
    onError: (error: unknown) => {
      setName(tag.name);
      notifications.show({
        title: t('settings:tags.failed'),
        message: failureText(error),
        color: 'red',
      });
    },
    onSettled: () => void queryClient.invalidateQueries({ queryKey: api.tags.key() }),
  };
  const done = ({ count }: { count: number }) =>
    notifications.show({ message: t('settings:tags.changed', { count }) });
  const update = useMutation(api.tags.update.mutationOptions(options));
  const merge = useMutation(api.tags.merge.mutationOptions({ ...options, onSuccess: done }));
  const remove = useMutation(api.tags.remove.mutationOptions({ ...options, onSuccess: done }));

  return (
    <li className={classes.row}>
      <div className={classes.line}>
        <Menu position="bottom-start">
          <Menu.Target>
            <ActionIcon aria-label={t('settings:tags.color_of', { name: tag.name })}>
              <span className={tagClasses.dot} data-color={tag.color} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {tagColors.map((color) => (
              <Menu.Item
                key={color}
                leftSection={<span className={tagClasses.dot} data-color={color} />}
                onClick={() => update.mutate({ id: tag.id, color })}
              >
                {t(`settings:tags.colors.${color}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <TextInput
          size="xs"
          className={classes.grow ?? ''}
          aria-label={t('settings:tags.name_of', { name: tag.name })}
          value={name}
          maxLength={60}
          onChange={(event) => setName(event.currentTarget.value)}
          onBlur={() => {
            const next = name.trim();
            if (next === '') setName(tag.name);
            else if (next !== tag.name) update.mutate({ id: tag.id, name: next });
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur();
          }}
        />
        <span className={classes.type}>
          {t('settings:tags.records', { count: tag.record_count })}
        </span>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon
              aria-label={t('settings:tags.more', { name: tag.name })}
              loading={merge.isPending || remove.isPending}
            >
              <Ellipsis size={14} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {others.slice(0, mergeTargets).map((other) => (
              <Menu.Item
                key={other.id}
                onClick={() => merge.mutate({ id: tag.id, into: other.id })}
              >
                {t('settings:tags.merge_into', { name: other.name })}
              </Menu.Item>
            ))}
            <Menu.Item color="red" onClick={() => remove.mutate({ id: tag.id })}>
              {t('common:delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
    </li>
  );
}
