export const common = {
  retry: 'Try again',
  cancel: 'Cancel',
  close: 'Close',
  save: 'Save',
  delete: 'Delete',
  edit: 'Edit',
  loading: 'Loading',
  none: 'None',
  search: 'Search',
  more: 'More',
  failed_title: 'This could not be loaded',
  failed_hint: 'Nothing is lost. Try again, and if it keeps happening, restart Trellis.',
  our_bug_hint:
    'This is a fault of Trellis, not yours, and nothing is lost. If trying again does not help, the log has the details.',
  connection_failed:
    'Trellis cannot be reached. What you typed is still here: try again in a moment.',
  unknown_failed: 'That did not work. What you typed is still here: try again in a moment.',
  our_bug_failed:
    'That is a fault of Trellis, not yours. Nothing was changed, and what you typed is still here; the log has the details.',
  error_kinds: {
    fix_input: 'For you to fix:',
    try_again: 'May work later:',
    our_bug: 'A fault of Trellis:',
  },
  not_found_title: 'Nothing here',
  not_found_hint: 'It may have been deleted, or the address is wrong.',
  go_home: 'Go to Home',
  relative: {
    today: 'Today',
    tomorrow: 'Tomorrow',
    yesterday: 'Yesterday',
    now: 'just now',
  },
} as const;
