import { attempt, call } from './api.ts';
import { create, need } from './dom.ts';
import { valuesOf } from './forms.ts';
import { showLinkedProviders, showLinkProblem } from './providers.ts';
import { button, rowOf } from './rows.ts';
import { localTime } from './times.ts';

interface Account {
  email: string;
  second_factor: { enabled: boolean; enabled_at: string | null; recovery_codes_left: number };
  lacks_second_factor: boolean;
  organizations: { id: string; name: string; role: string; current: boolean }[];
}

interface SignIn {
  id: string;
  device: string;
  address: string;
  last_seen_at: string;
  current: boolean;
}

export function startAccountPage(): void {
  const root = document.querySelector<HTMLElement>('#account');
  if (root) new AccountPage(root).start();
}

class AccountPage {
  private readonly enrol: HTMLFormElement;

  constructor(private readonly root: HTMLElement) {
    this.enrol = need(root, '[data-second-factor-enrol]');
  }

  start(): void {
    this.on('[data-second-factor-begin]', () => this.begin());
    this.on('[data-second-factor-remove]', async () => {
      await call('DELETE', '/api/v1/account/second-factor');
      need(this.root, '[data-recovery]').hidden = true;
      await this.load();
    });
    this.on('[data-recovery-renew]', async () => {
      this.showRecovery(await call('POST', '/api/v1/account/second-factor/recovery-codes', {}));
      await this.load();
    });
    this.on('[data-sign-out-others]', async () => {
      await call('DELETE', '/api/v1/auth/sessions');
      await this.load();
    });
    this.onSubmit(this.enrol, async () => {
      this.showRecovery(await call('POST', '/api/v1/account/second-factor/confirm', valuesOf(this.enrol)));
      this.enrol.hidden = true;
      await this.load();
    });
    const password = need<HTMLFormElement>(this.root, '[data-password-form]');
    this.onSubmit(password, async () => {
      await call('POST', '/api/v1/account/password', valuesOf(password));
      password.reset();
      need(this.root, '[data-password-done]').hidden = false;
      await this.load();
    });
    void attempt(this.root, () => this.load()).then(() => showLinkProblem(this.root));
  }

  private async load(): Promise<void> {
    const account = await call<Account>('GET', '/api/v1/account');
    const factor = account.second_factor;
    need(document, '[data-account-email]').textContent = account.email;
    need(this.root, '[data-lacks-second-factor]').hidden = !account.lacks_second_factor;
    need(this.root, '[data-second-factor-state]').textContent = factor.enabled
      ? `On since ${localTime(factor.enabled_at!)}. ${factor.recovery_codes_left} recovery codes are left.`
      : 'Off. With one, a stolen password alone opens nothing.';
    need(this.root, '[data-second-factor-begin]').hidden = factor.enabled || !this.enrol.hidden;
    need(this.root, '[data-second-factor-remove]').hidden = !factor.enabled;
    need(this.root, '[data-recovery-renew]').hidden = !factor.enabled;
    need(this.root, '[data-organizations]').replaceChildren(...account.organizations.map((o) => this.organization(o)));
    const signIns = await call<{ data: SignIn[] }>('GET', '/api/v1/auth/sessions');
    need(this.root, '[data-sign-ins]').replaceChildren(...signIns.data.map((s) => this.signIn(s)));
    await showLinkedProviders(this.root);
    this.root.dataset['ready'] = 'true';
  }

  private async begin(): Promise<void> {
    const secret = await call<{ secret: string; qr_svg: string }>('POST', '/api/v1/account/second-factor', {});
    need<HTMLImageElement>(this.root, '[data-second-factor-qr]').src = `data:image/svg+xml;base64,${btoa(secret.qr_svg)}`;
    need(this.root, '[data-second-factor-secret]').textContent = secret.secret.replace(/(.{4})(?=.)/g, '$1 ');
    need(this.root, '[data-second-factor-begin]').hidden = true;
    this.enrol.reset();
    this.enrol.hidden = false;
    need<HTMLInputElement>(this.enrol, 'input').focus();
  }

  private showRecovery(list: { recovery_codes: string[] }): void {
    need(this.root, '[data-recovery-codes]').replaceChildren(...list.recovery_codes.map((code) => {
      const item = create('li', '');
      item.append(create('code', '', code));
      return item;
    }));
    need(this.root, '[data-recovery]').hidden = false;
  }

  private organization(o: Account['organizations'][number]): HTMLElement {
    const row = rowOf(o.name, o.role);
    if (o.current) row.append(create('span', 'status live', 'Here'));
    else {
      row.append(button('Go there', () => attempt(this.root, async () => {
        await call('POST', '/api/v1/auth/switch', { organization_id: o.id });
        location.assign('/talk');
      })));
    }

    return row;
  }

  private signIn(s: SignIn): HTMLElement {
    const row = rowOf(deviceName(s.device), `${s.address} · last seen ${localTime(s.last_seen_at)}`);
    row.append(s.current ? create('span', 'status live', 'This device') : button('Sign out', () => attempt(this.root, async () => {
      await call('DELETE', `/api/v1/auth/sessions/${encodeURIComponent(s.id)}`);
      await this.load();
    })));
    return row;
  }

  private on(selector: string, action: () => Promise<void>): void {
    need(this.root, selector).addEventListener('click', () => void attempt(this.root, action));
  }

  private onSubmit(form: HTMLFormElement, action: () => Promise<void>): void {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void attempt(this.root, action);
    });
  }
}

const BROWSERS: [RegExp, string][] = [[/Edg\//, 'Edge'], [/OPR\//, 'Opera'], [/Firefox\//, 'Firefox'], [/Chrome\//, 'Chrome'], [/Safari\//, 'Safari']];
const SYSTEMS: [RegExp, string][] = [[/Windows/, 'Windows'], [/Android/, 'Android'], [/iPhone|iPad/, 'iOS'], [/Mac OS X/, 'macOS'], [/Linux/, 'Linux']];

/** What a browser calls itself, as people would; programs by their own name. */
function deviceName(agent: string): string {
  const browser = BROWSERS.find(([sign]) => sign.test(agent))?.[1];
  const system = SYSTEMS.find(([sign]) => sign.test(agent))?.[1];
  return browser && system ? `${browser} on ${system}` : agent;
}
