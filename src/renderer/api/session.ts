import { create } from 'zustand';

const storageKey = 'trellis-token';

interface SessionState {
  /** `needed`: no call can be made until the user pastes a token. */
  state: 'ready' | 'needed';
  /** The last token was refused. */
  refused: boolean;
}

/** In the desktop app the page talks over its own port and needs no token. */
export const isDesktop = location.protocol === 'app:';

export const useSession = create<SessionState>()(() => ({
  state: isDesktop || sessionStorage.getItem(storageKey) ? 'ready' : 'needed',
  refused: false,
}));

export function currentToken(): string | null {
  return sessionStorage.getItem(storageKey);
}

function keepToken(token: string): void {
  sessionStorage.setItem(storageKey, token);
  useSession.setState({ state: 'ready', refused: false });
}

/** The server no longer knows our token: ask for another. */
export function sessionRefused(): void {
  if (isDesktop) return;
  sessionStorage.removeItem(storageKey);
  useSession.setState({ state: 'needed', refused: true });
}

/** Exchanges the one-time code of a link such as `#code=…` for a session token. */
export async function takeCodeFromAddress(): Promise<void> {
  const code = /^#code=([^&]+)$/u.exec(location.hash)?.[1];
  if (!code || isDesktop) return;
  // Before anything else: a code must stay neither in the address nor in the history.
  history.replaceState(null, '', `${location.pathname}${location.search}`);
  try {
    const response = await fetch('/auth/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: decodeURIComponent(code) }),
    });
    if (!response.ok) return;
    const answer: unknown = await response.json();
    if (answer && typeof answer === 'object' && 'token' in answer) keepToken(String(answer.token));
  } catch {
    // An unreachable server shows the token page, which says what to do.
  }
}

/** @returns whether the server took the token */
export async function signInWithToken(text: string): Promise<boolean> {
  const token = text.trim();
  const response = await fetch('/api/contacts?limit=1', {
    headers: { authorization: `Bearer ${token}` },
  });
  if (!response.ok) return false;
  keepToken(token);
  return true;
}
