export const tasks = {
  overdue: 'Overdue',
  today: 'Today',
  upcoming: 'Upcoming',
  someday: 'No date',
  done: 'Done',
  all_done_text: 'Nothing is open. New tasks appear here the moment you or a workflow adds them.',
} as const;
