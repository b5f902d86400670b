import type { Server } from 'node:http';
import type { RestState } from '../src/shared/contract/access.ts';
import { UserError } from '../src/main/errors.ts';
import type { RestSwitch } from '../src/main/ports.ts';

/** This program is the REST API and nothing else, so there is nothing to switch. */
export function alwaysOn(server: () => Server): RestSwitch {
  const state = (): RestState => {
    const address = server().address();
    // Listening on a TCP port, so the address is an object; before that there is none.
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return {
      enabled: true,
      can_switch: false,
      port,
      url: port === 0 ? null : `http://127.0.0.1:${port}`,
      error: null,
    };
  };
  return {
    state,
    change: () =>
      Promise.reject(
        new UserError(
          'conflict',
          'This server always answers. Choose its port with --port when you start it.',
          { field: 'enabled' },
        ),
      ),
  };
}
