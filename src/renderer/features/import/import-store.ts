import { create } from 'zustand';
import type { ImportAnalysis, ImportPlan } from '../../../shared/contract/imports.ts';

/** What this window is importing: leaving the screen and coming back finds it again. */
interface ImportDraft {
  readonly id: string | null;
  readonly analysis: ImportAnalysis | null;
  readonly plan: ImportPlan | null;
}

const nothing: ImportDraft = { id: null, analysis: null, plan: null };

export const useImportDraft = create<ImportDraft>()(() => nothing);

export const importDraft = {
  begin: (id: string, analysis: ImportAnalysis) =>
    useImportDraft.setState({ id, analysis, plan: analysis.plan }),
  analysed: (analysis: ImportAnalysis) =>
    useImportDraft.setState({ analysis, plan: analysis.plan }),
  change: (change: Partial<ImportPlan>) =>
    useImportDraft.setState(({ plan }) => ({ plan: plan && { ...plan, ...change } })),
  forget: () => useImportDraft.setState(nothing),
};
