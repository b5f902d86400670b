export const firstStart = {
  title: 'Welcome to Trellis',
  text: 'Your contacts, deals and tasks on this computer, and workflows that do the repeating work. Nothing leaves this machine.',
  name: 'Your name',
  currency: 'Currency',
  week_start: 'Week starts on',
  week_monday: 'Monday',
  week_saturday: 'Saturday',
  week_sunday: 'Sunday',
  sample: 'Load sample data',
  sample_text:
    'A small business to look around in: 40 contacts, 12 companies, 25 deals and 3 workflows that are on.',
  empty: 'Start empty',
  empty_text: 'Begin with your own first contact, company or deal.',
  loading: 'Loading the sample data…',
  loaded:
    'Loaded {{contacts}} contacts, {{deals}} deals and {{workflows}} workflows. Try it: create a deal and see what happens.',
} as const;
