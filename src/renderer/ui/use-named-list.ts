import { useReducer } from 'react';

/**
 * For a select that opens by the focus it is given: Mantine's input names its list of options (`aria-controls`,
 * `aria-expanded`) only when it is drawn after the list, so it is drawn once more when the list is there. Without it a
 * screen reader hears of no list.
 */
export function useNamedList(): { readonly onDropdownOpen: () => void } {
  const [, draw] = useReducer((count: number) => count + 1, 0);
  // The list comes with the frame after the one that opens it.
  return { onDropdownOpen: () => requestAnimationFrame(() => requestAnimationFrame(draw)) };
}
