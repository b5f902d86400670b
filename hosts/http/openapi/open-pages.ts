import { contentSecurityPolicy } from '../../content-security-policy.ts';
import { describeApi } from './describe-api.ts';
import { docsPage } from './docs-page.ts';

const documentPath = '/api/openapi.json';
const docsPath = '/api/docs';

export function isOpenPath(path: string): boolean {
  return path === documentPath || path === docsPath;
}

interface OpenPage {
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The description of the API, for programs and for people. Made once, when it is first asked for. */
export class OpenPages {
  private readonly version: string;
  private document: ReturnType<typeof describeApi> | undefined;

  constructor(version: string) {
    this.version = version;
  }

  async read(path: string): Promise<OpenPage> {
    this.document ??= describeApi(this.version);
    const document = await this.document;
    const shared = { 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' };
    if (path === documentPath) {
      return {
        text: JSON.stringify(document, null, 2),
        headers: { ...shared, 'content-type': 'application/json; charset=utf-8' },
      };
    }
    return {
      text: docsPage(document),
      headers: {
        ...shared,
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': contentSecurityPolicy,
        'referrer-policy': 'no-referrer',
      },
    };
  }
}
