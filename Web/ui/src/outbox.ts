import { rowOf } from './rows.ts';
import { attempt, call } from './api.ts';
import { create, need } from './dom.ts';
import { localTime } from './times.ts';

interface Mail {
  id: string;
  recipient: string;
  subject: string | null;
  state: string;
  created_at: string;
}

/** Mails that were not sent, for the owner of the installation; each is opened in its place. */
export function startOutboxPage(): void {
  const root = document.querySelector<HTMLElement>('#outbox');
  if (!root) return;

  const list = need(root, '[data-mails]');
  const older = need(root, '[data-older]');
  let cursor = '';
  const load = async (): Promise<void> => {
    const page = await call<{ data: Mail[]; next_cursor: string | null; sends: boolean }>('GET', `/api/v1/outbox?limit=50${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    list.append(...page.data.map((mail) => rowFor(root, mail)));
    if (list.childElementCount === 0) list.append(create('li', 'muted', 'Nothing has been written yet.'));
    if (page.sends) need(document, '[data-outbox-text]').textContent = 'What the platform has written to people. What was sent is not kept.';
    cursor = page.next_cursor ?? '';
    older.hidden = !cursor;
    root.dataset['ready'] = 'true';
  };
  older.addEventListener('click', () => void attempt(root, load));
  void attempt(root, load);
}

function rowFor(root: HTMLElement, mail: Mail): HTMLElement {
  const row = rowOf(mail.subject ?? '(no subject)', `${mail.recipient} · ${localTime(mail.created_at)}`);
  row.classList.add('mail');
  if (mail.state !== 'kept') {
    row.append(create('span', mail.state === 'failed' ? 'status grave' : 'status', mail.state));
    return row;
  }

  const open = create('button', 'button', 'Read') as HTMLButtonElement;
  open.type = 'button';
  open.addEventListener('click', () => void attempt(root, async () => {
    const { text } = await call<{ text: string }>('GET', `/api/v1/outbox/${encodeURIComponent(mail.id)}`);
    open.remove();
    row.append(linked(text));
  }));
  row.append(open);
  return row;
}

/** Plain text with our own links made to follow; nothing of it becomes markup. */
function linked(text: string): HTMLElement {
  const body = create('pre', 'mail-text');
  for (const part of text.split(/(https?:\/\/\S+)/)) {
    if (URL.canParse(part) && new URL(part).origin === location.origin) {
      const link = create('a', '', part) as HTMLAnchorElement;
      link.href = part;
      body.append(link);
    } else body.append(part);
  }

  return body;
}
