import { Upload } from 'tus-js-client';
import { ApiProblem, attempt, call } from './api.ts';
import { create, need } from './dom.ts';
import { button, rowOf } from './rows.ts';
import { localTime } from './times.ts';

interface Job {
  id: string;
  state: 'queued' | 'running' | 'completed' | 'failed' | 'cancelled';
  progress: number;
  parts: { done: number; total: number | null };
  source: { upload_id: string | null; session_id: string | null };
  duration: number | null;
  error: { message: string } | null;
  created_at: string;
}

interface Diarized {
  segments: { start: number; end: number; text: string; speaker: string }[];
}

/** Small enough that a page that is closed in the middle has lost little, large enough to be few requests. */
const CHUNK = 8 * 1024 * 1024;
const LIST = '/api/v1/transcription-jobs';
const WORDS = { queued: 'Reading the audio', running: 'Transcribing', completed: 'Done', failed: 'Failed', cancelled: 'Cancelled' };

export function startTranscriptionsPage(): void {
  const root = document.querySelector<HTMLElement>('#transcriptions');
  if (root) new TranscriptionsPage(root).start();
}

class TranscriptionsPage {
  private readonly names = new Map<string, string>();
  private readonly watched = new Set<string>();
  private upload: Upload | null = null;

  constructor(private readonly root: HTMLElement) {}

  start(): void {
    need<HTMLFormElement>(this.root, '[data-new]').addEventListener('submit', (event) => {
      event.preventDefault();
      void attempt(this.root, () => this.begin(event.target as HTMLFormElement));
    });
    need(this.root, '[data-pause]').addEventListener('click', () => void attempt(this.root, () => this.pause()));
    void attempt(this.root, async () => {
      await this.list();
      this.root.dataset['ready'] = 'true';
    });
  }

  private async begin(form: HTMLFormElement): Promise<void> {
    const file = (form.elements.namedItem('file') as HTMLInputElement).files?.[0];
    if (!file) return;
    const language = (form.elements.namedItem('language') as HTMLInputElement).value.trim();
    const channels = (form.elements.namedItem('channels') as HTMLInputElement).checked;
    const submit = need<HTMLButtonElement>(form, '[type=submit]');
    submit.disabled = true;
    try {
      const id = await this.send(file);
      this.names.set(id, file.name);
      await call('POST', LIST, { source: { upload_id: id }, language, diarize_by_channel: channels }, { 'Idempotency-Key': crypto.randomUUID() });
      form.reset();
      need(this.root, '[data-upload]').hidden = true;
      await this.list();
    } finally {
      submit.disabled = false;
      this.upload = null;
      need(this.root, '[data-pause]').hidden = true;
    }
  }

  /** The id of the upload. One that was begun before, also by a page that was closed, goes on where it was. */
  private async send(file: File): Promise<string> {
    const [area, bar, pause] = [need(this.root, '[data-upload]'), need<HTMLProgressElement>(this.root, '[data-upload-bar]'), need(this.root, '[data-pause]')];
    area.hidden = pause.hidden = false;
    pause.textContent = 'Pause';
    bar.value = 0;
    this.say('Beginning to send the recording.');
    return new Promise((resolve, reject) => {
      const upload = new Upload(file, {
        endpoint: '/api/v1/uploads',
        chunkSize: CHUNK,
        retryDelays: [0, 1000, 3000, 5000, 10_000, 20_000],
        removeFingerprintOnSuccess: true,
        metadata: { filename: file.name, filetype: file.type },
        onError: (error) => reject(problemOf(error)),
        onProgress: (sent, total) => {
          bar.value = total ? sent / total : 1;
          this.say(`${Math.round(bar.value * 100)} % of ${size(total)} sent.`);
        },
        onSuccess: () => {
          this.say('Sent.');
          resolve(upload.url?.split('/').at(-1) ?? '');
        },
      });
      this.upload = upload;
      void upload.findPreviousUploads().then((previous) => {
        const [first] = previous;
        if (first) upload.resumeFromPreviousUpload(first);
        upload.start();
      });
    });
  }

  private async pause(): Promise<void> {
    const pause = need(this.root, '[data-pause]');
    if (pause.textContent === 'Pause') {
      await this.upload?.abort();
      pause.textContent = 'Go on';
      this.say('Paused. What was sent is kept for a day.');
    } else {
      pause.textContent = 'Pause';
      this.upload?.start();
    }
  }

  private say(text: string): void {
    need(this.root, '[data-upload-status]').textContent = text;
  }

  private async list(): Promise<void> {
    const { data } = await call<{ data: Job[] }>('GET', `${LIST}?limit=50`);
    await Promise.all(data.map((job) => this.readName(job)));
    need(this.root, '[data-jobs]').replaceChildren(...data.map((job) => this.rowOf(job)));
    need(this.root, '[data-none]').hidden = data.length > 0;
    for (const job of data) this.watch(job);
  }

  /** Uploads are gone before their jobs are; then the day says enough. */
  private async readName(job: Job): Promise<void> {
    const { upload_id: upload, session_id: session } = job.source;
    if (session || !upload || this.names.has(upload)) return;
    try {
      this.names.set(upload, (await call<{ file_name: string | null }>('GET', `/api/v1/uploads/${upload}`)).file_name ?? 'Recording');
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 404) throw error;
      this.names.set(upload, 'Recording');
    }
  }

  private nameOf(job: Job): string {
    return job.source.session_id ? 'Conversation' : this.names.get(job.source.upload_id ?? '') ?? 'Recording';
  }

  private rowOf(job: Job): HTMLElement {
    const row = rowOf(this.nameOf(job), '');
    row.dataset['job'] = job.id;
    const bar = document.createElement('progress');
    bar.max = 1;
    bar.setAttribute('aria-label', 'Progress');
    row.append(bar, create('span', 'row-actions'));
    this.show(row, job);
    return row;
  }

  private show(row: HTMLElement, job: Job): void {
    const active = job.state === 'queued' || job.state === 'running';
    const parts = job.parts.total === null ? '' : ` · ${job.parts.done} of ${job.parts.total} parts`;
    const length = job.duration === null ? '' : ` · ${clock(job.duration)}`;
    row.dataset['state'] = job.state;
    need(row, 'small').textContent = `${WORDS[job.state]}${active ? parts : ''}${length} · ${localTime(job.created_at)}${job.error ? ` · ${job.error.message}` : ''}`;
    const bar = need<HTMLProgressElement>(row, 'progress');
    bar.hidden = !active;
    bar.value = job.progress;
    const actions = job.state === 'completed' ? [button('Open', () => this.act(() => this.open(job)))] : [];
    actions.push(
      active ? button('Cancel', () => this.act(async () => this.show(row, await call<Job>('POST', `${LIST}/${job.id}/cancel`))))
        : button('Delete', () => this.act(async () => {
            await call('DELETE', `${LIST}/${job.id}`);
            await this.list();
          })),
    );
    need(row, '.row-actions').replaceChildren(...actions);
  }

  private act(action: () => Promise<void>): Promise<void> {
    return attempt(this.root, action);
  }

  private watch(job: Job): void {
    if (this.watched.has(job.id) || !['queued', 'running'].includes(job.state)) return;
    this.watched.add(job.id);
    const events = new EventSource(`${LIST}/${job.id}/events`);
    const changed = (event: MessageEvent<string>): void => {
      const row = this.root.querySelector<HTMLElement>(`[data-job="${job.id}"]`);
      if (row) this.show(row, JSON.parse(event.data) as Job);
    };
    events.addEventListener('progress', changed);
    events.addEventListener('ended', (event) => {
      changed(event);
      events.close();
    });
  }

  private async open(job: Job): Promise<void> {
    const result = `${LIST}/${job.id}/result?format=`;
    const { segments } = await call<Diarized>('GET', `${result}diarized_json`);
    const several = new Set(segments.map((segment) => segment.speaker)).size > 1;
    need(this.root, '[data-result-name]').textContent = this.nameOf(job);
    need(this.root, '[data-lines]').replaceChildren(...segments.map((segment) => {
      const line = create('li', 'transcript-line');
      line.append(create('span', 'transcript-time', clock(segment.start)), create('span', '', several ? `${segment.speaker}: ${segment.text}` : segment.text));
      return line;
    }));
    for (const link of this.root.querySelectorAll<HTMLAnchorElement>('[data-download]')) {
      const format = link.dataset['download'] ?? '';
      link.href = result + format;
      link.download = `${this.nameOf(job).replace(/\.\w+$/, '')}.${format === 'text' ? 'txt' : format}`;
    }
    const section = need(this.root, '[data-result]');
    section.hidden = false;
    section.focus();
  }
}

/** What the platform said, in its own words. */
function problemOf(error: Error & { originalResponse?: { getBody(): string; getStatus(): number } | null }): Error {
  try {
    const body = JSON.parse(error.originalResponse?.getBody() ?? '') as { code: string; detail: string };
    return new ApiProblem(error.originalResponse?.getStatus() ?? 0, body.code, body.detail);
  } catch {
    return error;
  }
}

function size(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60].map((part) => String(part).padStart(2, '0'));
  return hours === '00' ? `${minutes}:${rest}` : `${hours}:${minutes}:${rest}`;
}
