import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { View } from '../../../shared/contract/views.ts';
import type { ObjectName } from '../../../shared/model/objects.ts';
import { api } from '../../api/query.ts';
import { recordRoutes } from '../records/record-api.ts';
import { useViewDrafts } from './view-drafts.ts';
import { type ViewState, viewState } from './view-state.ts';

const noDraft: Partial<ViewState> = {};

/** In the address of a kind whose screen begins with something else: the view with every record. */
export const allView = 'all';

/** How the view that needs no saving looks is simply remembered; what it leaves out is a change. */
const kept: ReadonlySet<string> = new Set(['layout', 'columns']);

export interface ShownView {
  readonly object: ObjectName;
  /** The saved view, undefined for the one that each kind has. */
  readonly saved: View | undefined;
  /** All saved views of the kind. */
  readonly all: readonly View[];
  readonly state: ViewState;
  /** Something was changed and not saved. */
  readonly isChanged: boolean;
  readonly change: (patch: Partial<ViewState>) => void;
  readonly discard: () => void;
  readonly show: (id: string | null) => void;
}

/** The view the address names, with what was changed of it. */
export function useView(object: ObjectName): ShownView {
  const navigate = useNavigate();
  const { view: id } = useSearch({ strict: false });
  const all = useQuery(api.views.list.queryOptions({ input: {} })).data?.items ?? [];
  const own = all.filter((view) => view.object === object);
  const saved = own.find((view) => view.id === id);
  const key = saved?.id ?? object;
  const draft = useViewDrafts((store) => store.drafts[key]) ?? noDraft;
  const change = useViewDrafts((store) => store.change);
  const discard = useViewDrafts((store) => store.discard);
  return {
    object,
    saved,
    all: own,
    state: viewState(object, saved, draft),
    isChanged: Object.keys(draft).some((part) => saved !== undefined || !kept.has(part)),
    change: (patch) => change(key, patch),
    discard: () => discard(key),
    show: (next) =>
      void navigate({
        to: recordRoutes[object],
        params: { recordId: undefined },
        search: next === null ? (object === 'task' ? { view: allView } : {}) : { view: next },
      }),
  };
}
