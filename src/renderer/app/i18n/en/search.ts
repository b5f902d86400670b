export const search = {
  title: 'Search',
  placeholder: 'Names, emails, words of a note or task',
  everything: 'Everything',
  kind: 'Search in',
  empty_title: 'Find anything in the file',
  empty_text: 'Contacts, companies, deals and tasks, by any of their words in any order.',
  empty_example: 'For example “berg anna”, or “bergg” if you are not sure how it is spelt.',
  nothing: 'Nothing matches “{{query}}”',
  nothing_hint: 'Try fewer letters, or another word of it.',
  similar: 'Spelt almost so',
  see_all: 'See all results for “{{query}}”',
  searching: 'Searching',
} as const;
