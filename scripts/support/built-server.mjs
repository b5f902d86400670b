import { pathToFileURL } from 'node:url';
import { inProject } from './project.mjs';

export const serverFile = inProject('out/main/server.js');

/**
 * Runs the built server in this very process, so that signals, exit code and a kill are its own.
 * Comes back when it answers.
 */
export async function runServer() {
  process.argv[1] = serverFile;
  await import(pathToFileURL(serverFile).href);
}
