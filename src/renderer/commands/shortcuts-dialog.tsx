import { FocusTrap, Kbd, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { namespaces } from '../app/i18n/en/index.ts';
import { useWindowStore } from '../app/window-store.ts';
import type { CommandSection } from './command.ts';
import { shortcutPresses } from './format-shortcut.ts';
import { allCommands } from './registry.ts';
import classes from './shortcuts-dialog.module.css';

const sections: readonly CommandSection[] = ['go', 'create', 'list', 'record', 'view', 'workflow'];

export function ShortcutsDialog() {
  const { t } = useTranslation(namespaces);
  const close = useWindowStore((state) => state.closeOverlay);
  const commands = allCommands().filter((command) => command.shortcut);

  return (
    <Modal opened onClose={close} title={t('commands:shortcuts_title')} size={640}>
      <FocusTrap.InitialFocus />
      <div className={classes.columns}>
        {sections.map((section) => {
          const own = commands.filter((command) => command.section === section);
          if (own.length === 0) return null;
          return (
            <section key={section} className={classes.section}>
              <h3 className={classes.heading}>{t(`commands:section.${section}`)}</h3>
              {own.map((command) => (
                <div key={command.id} className={classes.row}>
                  <span>{t(command.label)}</span>
                  <span className={classes.keys}>
                    {shortcutPresses(command.shortcut ?? '').map((press, index) => (
                      // oxlint-disable-next-line react/no-array-index-key -- `g g` has the same key twice
                      <Kbd key={`${press}${index}`}>{press}</Kbd>
                    ))}
                  </span>
                </div>
              ))}
            </section>
          );
        })}
      </div>
    </Modal>
  );
}
