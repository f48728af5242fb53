import { all, attempt, call } from './api.ts';
import { ask, create, need } from './dom.ts';
import { button, rowOf } from './rows.ts';
import { localDay, localTime } from './times.ts';

interface ApiKey {
  id: string;
  name: string;
  prefix: string | null;
  scopes: string[];
  allowed_origins: string[];
  allowed_networks: string[];
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
  previous_secret_until: string | null;
  revoked_at: string | null;
}

interface WithSecret {
  key: ApiKey;
  secret: string;
}

const DAY = 24 * 3600 * 1000;
const SOON = 14 * DAY;

export function startApiKeysPage(): void {
  const root = document.querySelector<HTMLElement>('#api-keys');
  if (root) new ApiKeysPage(root).start();
}

class ApiKeysPage {
  private readonly form: HTMLFormElement;
  private readonly secret: HTMLElement;

  constructor(private readonly root: HTMLElement) {
    this.form = need(root, '[data-create]');
    this.secret = need(root, '[data-secret]');
  }

  start(): void {
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.attempt(() => this.create());
    });
    need(this.secret, '[data-secret-copy]').addEventListener('click', () => void this.copy());
    need(this.secret, '[data-secret-done]').addEventListener('click', () => {
      this.secret.hidden = true;
      need(this.secret, '[data-secret-value]').textContent = '';
      need(this.root, '#keys-title').scrollIntoView({ block: 'nearest' });
    });
    void this.attempt(() => this.load());
  }

  private attempt(action: () => Promise<void>): Promise<void> {
    return attempt(this.root, action);
  }

  private async load(): Promise<void> {
    const keys = await all<ApiKey>('/api/v1/api-keys');
    const inUse = keys.filter((key) => !isOver(key));
    const over = keys.filter(isOver);
    need(this.root, '[data-keys]').replaceChildren(...inUse.map((key) => this.row(key)));
    need(this.root, '[data-keys-none]').hidden = inUse.length > 0;
    need(this.root, '[data-ended]').hidden = over.length === 0;
    need(this.root, '[data-ended-title]').textContent = `Revoked and expired (${over.length})`;
    need(this.root, '[data-ended-keys]').replaceChildren(...over.map((key) => this.row(key)));
    this.root.dataset['ready'] = 'true';
  }

  private async create(): Promise<void> {
    const values = new FormData(this.form);
    const days = Number(values.get('expiry'));
    const made = await call<WithSecret>('POST', '/api/v1/api-keys', {
      name: values.get('name'),
      scopes: values.getAll('scope'),
      expires_at: days ? new Date(Date.now() + days * DAY).toISOString() : null,
      allowed_networks: linesOf(values.get('networks')),
      allowed_origins: linesOf(values.get('origins')),
    });
    this.form.reset();
    this.show(made);
    await this.load();
  }

  private async rotate(key: ApiKey): Promise<void> {
    const dialog = need<HTMLDialogElement>(document, '#rotate-key');
    const overlap = need<HTMLSelectElement>(dialog, 'select');
    need(dialog, '[data-key-name]').textContent = key.name;
    if (!(await ask(dialog))) return;
    this.show(await call<WithSecret>('POST', `/api/v1/api-keys/${encodeURIComponent(key.id)}/rotate`, { overlap_seconds: Number(overlap.value) }));
    await this.load();
  }

  private async revoke(key: ApiKey): Promise<void> {
    const dialog = need<HTMLDialogElement>(document, '#revoke-key');
    need(dialog, '[data-key-name]').textContent = key.name;
    if (!(await ask(dialog))) return;
    await call('DELETE', `/api/v1/api-keys/${encodeURIComponent(key.id)}`);
    await this.load();
  }

  private show({ key, secret }: WithSecret): void {
    need(this.secret, '[data-secret-name]').textContent = key.name;
    need(this.secret, '[data-secret-value]').textContent = secret;
    need(this.secret, '[data-secret-copied]').textContent = '';
    const overlap = need(this.secret, '[data-secret-overlap]');
    overlap.hidden = !isSoon(key.previous_secret_until);
    overlap.textContent = overlap.hidden ? '' : `The secret before it stays good until ${localTime(key.previous_secret_until!)}.`;
    this.secret.hidden = false;
    this.secret.focus();
  }

  private async copy(): Promise<void> {
    const value = need(this.secret, '[data-secret-value]');
    const said = need(this.secret, '[data-secret-copied]');
    try {
      await navigator.clipboard.writeText(value.textContent ?? '');
      said.textContent = 'Copied.';
    } catch {
      // No clipboard without HTTPS, or where the person said no: then it is selected, ready for the keyboard.
      getSelection()?.selectAllChildren(value);
      said.textContent = 'It is selected: copy it with the keyboard.';
    }
  }

  private row(key: ApiKey): HTMLElement {
    const row = rowOf(key.name, [
      key.prefix ? `${key.prefix}…` : '',
      `made ${localTime(key.created_at)}`,
      key.last_used_at ? `last used ${localTime(key.last_used_at)}` : 'never used',
    ].filter(Boolean).join(' · '));
    row.classList.add('key');
    row.dataset['key'] = key.id;
    const facts = [key.allowed_networks.length && `Only from ${key.allowed_networks.join(', ')}`, key.allowed_origins.length && `Only on ${key.allowed_origins.join(', ')}`,
      isSoon(key.previous_secret_until) && !isOver(key) && `The secret before is good until ${localTime(key.previous_secret_until!)}`];
    const text = need(row, '.row-text');
    for (const fact of facts) if (fact) text.append(create('small', 'muted', fact));
    const scopes = create('span', 'chips');
    scopes.setAttribute('aria-label', 'Scopes');
    scopes.setAttribute('role', 'list');
    for (const scope of key.scopes) {
      const chip = create('code', 'chip', scope);
      chip.setAttribute('role', 'listitem');
      scopes.append(chip);
    }

    text.append(scopes);
    row.append(statusOf(key));
    if (isOver(key)) return row;
    const rotate = button('New secret', () => this.attempt(() => this.rotate(key)));
    rotate.setAttribute('aria-label', `New secret for ${key.name}`);
    const revoke = button('Revoke', () => this.attempt(() => this.revoke(key)));
    revoke.setAttribute('aria-label', `Revoke ${key.name}`);
    row.append(rotate, revoke);
    return row;
  }
}

function statusOf(key: ApiKey): HTMLElement {
  if (key.revoked_at) return create('span', 'status', `Revoked ${localDay(key.revoked_at)}`);
  if (!key.expires_at) return create('span', 'status live', 'No end');
  const left = Date.parse(key.expires_at) - Date.now();
  if (left <= 0) return create('span', 'status', `Expired ${localDay(key.expires_at)}`);
  return create('span', left < SOON ? 'status warned' : 'status live', `Until ${localDay(key.expires_at)}`);
}

function isOver(key: ApiKey): boolean {
  return key.revoked_at !== null || (key.expires_at !== null && Date.parse(key.expires_at) <= Date.now());
}

function isSoon(iso: string | null): boolean {
  return iso !== null && Date.parse(iso) > Date.now();
}

function linesOf(value: FormDataEntryValue | null): string[] {
  return String(value ?? '').split(/[\s,]+/).filter(Boolean);
}
