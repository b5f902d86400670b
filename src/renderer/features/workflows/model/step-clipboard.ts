import { create } from 'zustand';
import { type DraftStep, readSteps, storedStep } from './workflow-draft.ts';

interface ClipboardState {
  /** The text of the step copied last in this window. */
  readonly text: string | null;
  readonly keep: (text: string) => void;
}

/** What was copied here, beside the system's clipboard, which a menu may not read without asking. */
export const useStepClipboard = create<ClipboardState>()((set) => ({
  text: null,
  keep: (text) => set({ text }),
}));

/** A step as it lies on the clipboard: the JSON it is stored as, so that it can be kept and sent as text, too. */
export function clipboardTextOf(step: DraftStep): string {
  return JSON.stringify({ trellis_step: storedStep(step) }, null, 2);
}

/** @returns null for a text that is no step */
export function stepOfClipboard(text: string): DraftStep | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('trellis_step' in value)) return null;
    const { trellis_step: step } = value;
    if (typeof step !== 'object' || step === null || Array.isArray(step)) return null;
    return readSteps([step])[0] ?? null;
  } catch {
    return null;
  }
}
