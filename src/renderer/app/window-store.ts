import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { ObjectName } from '../../shared/model/objects.ts';

interface WindowState {
  sidebarCollapsed: boolean;
  /** The first start was answered with an empty file: offer no sample data again. */
  startedEmpty: boolean;
  /** Which overlay is open; only one can be. */
  overlay: { kind: 'palette' } | { kind: 'shortcuts' } | CreateOverlay | null;
  toggleSidebar: () => void;
  startEmpty: () => void;
  openPalette: () => void;
  openShortcuts: () => void;
  openCreate: (object: ObjectName, values?: CreateOverlay['values']) => void;
  closeOverlay: () => void;
}

export interface CreateOverlay {
  kind: 'create';
  object: ObjectName;
  /** What the form starts with: a board column's stage, the deal a task belongs to. */
  values: Readonly<Record<string, string>>;
}

/** What this window alone knows. Anything the file knows comes from the query client. */
export const useWindowStore = create<WindowState>()(
  persist(
    (set) => ({
      sidebarCollapsed: false,
      startedEmpty: false,
      overlay: null,
      toggleSidebar: () => set((state) => ({ sidebarCollapsed: !state.sidebarCollapsed })),
      startEmpty: () => set({ startedEmpty: true }),
      openPalette: () => set({ overlay: { kind: 'palette' } }),
      openShortcuts: () => set({ overlay: { kind: 'shortcuts' } }),
      openCreate: (object, values = {}) => set({ overlay: { kind: 'create', object, values } }),
      closeOverlay: () => set({ overlay: null }),
    }),
    {
      name: 'trellis-window',
      partialize: ({ sidebarCollapsed }) => ({ sidebarCollapsed }),
    },
  ),
);
