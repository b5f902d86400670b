import { ActionIcon, Button, Skeleton, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { WorkflowTemplate } from '../../../../shared/contract/library.ts';
import { api } from '../../../api/query.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ImportButton } from './import-button.tsx';
import { TemplateDetails } from './template-details.tsx';
import classes from './templates.module.css';

const route = getRouteApi('/workflow-templates');

const categories = [
  'own',
  'sales',
  'customers',
  'tasks',
  'reports',
] as const satisfies readonly WorkflowTemplate['category'][];

/** Workflows to begin with: the list on the left, the chosen one with its story on the right. */
export function TemplatesScreen() {
  const { t } = useTranslation(['library', 'workflows']);
  const navigate = route.useNavigate();
  const { template: wanted } = route.useSearch();
  const templates = useQuery(api.workflow_templates.list.queryOptions());
  const items = templates.data?.items ?? [];
  const groups = categories.flatMap((category) => {
    const members = items.filter((item) => item.category === category);
    return members.length === 0 ? [] : [{ category, members }];
  });
  const selected = items.find(({ id }) => id === wanted) ?? groups[0]?.members[0];

  return (
    <>
      <PageHeader
        title={t('library:title')}
        actions={
          <>
            <ImportButton />
            <Button
              variant="default"
              renderRoot={(root: object) => (
                <Link to="/workflows/$workflowId" params={{ workflowId: 'new' }} {...root} />
              )}
            >
              {t('workflows:new')}
            </Button>
          </>
        }
      >
        <Tooltip label={t('library:back')}>
          <ActionIcon
            aria-label={t('library:back')}
            renderRoot={(root: object) => <Link to="/workflows" {...root} />}
          >
            <ArrowLeft size={16} />
          </ActionIcon>
        </Tooltip>
      </PageHeader>
      {templates.isPending && <GallerySkeleton />}
      {!templates.data && templates.error && (
        <ErrorState error={templates.error} onRetry={() => void templates.refetch()} />
      )}
      {selected && (
        <div className={classes.frame}>
          <nav className={classes.list} aria-label={t('library:list')}>
            {groups.map(({ category, members }) => (
              <div key={category}>
                <div className={classes.category}>{t(`library:categories.${category}`)}</div>
                {members.map(({ id, name, summary }) => (
                  <button
                    key={id}
                    type="button"
                    className={classes.item}
                    data-selected={id === selected.id || undefined}
                    aria-current={id === selected.id}
                    onClick={() => void navigate({ search: { template: id }, replace: true })}
                  >
                    <span className={classes.itemName}>{name}</span>
                    <span className={classes.itemSummary}>{summary}</span>
                  </button>
                ))}
              </div>
            ))}
          </nav>
          <TemplateDetails key={selected.id} template={selected} />
        </div>
      )}
    </>
  );
}

function GallerySkeleton() {
  return (
    <div className={classes.frame} aria-busy="true">
      <div className={classes.list}>
        {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
          <Skeleton key={key} height={44} mt={12} />
        ))}
      </div>
      <div className={classes.details}>
        <div className={classes.text}>
          <Skeleton height={24} width={220} />
          <Skeleton height={80} mt={16} />
        </div>
      </div>
    </div>
  );
}
