import { ActionIcon, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { CalendarDays, Contact, Ellipsis, FileDown, FileUp, Merge } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../commands/registry.ts';
import { type ShownList, useExports } from './use-exports.ts';

/** What else can be done with a whole list: bring records in, take them out, find those that are there twice. */
export function ListMenu({ list }: { readonly list: ShownList }) {
  const { t } = useTranslation('exports');
  const navigate = useNavigate();
  const exports = useExports();
  const { object } = list;
  const importHere = (): void => void navigate({ to: '/import', search: { object } });

  useCommands([
    {
      id: 'export_csv',
      label: 'commands:export_csv',
      section: 'list',
      keywords: 'export download csv spreadsheet excel',
      perform: () => void exports.csv(list),
    },
  ]);

  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="default"
          size={30}
          aria-label={t('list_menu')}
          loading={exports.isBusy}
          data-testid="list-menu"
        >
          <Ellipsis size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<FileUp size={14} aria-hidden />} onClick={importHere}>
          {t('import')}
        </Menu.Item>
        <Menu.Item
          leftSection={<FileDown size={14} aria-hidden />}
          onClick={() => void exports.csv(list)}
        >
          {t('csv')}
        </Menu.Item>
        {object === 'contact' && (
          <Menu.Item
            leftSection={<Contact size={14} aria-hidden />}
            onClick={() => void exports.vcard(list)}
          >
            {t('vcard')}
          </Menu.Item>
        )}
        {object === 'task' && (
          <Menu.Item
            leftSection={<CalendarDays size={14} aria-hidden />}
            onClick={() => void exports.calendar(list)}
          >
            {t('calendar')}
          </Menu.Item>
        )}
        {(object === 'contact' || object === 'company') && (
          <Menu.Item
            leftSection={<Merge size={14} aria-hidden />}
            onClick={() =>
              void navigate({ to: '/duplicates', search: object === 'company' ? { object } : {} })
            }
          >
            {t('duplicates')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
