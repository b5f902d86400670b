import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ObjectName } from '../../../shared/model/objects.ts';
import type { ConditionNode } from '../../../shared/workflow/conditions/condition-tree.ts';
import { useShownPipeline } from '../deals/use-pipelines.ts';
import { recordRoutes } from '../records/record-api.ts';
import { allView } from '../views/use-view.ts';
import { useViewDrafts } from '../views/view-drafts.ts';
import type { ViewState } from '../views/view-state.ts';

export interface FilteredView {
  readonly object: ObjectName;
  /** All of them must be true. */
  readonly rules: readonly ConditionNode[];
  readonly sort?: ViewState['sort'];
  /** Slug of the pipeline whose deals are meant; left out: those of all. */
  readonly pipeline?: string;
}

/** Makes a kind's own view ask for certain records, for whoever then goes there. */
export function useFilteredView(): (view: FilteredView) => void {
  const change = useViewDrafts((store) => store.change);
  const { choose } = useShownPipeline();
  return ({ object, rules, sort = null, pipeline }) => {
    change(object, { conditions: { combinator: 'and', rules }, sort, group_by: null });
    if (object === 'deal') choose(pipeline ?? null);
  };
}

/** Leads to the records a number counts or a heading names. */
export function FilteredLink({
  view,
  className,
  label,
  children,
}: {
  readonly view: FilteredView;
  readonly className?: string;
  readonly label?: string;
  readonly children: ReactNode;
}) {
  const filter = useFilteredView();
  return (
    <Link
      to={recordRoutes[view.object]}
      params={{ recordId: undefined }}
      search={view.object === 'task' ? { view: allView } : {}}
      className={className}
      aria-label={label}
      onClick={() => filter(view)}
    >
      {children}
    </Link>
  );
}
