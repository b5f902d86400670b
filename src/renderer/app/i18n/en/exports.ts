export const exports = {
  list_menu: 'Import and export',
  import: 'Import…',
  csv: 'Export as CSV',
  vcard: 'Export as vCard',
  calendar: 'Export as calendar (ICS)',
  working: 'Writing {{name}}',
  done: '{{name}} is written.',
  failed: 'The export did not work',
  section: 'Import and export',
  section_text:
    'Bring records in from other programs, and take everything along. Each list exports what it shows from its own menu.',
  import_label: 'Records from CSV or vCard',
  json_label: 'All records, notes and workflows as JSON',
  json: 'Export as JSON',
  copy_label: 'The whole file, history included',
  copy: 'Write a copy…',
  open_import: 'Import…',
} as const;
