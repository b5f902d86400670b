import { Button, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Check, ChevronDown, Settings } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../commands/registry.ts';
import classes from './pipeline-switch.module.css';
import { useShownPipeline } from './use-pipelines.ts';

/** Which pipeline the board and the lists show. Nothing to switch while there is one. */
export function PipelineSwitch({ needsOne }: { readonly needsOne: boolean }) {
  const { t } = useTranslation('deals');
  const navigate = useNavigate();
  const { shown, pipelines, choose } = useShownPipeline(needsOne);

  useCommands(
    pipelines.length > 1
      ? [
          {
            id: 'next_pipeline',
            label: 'commands:next_pipeline',
            section: 'view',
            shortcut: 'p',
            perform: () => {
              const place = pipelines.findIndex((one) => one.slug === shown?.slug);
              choose(pipelines[(place + 1) % pipelines.length]?.slug ?? null);
            },
          },
        ]
      : [],
  );

  if (pipelines.length < 2) return null;
  const name = shown?.name ?? t('all_pipelines');
  const tick = (isShown: boolean) => (
    <Check size={14} aria-hidden className={isShown ? undefined : classes.unticked} />
  );
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          variant="default"
          className={classes.switch ?? ''}
          rightSection={<ChevronDown size={14} aria-hidden />}
          aria-label={t('pipeline_shown', { name })}
        >
          <span className="truncate">{name}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {pipelines.map((pipeline) => (
          <Menu.Item
            key={pipeline.id}
            leftSection={tick(pipeline.slug === shown?.slug)}
            onClick={() => choose(pipeline.slug)}
          >
            {pipeline.name}
          </Menu.Item>
        ))}
        {!needsOne && (
          <Menu.Item leftSection={tick(shown === null)} onClick={() => choose(null)}>
            {t('all_pipelines')}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item
          leftSection={<Settings size={14} aria-hidden />}
          onClick={() => void navigate({ to: '/settings', hash: 'pipelines' })}
        >
          {t('edit_pipelines')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
