import { ApiProblem, attempt, call, send } from './api.ts';
import { type Provider, providerRows } from './catalogue-rows.ts';
import { ask, create, need } from './dom.ts';
import { valuesOf } from './forms.ts';
import { button } from './rows.ts';

interface Catalogue {
  data: Provider[];
  kinds: string[];
}

interface Check {
  ok: boolean;
  latency_ms: number | null;
  error: { message: string } | null;
}

const LIST = '/api/v1/providers';
const milliseconds = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });

/** Those that hear, answer, speak and translate. Those that sign people in are in providers.ts. */
export function startCataloguePage(): void {
  const root = document.querySelector<HTMLElement>('#providers');
  if (root) new CataloguePage(root).start();
}

class CataloguePage {
  private readonly mayChange: boolean;
  private readonly form: HTMLFormElement | null;

  constructor(private readonly root: HTMLElement) {
    this.mayChange = root.dataset['mayChange'] === 'true';
    this.form = root.querySelector<HTMLFormElement>('[data-bring]');
  }

  start(): void {
    this.form?.addEventListener('submit', (event) => {
      event.preventDefault();
      void attempt(this.root, () => this.bring(this.form!));
    });
    void attempt(this.root, async () => {
      this.offerKinds((await this.load()).kinds);
      this.root.dataset['ready'] = 'true';
    });
  }

  private async load(): Promise<Catalogue> {
    const catalogue = await call<Catalogue>('GET', LIST);
    const own = catalogue.data.filter((provider) => provider.origin === 'organization');
    const others = catalogue.data.filter((provider) => provider.origin !== 'organization');
    const table = need(this.root, '[data-table]');
    table.hidden = false;
    for (const body of table.querySelectorAll('tbody')) body.remove();
    need(table, 'table').append(...[...own, ...others].map((provider) => providerRows(provider, this.mayChange ? this.actions(provider) : null)));
    return catalogue;
  }

  private offerKinds(kinds: string[]): void {
    this.form?.querySelector('select')?.append(...kinds.map((kind) => new Option(kind, kind)));
  }

  private actions(provider: Provider): HTMLElement {
    const actions = create('div', 'provider-actions');
    // There before it says something: only then is what it says read out.
    const said = create('p', 'small');
    said.setAttribute('role', 'status');
    const test = button('Test', () => this.test(provider, test as HTMLButtonElement, said));
    test.setAttribute('aria-label', `Test ${provider.name}`);
    actions.append(test);
    if (provider.origin === 'organization') {
      const remove = button('Remove', () => attempt(this.root, () => this.remove(provider)));
      remove.setAttribute('aria-label', `Remove ${provider.name}`);
      actions.append(remove);
    }

    actions.append(said);
    return actions;
  }

  /** What came of it is said beside the button: several can be under way. */
  private async test(provider: Provider, test: HTMLButtonElement, said: HTMLElement): Promise<void> {
    // A disabled button would lose the keyboard's place.
    if (test.getAttribute('aria-disabled') === 'true') return;
    test.setAttribute('aria-disabled', 'true');
    said.className = 'small muted';
    said.textContent = 'Asking…';
    try {
      const check = await call<Check>('POST', `${LIST}/${encodeURIComponent(provider.name)}/check`);
      said.className = check.ok ? 'small provider-good' : 'small provider-bad';
      said.textContent = check.ok ? `Answers, ${milliseconds.format(Math.max(1, check.latency_ms ?? 0))} ms` : `Failed: ${check.error?.message ?? 'it did not say why.'}`;
    } catch (error) {
      said.className = 'small provider-bad';
      said.textContent = error instanceof ApiProblem ? error.message : 'The platform cannot be reached. Try again in a moment.';
    } finally {
      test.removeAttribute('aria-disabled');
    }
  }

  private async bring(form: HTMLFormElement): Promise<void> {
    const submit = need<HTMLButtonElement>(form, '[type=submit]');
    submit.disabled = true;
    try {
      const { options, ...values } = valuesOf(form);
      const made = await call<Provider>('POST', LIST, { ...values, options: optionsOf(options ?? '') }, { 'Idempotency-Key': crypto.randomUUID() });
      // The key is not in the page any more either.
      form.reset();
      await this.load();
      this.say(`${made.name} is there. Test it to see whether its key holds.`);
    } finally {
      submit.disabled = false;
    }
  }

  private async remove(provider: Provider): Promise<void> {
    const path = `${LIST}/${encodeURIComponent(provider.name)}`;
    const dialog = need<HTMLDialogElement>(document, '#remove-provider');
    need(dialog, '[data-provider-name]').textContent = provider.name;
    const { etag } = await send('GET', path);
    if (!(await ask(dialog))) return;
    await call('DELETE', path, undefined, { 'If-Match': etag ?? '' });
    await this.load();
    this.say(`${provider.name} is removed.`);
  }

  /** The button that was pressed is gone with its row: the keyboard goes on from where the list begins. */
  private say(text: string): void {
    need(this.root, '[data-said]').textContent = text;
    need(this.root, '#catalogue-title').focus();
  }
}

/** `Dialect=vllm`, one a line. */
function optionsOf(text: string): Record<string, string> {
  const lines = text.split('\n').map((line) => line.trim()).filter(Boolean);
  return Object.fromEntries(lines.map((line) => {
    const at = line.indexOf('=');
    return at < 0 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  }));
}
