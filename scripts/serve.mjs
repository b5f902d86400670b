// Runs the built server and nothing else: it never builds, installs or downloads.
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { needRunnableNode } from './support/node-version.mjs';
import { inProject } from './support/project.mjs';

await needRunnableNode(import.meta.url);

const server = inProject('out/main/server.js');
if (!existsSync(server)) {
  console.error('Trellis is not built yet: run "npm run build" first.');
  process.exit(1);
}
// In this very process, so that signals, exit code and a kill are the server's own.
process.argv[1] = server;
await import(pathToFileURL(server).href);
