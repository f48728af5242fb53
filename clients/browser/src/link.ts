import type { FailureCode } from './failure.ts';
import type { ServerError, ServerEvent } from './events.ts';

export interface LinkHandlers {
  event(event: ServerEvent): void;
  /** The connection was lost and is being looked for. */
  lost(): void;
  /** It is back; what was missed follows. */
  back(): void;
  refused(error: ServerError): void;
  /** For good. */
  ended(code: FailureCode): void;
}

const GIVEN_UP = 4000;
const TAKEN_OVER = 4001;
const ACKNOWLEDGE_EVERY_MS = 1_000;
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 4_000;
// A server that neither takes nor refuses the way back within this is asked again.
const HANDSHAKE_MS = 5_000;

type Came = ServerEvent & { event_id?: string };

/**
 * One session over as many connections as it takes. A connection that breaks is replaced, with growing pauses, for as long as the
 * server waits; every event comes once and in order.
 */
export class Link {
  private socket: WebSocket | undefined;
  private token: string | undefined;
  private limitMs = 0;
  private last = 0;
  private acknowledged = 0;
  private acknowledging: ReturnType<typeof setInterval> | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private lostAt: number | undefined;
  private delay = FIRST_DELAY_MS;
  private closed = false;
  private abandon: (() => void) | undefined;

  constructor(
    private readonly url: URL,
    private readonly protocols: string[],
    private readonly handlers: LinkHandlers,
  ) {
    addEventListener('offline', this.onOffline);
    addEventListener('online', this.onOnline);
  }

  get bufferedAmount(): number {
    return this.socket?.bufferedAmount ?? 0;
  }

  /** Resolves with the session; rejects where there will be none. */
  open(): Promise<void> {
    const url = new URL(this.url);
    url.searchParams.set('resumable', 'true');
    const socket = (this.socket = new WebSocket(url, this.protocols));
    return new Promise((resolve, reject) => {
      this.abandon = () => reject(new Error('closed'));
      socket.onmessage = (message) => {
        const event = parse(message.data);
        if (event?.type === 'error') this.handlers.refused(event.error);
        if (event?.type !== 'session.created') return;
        this.token = event.session.voiceaspire?.resume_token;
        this.limitMs = event.session.voiceaspire?.resume_limit_ms ?? 0;
        this.acknowledging = setInterval(() => this.acknowledge(), ACKNOWLEDGE_EVERY_MS);
        this.attach(socket);
        this.take(event);
        resolve();
      };
      socket.onclose = this.abandon;
    });
  }

  /** @returns false where nobody can be told now. */
  send(event: object): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN || this.lostAt !== undefined) return false;
    this.socket.send(JSON.stringify(event));
    return true;
  }

  close(): void {
    this.closed = true;
    removeEventListener('offline', this.onOffline);
    removeEventListener('online', this.onOnline);
    clearInterval(this.acknowledging);
    clearTimeout(this.retry);
    this.drop(1000, 'OK');
    this.abandon?.();
  }

  private readonly onOffline = (): void => {
    // The browser knows before TCP does.
    if (this.token && this.lostAt === undefined) this.lose();
  };

  private readonly onOnline = (): void => {
    if (this.lostAt === undefined || this.closed) return;
    this.delay = FIRST_DELAY_MS;
    clearTimeout(this.retry);
    this.comeBack();
  };

  private attach(socket: WebSocket): void {
    socket.onmessage = (message) => {
      const event = parse(message.data);
      if (event) this.take(event);
    };
    socket.onclose = (close) => {
      // A server that says goodbye means it; only a connection that breaks is looked for again.
      if (!close.wasClean && this.token) this.lose();
      else this.end(close.code === TAKEN_OVER ? 'taken_over' : 'connection_lost');
    };
  }

  private take(event: Came): void {
    const number = Number(/^event_(\d+)$/.exec(event.event_id ?? '')?.[1] ?? 0);
    if (number) {
      if (number <= this.last) return;
      this.last = number;
    }

    this.handlers.event(event);
  }

  private acknowledge(): void {
    if (this.last > this.acknowledged && this.send({ type: 'voiceaspire.ack', last_event_id: `event_${this.last}` })) this.acknowledged = this.last;
  }

  private lose(): void {
    if (this.closed) return;
    if (this.lostAt === undefined) {
      this.lostAt = performance.now();
      this.delay = FIRST_DELAY_MS;
      this.handlers.lost();
    }

    this.drop();
    if (performance.now() - this.lostAt >= this.limitMs) {
      this.end('connection_lost');
      return;
    }

    // Somebody else's network broke at the same time: not all come back in the same moment.
    this.retry = setTimeout(() => this.comeBack(), this.delay * (0.5 + Math.random() / 2));
    this.delay = Math.min(this.delay * 2, LONGEST_DELAY_MS);
  }

  private comeBack(): void {
    this.drop();
    const url = new URL(this.url);
    url.search = '';
    url.searchParams.set('resume', this.token!);
    url.searchParams.set('last_event_id', `event_${this.last}`);
    const socket = (this.socket = new WebSocket(url, this.protocols));
    const limit = setTimeout(() => this.lose(), HANDSHAKE_MS);
    socket.onmessage = (message) => {
      const event = parse(message.data);
      if (event?.type === 'voiceaspire.resumed') {
        clearTimeout(limit);
        this.lostAt = undefined;
        this.attach(socket);
        this.handlers.back();
      } else if (event?.type === 'error') {
        clearTimeout(limit);
        this.end('connection_lost');
      }
    };
    socket.onclose = () => {
      clearTimeout(limit);
      this.lose();
    };
  }

  private end(code: FailureCode): void {
    if (this.closed) return;
    this.close();
    this.handlers.ended(code);
  }

  /** A connection that only looks dead must not be taken for a goodbye: the server waits after 4000. */
  private drop(code = GIVEN_UP, reason = 'reconnecting'): void {
    if (!this.socket) return;
    this.socket.onclose = this.socket.onmessage = null;
    this.socket.close(code, reason);
    this.socket = undefined;
  }
}

function parse(data: unknown): Came | null {
  if (typeof data !== 'string') return null;
  try {
    return JSON.parse(data) as Came;
  } catch {
    return null;
  }
}
