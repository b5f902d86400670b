/** What the screen of one workflow shows; the first is what it opens with. */
export const workflowTabs = ['build', 'rehearse', 'runs', 'versions', 'settings'] as const;

export type WorkflowTab = (typeof workflowTabs)[number];
