import { all, attempt, call, send } from './api.ts';
import { create, need } from './dom.ts';
import { valuesOf } from './forms.ts';
import { button, rowOf } from './rows.ts';
import { localTime } from './times.ts';

const ROLES = ['owner', 'admin', 'member', 'viewer'];

interface Member {
  user_id: string;
  email: string;
  role: string;
  second_factor: boolean;
}

interface Invitation {
  id: string;
  email: string;
  role: string;
  status: string;
  expires_at: string;
}

interface Organization {
  name: string;
  require_second_factor: boolean;
  allowed_origins: string[];
}

export function startOrganizationPage(): void {
  const root = document.querySelector<HTMLElement>('#organization');
  if (root) new OrganizationPage(root).start();
}

class OrganizationPage {
  private readonly invite: HTMLFormElement | null;
  private readonly form: HTMLFormElement | null;
  private etag = '';
  private me = { id: '', role: '' };

  constructor(private readonly root: HTMLElement) {
    this.invite = root.querySelector('[data-invite]');
    this.form = root.querySelector('[data-organization-form]');
  }

  start(): void {
    const { invite, form } = this;
    this.submits(invite, async () => {
      await call('POST', '/api/v1/invitations', valuesOf(invite!));
      need<HTMLInputElement>(invite!, 'input').value = '';
      await this.load();
    });
    this.submits(form, async () => {
      const body = {
        name: need<HTMLInputElement>(form!, '[name="name"]').value,
        require_second_factor: need<HTMLInputElement>(form!, '[name="require_second_factor"]').checked,
        allowed_origins: need<HTMLTextAreaElement>(form!, '[name="allowed_origins"]').value.split(/\s+/).filter(Boolean),
      };
      await call('PATCH', '/api/v1/organization', body, { 'if-match': this.etag });
      need(this.root, '[data-saved]').hidden = false;
      await this.load();
    });
    need(this.root, '[data-leave]').addEventListener('click', () => void this.attempt(async () => {
      await call('POST', '/api/v1/organization/leave', {});
      location.assign('/account');
    }));
    void this.attempt(() => this.load());
  }

  private attempt(action: () => Promise<void>): Promise<void> {
    return attempt(this.root, action);
  }

  private submits(form: HTMLFormElement | null, action: () => Promise<void>): void {
    form?.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.attempt(action);
    });
  }

  private async load(): Promise<void> {
    const { value: organization, etag } = await send<Organization>('GET', '/api/v1/organization');
    this.etag = etag ?? '';
    this.me = await call('GET', '/api/v1/auth/me');
    need(document, '[data-organization-title]').textContent = organization.name;
    if (this.form) {
      need<HTMLInputElement>(this.form, '[name="name"]').value = organization.name;
      need<HTMLInputElement>(this.form, '[name="require_second_factor"]').checked = organization.require_second_factor;
      need<HTMLTextAreaElement>(this.form, '[name="allowed_origins"]').value = organization.allowed_origins.join('\n');
    }

    const members = await all<Member>('/api/v1/members');
    need(this.root, '[data-members]').replaceChildren(...members.map((m) => this.member(m)));
    if (this.invite) {
      const invitations = await all<Invitation>('/api/v1/invitations');
      need(this.root, '[data-invitations]').replaceChildren(...invitations.filter((i) => i.status === 'pending').map((i) => this.invitation(i)));
    }

    this.root.dataset['ready'] = 'true';
  }

  private member(m: Member): HTMLElement {
    const own = m.user_id === this.me.id;
    const row = rowOf(m.email, [own ? 'You' : '', m.second_factor ? 'second factor' : 'no second factor'].filter(Boolean).join(' · '));
    // The API decides; what it would refuse anyway is not offered.
    if (own || !this.invite || (m.role === 'owner' && this.me.role !== 'owner')) {
      row.append(create('span', 'status', m.role));
      return row;
    }

    const select = create('select', '') as HTMLSelectElement;
    select.setAttribute('aria-label', `Role of ${m.email}`);
    for (const role of ROLES.filter((r) => r !== 'owner' || this.me.role === 'owner')) select.add(new Option(role, role, false, role === m.role));
    select.addEventListener('change', () => void this.attempt(async () => {
      try {
        await call('PATCH', `/api/v1/members/${encodeURIComponent(m.user_id)}`, { role: select.value });
      } finally {
        await this.load();
      }
    }));
    row.append(select, button('Remove', () => this.attempt(async () => {
      await call('DELETE', `/api/v1/members/${encodeURIComponent(m.user_id)}`);
      await this.load();
    })));
    return row;
  }

  private invitation(i: Invitation): HTMLElement {
    const row = rowOf(i.email, `${i.role} · until ${localTime(i.expires_at)}`);
    row.append(button('Take back', () => this.attempt(async () => {
      await call('DELETE', `/api/v1/invitations/${encodeURIComponent(i.id)}`);
      await this.load();
    })));
    return row;
  }
}
