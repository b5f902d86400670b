import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { ObjectName } from '../../shared/model/objects.ts';

interface WindowState {
  sidebarCollapsed: boolean;
  /** The first start was answered with an empty file: offer no sample data again. */
  startedEmpty: boolean;
  /** When one last looked at Home, ISO text; null: never. */
  homeSeenAt: string | null;
  /** Which overlay is open; only one can be. */
  overlay: PaletteOverlay | { kind: 'shortcuts' } | CreateOverlay | null;
  toggleSidebar: () => void;
  seeHome: () => void;
  startEmpty: () => void;
  openPalette: () => void;
  typeIntoPalette: (query: string) => void;
  openShortcuts: () => void;
  openCreate: (object: ObjectName, values?: CreateOverlay['values']) => void;
  closeOverlay: () => void;
}

export interface PaletteOverlay {
  kind: 'palette';
  /** Kept here, since one types before the palette is there. */
  query: string;
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
      homeSeenAt: null,
      overlay: null,
      toggleSidebar: () => set((state) => ({ sidebarCollapsed: !state.sidebarCollapsed })),
      seeHome: () => set({ homeSeenAt: new Date().toISOString() }),
      startEmpty: () => set({ startedEmpty: true }),
      openPalette: () => set({ overlay: { kind: 'palette', query: '' } }),
      typeIntoPalette: (query) => set({ overlay: { kind: 'palette', query } }),
      openShortcuts: () => set({ overlay: { kind: 'shortcuts' } }),
      openCreate: (object, values = {}) => set({ overlay: { kind: 'create', object, values } }),
      closeOverlay: () => set({ overlay: null }),
    }),
    {
      name: 'trellis-window',
      partialize: ({ sidebarCollapsed, homeSeenAt }) => ({ sidebarCollapsed, homeSeenAt }),
    },
  ),
);
