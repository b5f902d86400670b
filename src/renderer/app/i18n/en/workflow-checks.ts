/** What is checked while a workflow is built. Part of the texts of workflows. */
export const workflowChecks = {
  title: 'Checks of this workflow',
  to_fix_one: '{{count}} thing to fix',
  to_fix_other: '{{count}} things to fix',
  to_look_at_one: '{{count}} thing to look at',
  to_look_at_other: '{{count}} things to look at',
  ready: 'Ready',
  ready_text: 'Nothing stands between this workflow and running.',
  steps: 'Steps',
  step: 'Step {{number}}, {{label}}',
  matching_one: '{{matching}} of {{count}} of your {{many}} matches now.',
  matching_other: '{{matching}} of your {{count}} {{many}} match now.',
} as const;
