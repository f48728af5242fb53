import { need } from './dom.ts';

/** What the API said about a request that it refused. */
export class ApiProblem extends Error {
  constructor(readonly status: number, readonly code: string, detail: string) {
    super(detail);
  }
}

/** JSON in, JSON out. What asks for a fresh proof gets one, and is then asked again. */
export async function call<T = unknown>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
  return (await send<T>(method, path, body, headers)).value;
}

export async function send<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<{ value: T; etag: string | null }> {
  const response = await fetch(path, {
    method,
    headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  if (response.ok) {
    const text = await response.text();
    return { value: (text ? JSON.parse(text) : undefined) as T, etag: response.headers.get('etag') };
  }

  const problem = await problemOf(response);
  if (problem.code === 'confirmation_required' && (await confirmIdentity())) return send(method, path, body, headers);
  throw problem;
}

/** Every page of a list. */
export async function all<T>(path: string): Promise<T[]> {
  const rows: T[] = [];
  let cursor = '';
  do {
    const page = await call<{ data: T[]; next_cursor: string | null }>('GET', `${path}?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    rows.push(...page.data);
    cursor = page.next_cursor ?? '';
  } while (cursor);
  return rows;
}

/** Runs what a person asked for; what goes wrong is said in the page's own words. */
export async function attempt(root: ParentNode, action: () => Promise<void>): Promise<void> {
  const place = root.querySelector<HTMLElement>('[data-problem]') ?? need<HTMLElement>(document, '[data-problem]');
  place.hidden = true;
  try {
    await action();
  } catch (error) {
    need(place, 'span').textContent = error instanceof ApiProblem ? error.message : 'The platform cannot be reached. Try again in a moment.';
    place.hidden = false;
    place.scrollIntoView({ block: 'nearest' });
  }
}

async function problemOf(response: Response): Promise<ApiProblem> {
  try {
    const body = (await response.json()) as { code?: string; detail?: string };
    return new ApiProblem(response.status, body.code ?? '', body.detail ?? response.statusText);
  } catch {
    return new ApiProblem(response.status, '', 'The platform did not answer as it should. Try again in a moment.');
  }
}

/** Asks for the password, or for a code where there is a second factor. False where the person would rather not. */
async function confirmIdentity(): Promise<boolean> {
  const dialog = need<HTMLDialogElement>(document, '#confirm');
  const proof = need<HTMLInputElement>(dialog, 'input');
  const problem = need<HTMLElement>(dialog, '[data-confirm-problem]');
  const { value: account } = await send<{ second_factor: { enabled: boolean } }>('GET', '/api/v1/account');
  const byCode = account.second_factor.enabled;
  need(dialog, '[data-confirm-label]').textContent = byCode ? 'Code of your authenticator app, or a recovery code' : 'Password';
  proof.type = byCode ? 'text' : 'password';
  proof.autocomplete = byCode ? 'one-time-code' : 'current-password';
  problem.hidden = true;
  for (;;) {
    proof.value = '';
    dialog.returnValue = '';
    dialog.showModal();
    await new Promise((closed) => dialog.addEventListener('close', closed, { once: true }));
    if (dialog.returnValue !== 'ok') return false;
    try {
      await send('POST', '/api/v1/auth/confirm', byCode ? { code: proof.value } : { password: proof.value });
      return true;
    } catch (error) {
      need(problem, 'span').textContent = error instanceof Error ? error.message : '';
      problem.hidden = false;
    }
  }
}
