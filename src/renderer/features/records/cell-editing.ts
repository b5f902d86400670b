import { createContext, use } from 'react';
import type { ObjectName } from '../../../shared/model/objects.ts';

export interface CellPlace {
  readonly id: string;
  readonly field: string;
}

interface CellEditingState {
  readonly object: ObjectName;
  readonly editing: CellPlace | null;
  /** Columns of the table whose cells can be edited, in order. */
  readonly editable: readonly string[];
  readonly setEditing: (place: CellPlace | null) => void;
}

/** Which cell of a table is an editor at the moment: the cells are drawn apart from the state that says so. */
export const CellEditing = createContext<CellEditingState | null>(null);

export function useCellEditing(): CellEditingState | null {
  return use(CellEditing);
}
