export const recovery = {
  title: 'The file is damaged',
  text: 'A part of your file cannot be read any more. Trellis stopped using it, so nothing gets worse. It can make a sound file of your last good backup and of everything newer that can still be read; the damaged file is kept.',
  file: 'File',
  reason: 'What was found',
  start_from: 'Start from',
  no_backup: 'No backup: only what can be read of the damaged file',
  backup: '{{when}} · {{reason}}',
  passphrase: 'Passphrase of this backup',
  repair: 'Repair',
  repairing: 'Reading what can be read',
  done_title: 'The file is repaired',
  done_text:
    'Look through it. Automation is paused until you let it go on, for what it would catch up on may already be done.',
  read: 'Rows read from the damaged file',
  unreadable: 'Places that could not be read',
  orphans: 'Rows left out because what they belong to is lost',
  kept: 'The damaged file is kept as',
  open: 'Open Trellis',
  banner:
    'A part of your file cannot be read. Restore a backup, or start Trellis again to have it repaired.',
  banner_action: 'Data safety',
} as const;
