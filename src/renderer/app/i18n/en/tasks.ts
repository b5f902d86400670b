export const tasks = {
  overdue: 'Overdue',
  today: 'Today',
  upcoming: 'Upcoming',
  someday: 'No date',
  done: 'Done',
  done_recently: 'Latest first',
  all_done_title: 'All done',
  all_done_text: 'Nothing is open. New tasks appear here the moment you or a workflow adds them.',
  list_label: 'Tasks by when they are due',
  show_done: 'Show done',
  hide_done: 'Hide done',
} as const;
