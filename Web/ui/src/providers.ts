import { attempt, call } from './api.ts';
import { create, need } from './dom.ts';
import { button, rowOf } from './rows.ts';
import { localTime } from './times.ts';

interface Provider {
  name: string;
  display_name: string;
  start_url: string;
}

interface Linked {
  data: { id: string; display_name: string; email: string | null; linked_at: string; last_used_at: string }[];
  has_password: boolean;
  available: Provider[];
}

/** The sign-in page: a button for each provider that this installation trusts. Links, because what is behind them leads to another site. */
export function startProviders(): void {
  const place = document.querySelector<HTMLElement>('[data-providers]');
  if (place) void showProviders(place);
}

async function showProviders(place: HTMLElement): Promise<void> {
  const returnUrl = new URLSearchParams(location.search).get('return_url') ?? '';
  let providers: Provider[] = [];
  try {
    providers = (await call<{ data: Provider[] }>('GET', '/api/v1/auth/providers')).data;
  } catch {
    // The password works without.
  }

  need(place, '[data-provider-list]').replaceChildren(...providers.map((provider) => {
    const link = create('a', 'button', `Continue with ${provider.display_name}`) as HTMLAnchorElement;
    link.href = `${provider.start_url}?return_url=${encodeURIComponent(returnUrl)}`;
    return link;
  }));
  place.hidden = providers.length === 0;
}

const PROBLEMS: Record<string, string> = {
  openid_cancelled: 'You left the other service\u2019s page. Nothing was changed.',
  openid_expired: 'That took too long, or you have signed in anew since. Try again.',
  openid_unavailable: 'The other service does not answer right now. Try again in a moment.',
  openid_taken: 'That account of the other service leads into another account here.',
};

/** The account page: what leads into the account, to add and to take away. */
export async function showLinkedProviders(root: HTMLElement): Promise<void> {
  const linked = await call<Linked>('GET', '/api/v1/account/providers');
  need(root, '[data-linked]').hidden = linked.data.length === 0 && linked.available.length === 0;
  need(root, '[data-linked-none]').hidden = linked.data.length > 0;
  need(root, '[data-no-password]').hidden = linked.has_password;
  need(root, '[data-linked-list]').replaceChildren(...linked.data.map((login) => {
    const row = rowOf(login.display_name, [login.email, `last used ${localTime(login.last_used_at)}`].filter(Boolean).join(' \u00b7 '));
    row.append(button('Remove', () => attempt(root, async () => {
      await call('DELETE', `/api/v1/account/providers/${encodeURIComponent(login.id)}`);
      await showLinkedProviders(root);
    })));
    return row;
  }));
  need(root, '[data-linked-add]').replaceChildren(...linked.available.map((provider) => button(`Add ${provider.display_name}`, () => attempt(root, async () => {
    location.assign((await call<{ authorization_url: string }>('POST', '/api/v1/account/providers', { provider: provider.name })).authorization_url);
  }))));
}

/** What came of a way to a provider and back. */
export function showLinkProblem(root: HTMLElement): void {
  const error = new URLSearchParams(location.search).get('error');
  if (!error?.startsWith('openid_')) return;
  const place = need(root, '[data-problem]');
  need(place, 'span').textContent = PROBLEMS[error] ?? 'The other service\u2019s answer could not be accepted. Nothing was changed.';
  place.hidden = false;
  history.replaceState(null, '', location.pathname);
}
