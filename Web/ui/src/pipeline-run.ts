import { attempt, call } from './api.ts';
import { create, need } from './dom.ts';

export interface RunSummary {
  id: string;
  version: number;
  state: string;
  created_at: string;
}

interface Step {
  id: string;
  type: string;
  state: string;
  fallback: boolean;
  error: { code: string; message: string } | null;
  started_at: string | null;
  ended_at: string | null;
  attempts: unknown[];
}

interface Run extends RunSummary {
  error: { step: string | null; message: string } | null;
  cost: number;
  started_at: string | null;
  ended_at: string | null;
  outputs: Record<string, unknown>;
  steps: Step[];
}

const OVER = ['succeeded', 'failed', 'cancelled'];
const EVENTS = [
  'run.created', 'run.started', 'run.resumed', 'run.succeeded', 'run.failed', 'run.cancelled',
  'step.started', 'step.succeeded', 'step.skipped', 'step.retrying', 'step.falling_back', 'step.failed',
];

/** One run, as it goes: each event of the server lets it be read again. */
export class RunView {
  private readonly section: HTMLElement;
  private events: EventSource | null = null;
  private id = '';

  constructor(private readonly root: HTMLElement, private readonly changed: () => void) {
    this.section = need(root, '[data-run]');
    this.on('[data-cancel]', () => call('POST', `/api/v1/pipeline-runs/${this.id}/cancel`, {}));
    this.on('[data-resume]', () => call('POST', `/api/v1/pipeline-runs/${this.id}/resume`, {}));
    this.on('[data-rerun]', async () => {
      this.id = (await call<RunSummary>('POST', `/api/v1/pipeline-runs/${this.id}/rerun`, {})).id;
    });
  }

  hide(): void {
    this.events?.close();
    this.section.hidden = true;
  }

  follow(id: string): void {
    this.events?.close();
    this.id = id;
    this.section.hidden = false;
    void attempt(this.root, () => this.read());
    const events = new EventSource(`/api/v1/pipeline-runs/${encodeURIComponent(id)}/events`);
    for (const type of EVENTS) events.addEventListener(type, () => void attempt(this.root, () => this.read()));
    this.events = events;
  }

  private on(selector: string, action: () => Promise<unknown>): void {
    this.root.querySelector(selector)?.addEventListener('click', () => void attempt(this.root, async () => {
      await action();
      this.follow(this.id);
      this.changed();
    }));
  }

  private async read(): Promise<void> {
    const id = this.id;
    const run = await call<Run>('GET', `/api/v1/pipeline-runs/${encodeURIComponent(id)}`);
    if (id !== this.id) return;
    const over = OVER.includes(run.state);
    const wasOver = OVER.includes(this.section.dataset['state'] ?? '');
    this.section.dataset['state'] = run.state;
    const state = need(this.section, '[data-run-state]');
    state.textContent = run.state;
    state.className = `run-state state-${run.state}`;
    need(this.section, '[data-run-facts]').textContent = [
      run.id, `version ${run.version}`, run.error ? `${run.error.step ?? ''}: ${run.error.message}` : '', run.cost > 0 ? `$${run.cost}` : '',
    ].filter((part) => part !== '').join(' · ');
    this.drawSteps(run);
    this.drawOutputs(run);
    this.show('[data-cancel]', !over);
    this.show('[data-resume]', run.state === 'failed' || run.state === 'cancelled');
    this.show('[data-rerun]', over);
    if (!over) return;
    this.events?.close();
    if (!wasOver) this.changed();
  }

  private show(selector: string, visible: boolean): void {
    const element = this.root.querySelector<HTMLElement>(selector);
    if (element) element.hidden = !visible;
  }

  /** All steps on a common time axis; one that is at work reaches to now. */
  private drawSteps(run: Run): void {
    const times = run.steps.flatMap((step) => [step.started_at, step.ended_at]).filter((time) => time !== null).map((time) => Date.parse(time));
    const begin = Math.min(...times);
    const end = OVER.includes(run.state) ? Math.max(...times) : Math.max(Date.now(), ...times);
    need(this.section, '[data-steps]').replaceChildren(...run.steps.map((step) => {
      const line = create('div', 'waterfall-row pipeline-step');
      line.dataset['step'] = step.id;
      const track = create('span', 'waterfall-track');
      const length = step.started_at === null ? null : (step.ended_at === null ? end : Date.parse(step.ended_at)) - Date.parse(step.started_at);
      if (step.started_at !== null && length !== null) {
        const fill = create('span', `waterfall-bar step-${step.state}`);
        fill.style.insetInlineStart = `${((Date.parse(step.started_at) - begin) / Math.max(1, end - begin)) * 100}%`;
        fill.style.inlineSize = `${Math.max((length / Math.max(1, end - begin)) * 100, 0.8)}%`;
        track.append(fill);
      }

      const label = create('span', 'waterfall-label', step.id);
      label.title = step.type;
      const words = [step.state, step.fallback ? 'by its fallback' : '', step.attempts.length > 1 ? `${step.attempts.length} attempts` : '', length === null ? '' : `${Math.round(length)} ms`];
      line.append(label, track, create('span', 'waterfall-value', words.filter((word) => word !== '').join(', ')));
      if (step.error) line.append(create('small', 'problem-text', step.error.message));
      return line;
    }));
  }

  private drawOutputs(run: Run): void {
    const place = need(this.section, '[data-outputs]');
    // What plays is not interrupted by being drawn again.
    const key = JSON.stringify(run.outputs);
    if (place.dataset['key'] === key) return;
    place.dataset['key'] = key;
    place.replaceChildren(...Object.entries(run.outputs).filter(([, value]) => value !== null).map(([name, value]) => {
      const line = create('div', 'pipeline-output');
      line.append(create('strong', '', name));
      if (isFile(value)) {
        const audio = document.createElement('audio');
        audio.controls = true;
        audio.preload = 'metadata';
        audio.src = `/api/v1/pipeline-files/${encodeURIComponent(value.file)}/content`;
        audio.setAttribute('aria-label', name);
        line.append(audio);
      } else line.append(create(typeof value === 'string' ? 'p' : 'pre', '', typeof value === 'string' ? value : JSON.stringify(value, null, 2)));
      return line;
    }));
  }
}

function isFile(value: unknown): value is { file: string } {
  return typeof value === 'object' && value !== null && 'file' in value && typeof value.file === 'string';
}
