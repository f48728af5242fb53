import { all, ApiProblem, attempt, call, send } from './api.ts';
import { create, need } from './dom.ts';
import { RunView, type RunSummary } from './pipeline-run.ts';
import { button, rowOf } from './rows.ts';

interface Input {
  type: 'text' | 'json' | 'audio';
  required?: boolean;
  default?: unknown;
  description?: string;
}

interface Pipeline {
  id: string;
  name: string;
  description: string | null;
  version: number;
  latest_version: number;
  document: { inputs?: Record<string, Input> };
}

interface Problem {
  step: string | null;
  field: string;
  message: string;
}

const BLANK = {
  name: 'New pipeline',
  inputs: { text: { type: 'text' } },
  steps: [{ id: 'say', type: 'speak', with: { text: '{{inputs.text}}', language: 'en' } }],
  outputs: { audio: '{{steps.say.audio}}' },
};

export function startPipelinesPage(): void {
  const root = document.querySelector<HTMLElement>('#pipelines');
  if (root) new PipelinesPage(root).start();
}

class PipelinesPage {
  private readonly mayWrite: boolean;
  private readonly editor: HTMLElement;
  private readonly text: HTMLTextAreaElement;
  private readonly versions: HTMLSelectElement;
  private readonly run: RunView;
  private current: { id: string | null; etag: string | null; newest: string } = { id: null, etag: null, newest: '' };

  constructor(private readonly root: HTMLElement) {
    this.mayWrite = root.dataset['mayWrite'] === 'true';
    this.editor = need(root, '[data-editor]');
    this.text = need(root, '[data-document]');
    this.versions = need(root, '[data-version]');
    this.run = new RunView(root, () => void this.attempt(() => this.listRuns()));
  }

  start(): void {
    this.versions.addEventListener('change', () => void this.attempt(() => this.showVersion(Number(this.versions.value))));
    if (this.mayWrite) {
      need(this.root, '[data-new]').addEventListener('click', () => this.begin());
      need(this.root, '[data-save]').addEventListener('click', () => void this.attempt(() => this.save()));
      need(this.root, '[data-check]').addEventListener('click', () => void this.attempt(async () => void (await this.check())));
    }

    void this.attempt(async () => {
      await this.list();
      this.root.dataset['ready'] = 'true';
    });
  }

  private attempt(action: () => Promise<void>): Promise<void> {
    return attempt(this.root, action);
  }

  private async list(): Promise<void> {
    const pipelines = await all<Pipeline>('/api/v1/pipelines');
    need(this.root, '[data-list]').replaceChildren(...pipelines.map((pipeline) => {
      const row = rowOf(pipeline.name, pipeline.description ?? '');
      row.append(button('Open', () => this.attempt(() => this.open(pipeline.id))));
      return row;
    }));
  }

  private begin(): void {
    this.current = { id: null, etag: null, newest: '' };
    this.show('New pipeline', JSON.stringify(BLANK, null, 2), []);
    need(this.root, '[data-start]').hidden = need(this.root, '[data-runs]').hidden = true;
    this.run.hide();
  }

  private async open(id: string): Promise<void> {
    const { value, etag } = await send<Pipeline>('GET', `/api/v1/pipelines/${encodeURIComponent(id)}`);
    const versions = await all<{ version: number }>(`/api/v1/pipelines/${encodeURIComponent(id)}/versions`);
    const text = JSON.stringify(value.document, null, 2);
    this.current = { id, etag, newest: text };
    this.show(value.name, text, versions.map((one) => one.version));
    this.offerInputs(value.document.inputs ?? {});
    this.run.hide();
    await this.listRuns();
    this.editor.scrollIntoView({ block: 'start' });
  }

  private show(name: string, text: string, versions: number[]): void {
    this.editor.hidden = false;
    need(this.root, '[data-name]').textContent = name;
    need(this.root, '[data-saved]').textContent = '';
    this.text.value = text;
    this.versions.replaceChildren(...versions.map((version) => new Option(String(version), String(version))));
    need(this.root, '.pipeline-bar').hidden = versions.length === 0;
    this.problems([]);
    need(this.root, '[data-diff]').hidden = true;
  }

  /** An older version is shown beside what has become of it; saving it makes it the newest. */
  private async showVersion(version: number): Promise<void> {
    const old = await call<Pipeline>('GET', `/api/v1/pipelines/${encodeURIComponent(this.current.id ?? '')}?version=${version}`);
    this.text.value = JSON.stringify(old.document, null, 2);
    const diff = need(this.root, '[data-diff]');
    diff.replaceChildren(...difference(this.text.value.split('\n'), this.current.newest.split('\n')));
    diff.hidden = old.version === old.latest_version;
  }

  private read(): unknown {
    try {
      return JSON.parse(this.text.value) as unknown;
    } catch (error) {
      this.problems([{ step: null, field: '', message: error instanceof Error ? `This is no JSON: ${error.message}` : '' }]);
      return undefined;
    }
  }

  private async check(): Promise<boolean> {
    const document = this.read();
    if (document === undefined) return false;
    const { valid, problems } = await call<{ valid: boolean; problems: Problem[] }>('POST', '/api/v1/pipelines/check', document);
    this.problems(problems);
    need(this.root, '[data-saved]').textContent = valid ? 'Nothing is wrong with it.' : '';
    return valid;
  }

  private async save(): Promise<void> {
    if (!(await this.check())) return;
    const document = this.read();
    try {
      const saved = this.current.id === null
        ? await call<Pipeline>('POST', '/api/v1/pipelines', document, { 'idempotency-key': crypto.randomUUID() })
        : await call<Pipeline>('PUT', `/api/v1/pipelines/${encodeURIComponent(this.current.id)}`, document, { 'if-match': this.current.etag ?? '' });
      await this.list();
      await this.open(saved.id);
      need(this.root, '[data-saved]').textContent = `Saved as version ${saved.version}.`;
    } catch (error) {
      if (!(error instanceof ApiProblem && error.code === 'version_mismatch')) throw error;
      throw new ApiProblem(error.status, error.code, 'Somebody else has changed it since you opened it. Copy what you have, and open it again.');
    }
  }

  private problems(problems: Problem[]): void {
    need(this.root, '[data-problems]').replaceChildren(...problems.map((problem) => {
      const line = create('li', '');
      line.append(create('code', '', problem.field), create('span', '', problem.message));
      return line;
    }));
  }

  private offerInputs(inputs: Record<string, Input>): void {
    if (!this.mayWrite) return;
    const form = need<HTMLFormElement>(this.root, '[data-inputs]');
    form.replaceChildren(...Object.entries(inputs).map(([name, input]) => field(name, input)));
    const submit = create('button', 'button primary', 'Start') as HTMLButtonElement;
    submit.type = 'submit';
    form.append(submit);
    form.onsubmit = (event) => {
      event.preventDefault();
      void this.attempt(() => this.begun(form, inputs));
    };
    need(this.root, '[data-start]').hidden = false;
  }

  private async begun(form: HTMLFormElement, inputs: Record<string, Input>): Promise<void> {
    const body = new FormData();
    const values: Record<string, unknown> = {};
    for (const [name, input] of Object.entries(inputs)) {
      const element = form.elements.namedItem(name) as HTMLInputElement | HTMLTextAreaElement;
      const file = element instanceof HTMLInputElement ? element.files?.[0] : undefined;
      if (file) body.append(name, file);
      else if (input.type !== 'audio' && element.value !== '') values[name] = input.type === 'json' ? (JSON.parse(element.value) as unknown) : element.value;
    }

    body.append('inputs', JSON.stringify(values));
    const response = await fetch(`/api/v1/pipelines/${encodeURIComponent(this.current.id ?? '')}/runs`, { method: 'POST', body });
    const answer = (await response.json()) as RunSummary & { code?: string; detail?: string };
    if (!response.ok) throw new ApiProblem(response.status, answer.code ?? '', answer.detail ?? response.statusText);
    this.run.follow(answer.id);
    await this.listRuns();
  }

  private async listRuns(): Promise<void> {
    if (this.current.id === null) return;
    const { data } = await call<{ data: RunSummary[] }>('GET', `/api/v1/pipelines/${encodeURIComponent(this.current.id)}/runs?limit=10`);
    need(this.root, '[data-runs]').hidden = data.length === 0;
    need(this.root, '[data-run-list]').replaceChildren(...data.map((run) => {
      const row = rowOf(new Date(run.created_at).toLocaleString(), `${run.state}, version ${run.version}`);
      row.append(button('Show', () => Promise.resolve(this.run.follow(run.id))));
      return row;
    }));
  }
}

function field(name: string, input: Input): HTMLElement {
  const line = create('div', 'pipeline-input');
  const label = create('label', '', input.required === false || input.default !== undefined ? `${name} (optional)` : name) as HTMLLabelElement;
  const element = document.createElement(input.type === 'audio' ? 'input' : 'textarea');
  if (element instanceof HTMLInputElement) {
    element.type = 'file';
    element.accept = 'audio/*,.wav,.mp3,.flac,.ogg,.m4a,.webm';
  } else {
    element.rows = 3;
    element.value = input.default === undefined ? '' : typeof input.default === 'string' ? input.default : JSON.stringify(input.default);
  }

  element.name = name;
  element.id = label.htmlFor = `input-${name}`;
  element.required = input.required ?? input.default === undefined;
  line.append(label, element);
  if (input.description) line.append(create('small', 'muted', input.description));
  return line;
}

/** Lines by their longest common subsequence: documents are short. */
function difference(before: string[], after: string[]): HTMLElement[] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    const row = lengths[i] ?? [];
    for (let j = after.length - 1; j >= 0; j--) row[j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }

  const lines: HTMLElement[] = [];
  for (let i = 0, j = 0; i < before.length || j < after.length;) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      lines.push(create('span', 'same', `  ${before[i++]}\n`));
      j++;
    } else if (j < after.length && (i >= before.length || at(i, j + 1) >= at(i + 1, j))) lines.push(create('span', 'added', `+ ${after[j++]}\n`));
    else lines.push(create('span', 'removed', `- ${before[i++]}\n`));
  }

  return lines;
}
