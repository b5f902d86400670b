import { systemClock } from '../../../hosts/system-clock.ts';
import { uuidIds } from '../../../hosts/uuid-ids.ts';
import { rehearseCopy } from '../../../src/main/workflow/rehearse/rehearse-copy.ts';
import { copyPath } from '../../../src/main/workflow/rehearse/snapshot-copy.ts';

/**
 * Rehearses over all that happened in the file of a folder, and ends itself by SIGKILL in the midst of it:
 *
 *   node scenario.ts FOLDER
 */
const [dataDir = ''] = process.argv.slice(2);

const task = { type: 'create_task', config: { title: 'Call {{deal.title}}' } };
const order = {
  dataDir,
  path: copyPath(dataDir, 'killed'),
  input: {
    draft: { trigger_type: 'deal_created', actions: [task] },
    on: { kind: 'past', from: '2026-01-01T00:00:00Z' },
  },
  now: Date.parse('2026-06-01T00:00:00Z'),
} as const;

const input = { ...order.input, draft: { ...order.input.draft, actions: [task] } };
for (const message of rehearseCopy({ ...order, input }, systemClock, uuidIds)) {
  if (message?.kind === 'found' && message.runs.length > 0) process.kill(process.pid, 'SIGKILL');
}
