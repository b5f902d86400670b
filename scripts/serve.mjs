// Runs the built server and nothing else: it never builds, installs or downloads.
import { existsSync } from 'node:fs';
import { runServer, serverFile } from './support/built-server.mjs';
import { needRunnableNode } from './support/node-version.mjs';

await needRunnableNode(import.meta.url);

if (!existsSync(serverFile)) {
  console.error('Trellis is not built yet: run "npm run build" first.');
  process.exit(1);
}
await runServer();
