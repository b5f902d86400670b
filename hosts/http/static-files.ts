import { contentSecurityPolicy } from '../content-security-policy.ts';
import { readRendererFile } from '../renderer-files.ts';
import { HttpError } from './http-error.ts';

export interface StaticFile {
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * A file of the built renderer. Names under `assets/` carry a hash of their content and may be kept for good.
 *
 * @throws HttpError 404 when there is none, or the path leads out of the folder
 */
export async function readStaticFile(root: string, path: string): Promise<StaticFile> {
  const file = await readRendererFile(root, path);
  if (file === null) throw new HttpError(404, 'not_found', `There is nothing at ${path}.`);
  return {
    body: file.bytes,
    headers: {
      'content-type': file.contentType,
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': file.isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    },
  };
}
