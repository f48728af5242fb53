import { attempt, call } from './api.ts';
import { need } from './dom.ts';

const INVITATION = 'invitation';

/** Forms that send JSON: `data-api` says where, `data-next` where success leads, `data-done` what it shows instead. */
export function startForms(): void {
  const token = takeToken();
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-with-token]')) need<HTMLInputElement>(form, 'input[name="token"]').value = token;
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-api]')) {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void submit(form);
    });
  }

  const invitation = document.querySelector<HTMLElement>('#invitation');
  if (invitation) void attempt(document, () => showInvitation(invitation, token));
}

/** The named values of a form. */
export function valuesOf(form: HTMLFormElement): Record<string, string> {
  return Object.fromEntries([...new FormData(form)].filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== ''));
}

async function submit(form: HTMLFormElement): Promise<void> {
  const button = need<HTMLButtonElement>(form, 'button[type="submit"]');
  button.disabled = true;
  await attempt(document, async () => {
    await call('POST', form.dataset['api']!, valuesOf(form));
    sessionStorage.removeItem(INVITATION);
    if (form.dataset['next']) {
      location.assign(form.dataset['next']);
      return;
    }

    const done = need(document, `#${form.dataset['done']}`);
    form.hidden = true;
    done.hidden = false;
    done.focus();
  });
  button.disabled = false;
}

/** Tokens of mails are in the fragment, which no server sees; the address bar and the history forget them at once. */
function takeToken(): string {
  const token = location.hash.slice(1);
  if (token) history.replaceState(null, '', location.pathname + location.search);
  return token;
}

interface Invitation {
  organization_name: string;
  email: string;
  role: string;
  has_account: boolean;
}

async function showInvitation(root: HTMLElement, fromLink: string): Promise<void> {
  // It must outlast the way to the sign-in page and back.
  const token = fromLink || (sessionStorage.getItem(INVITATION) ?? '');
  const text = need(root, '[data-invitation-text]');
  text.textContent = '';
  const invitation = await call<Invitation>('POST', '/api/v1/invitations/preview', { token });
  sessionStorage.setItem(INVITATION, token);
  text.textContent = `${invitation.organization_name} invites ${invitation.email} to join as ${invitation.role}.`;
  for (const input of root.querySelectorAll<HTMLInputElement>('input[name="token"]')) input.value = token;
  need<HTMLInputElement>(root, '[data-invitation-email]').value = invitation.email;
  const part = !invitation.has_account ? '[data-invitation-new]' : root.dataset['signedIn'] === 'true' ? '[data-invitation-join]' : '[data-invitation-sign-in]';
  need(root, part).hidden = false;
}
