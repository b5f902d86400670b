import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { api } from '../../api/query.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import classes from './editor/editor.module.css';
import { WorkflowEditor } from './editor/workflow-editor.tsx';

const route = getRouteApi('/workflows/$workflowId');

/** One workflow: built, or with what it did. `new` is one that is not saved yet. */
export function WorkflowScreen() {
  const { workflowId } = route.useParams();
  const { tab = 'build' } = route.useSearch();
  return workflowId === 'new' ? (
    <WorkflowEditor key="new" workflow={null} tab={tab} version={undefined} toFix={false} />
  ) : (
    <StoredWorkflow key={workflowId} id={workflowId} />
  );
}

function StoredWorkflow({ id }: { readonly id: string }) {
  const { tab = 'build', version, fix = false } = route.useSearch();
  const workflow = useQuery(api.workflows.get.queryOptions({ input: { id } }));
  if (workflow.isPending) return <WorkflowSkeleton />;
  // A workflow that is on the screen stays there while the server is away.
  if (!workflow.data)
    return <ErrorState error={workflow.error} onRetry={() => void workflow.refetch()} />;
  return <WorkflowEditor workflow={workflow.data} tab={tab} version={version} toFix={fix} />;
}

function WorkflowSkeleton() {
  return (
    <>
      <div className={classes.header}>
        <Skeleton width={220} height={20} ml={36} />
      </div>
      <div className={classes.frame}>
        <div className={classes.canvas}>
          <div className={classes.steps}>
            <Skeleton height={56} radius={8} />
            <div className={classes.between} />
            <Skeleton height={56} radius={8} />
            <div className={classes.between} />
            <Skeleton height={56} radius={8} />
          </div>
        </div>
        <div className={classes.inspector}>
          <Skeleton width={120} height={18} mb={24} />
          <Skeleton height={34} mb={24} />
          <Skeleton height={34} mb={24} />
          <Skeleton height={34} />
        </div>
      </div>
    </>
  );
}
