import { ConversationFailure, type FailureCode } from './failure.ts';
import { Microphone, type MicrophoneFrame } from './microphone.ts';
import { Player } from './player.ts';
import { toBase64 } from './pcm.ts';
import type { Intervention, Latency, ServerError, ServerEvent, Status, Translation, Turn } from './events.ts';

export interface ConversationOptions {
  /** Id of the agent to talk to. */
  agent: string;
  /** Defaults to `/v1/realtime` on the page's own origin, where the sign-in cookie is the credential. */
  url?: string | URL;
  /** Only for pages on another origin; goes out as a subprotocol, as browsers cannot set headers on WebSockets. */
  apiKey?: string;
  /** Where the two worklets are; beside this script unless given. */
  worklets?: string | URL;
}

export interface ConversationEvents {
  status: { status: Status; failure?: ConversationFailure };
  session: { id: string };
  level: { level: number };
  user: { item: string; text: string; final: boolean; confidence?: number | null };
  assistant: { item: string; text: string; final: boolean };
  interrupted: { item: string; milliseconds: number };
  latency: Latency;
  turn: Turn;
  translation: Translation;
  safety: Intervention;
  problem: ServerError;
}

type Handler<T> = (value: T) => void;

// Four seconds of audio that the network has not taken: sending more would only make the conversation late.
const MAX_BUFFERED_BYTES = 4 * 48_000 * (4 / 3);

/**
 * One spoken conversation: microphone in, reply out, and everything that happens in between as events.
 * An instance is used once; `start` resolves when the agent is listening.
 */
export class RealtimeConversation {
  private readonly handlers = new Map<string, Set<Handler<never>>>();
  private readonly texts = new Map<string, string>();
  private readonly cut = new Set<string>();
  private context: AudioContext | undefined;
  private microphone: Microphone | undefined;
  private player: Player | undefined;
  private socket: WebSocket | undefined;
  private current: Status = 'idle';
  private responding = false;
  private stopped = false;

  /** Bytes of reply audio received. */
  audioBytes = 0;
  /** Frames not sent because the network was too slow. */
  droppedFrames = 0;

  constructor(private readonly options: ConversationOptions) {}

  get status(): Status {
    return this.current;
  }

  get playedSeconds(): number {
    return this.player?.played ?? 0;
  }

  on<K extends keyof ConversationEvents>(name: K, handler: Handler<ConversationEvents[K]>): this {
    const set = this.handlers.get(name) ?? new Set();
    this.handlers.set(name, set.add(handler as Handler<never>));
    return this;
  }

  async start(): Promise<void> {
    this.become('connecting');
    let stream: MediaStream | undefined;
    try {
      // The microphone first: somebody who refuses it has not begun a conversation.
      stream = await Microphone.request();
      this.context = await this.openAudio();
      this.player = this.createPlayer(this.context);
      this.socket = await this.connect();
      if (this.stopped) throw new ConversationFailure('connection_lost');
      this.microphone = Microphone.attach(stream, this.context, (frame) => this.send(frame), () => this.fail('microphone_missing'));
    } catch (error) {
      for (const track of stream?.getTracks() ?? []) track.stop();
      if (this.stopped) return;
      const failure = error instanceof ConversationFailure ? error : new ConversationFailure('audio_unavailable', { cause: error });
      this.end('failed', failure);
      throw failure;
    }
  }

  stop(): void {
    this.end('ended');
  }

  private async openAudio(): Promise<AudioContext> {
    // Where the browser can, it resamples for us, better than the worklet would. Firefox cannot join a microphone to another rate.
    const context = navigator.userAgent.includes('Firefox') ? new AudioContext() : new AudioContext({ sampleRate: 24_000, latencyHint: 'interactive' });
    const base = new URL(this.options.worklets ?? '.', import.meta.url);
    await Promise.all(['capture-worklet.js', 'playback-worklet.js'].map((name) => context.audioWorklet.addModule(new URL(name, base))));
    await context.resume();
    return context;
  }

  private createPlayer(context: AudioContext): Player {
    const player = new Player(context);
    player.onStarted = () => this.become('speaking');
    player.onEnded = () => {
      if (this.current === 'speaking') this.become(this.responding ? 'thinking' : 'listening');
    };
    return player;
  }

  private connect(): Promise<WebSocket> {
    const url = new URL(this.options.url ?? '/v1/realtime', location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    url.searchParams.set('agent', this.options.agent);
    const protocols = ['realtime', ...(this.options.apiKey ? [`openai-insecure-api-key.${this.options.apiKey}`] : [])];
    const socket = new WebSocket(url, protocols);
    return new Promise((resolve, reject) => {
      let created = false;
      socket.onmessage = (message) => {
        const event = parse(message.data);
        if (!event) return;
        if (event.type === 'session.created') {
          created = true;
          this.emit('session', { id: event.session.id });
          this.become('listening');
          resolve(socket);
        } else if (event.type === 'error' && !created) {
          this.emit('problem', event.error);
        } else {
          this.receive(event);
        }
      };
      socket.onclose = () => (created ? this.fail('connection_lost') : void this.whyRefused().then((code) => reject(new ConversationFailure(code))));
    });
  }

  /** Browsers do not tell a script why a WebSocket was refused; the sign-in state is the likely reason and can be asked for. */
  private async whyRefused(): Promise<FailureCode> {
    if (this.options.apiKey || this.options.url) return 'unreachable';
    try {
      return (await fetch('/api/v1/auth/me')).status === 401 ? 'signed_out' : 'unreachable';
    } catch {
      return 'unreachable';
    }
  }

  private send(frame: MicrophoneFrame): void {
    this.emit('level', { level: frame.level });
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    if (this.socket.bufferedAmount > MAX_BUFFERED_BYTES) {
      this.droppedFrames++;
      return;
    }

    this.transmit({ type: 'input_audio_buffer.append', audio: toBase64(frame.pcm) });
  }

  private transmit(event: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(event));
  }

  private receive(event: ServerEvent): void {
    switch (event.type) {
      case 'input_audio_buffer.speech_started':
        void this.interrupt();
        this.become('hearing');
        break;
      case 'input_audio_buffer.speech_stopped':
        if (this.current === 'hearing') this.become('thinking');
        break;
      case 'voiceaspire.transcript.partial':
        this.emit('user', { item: event.item_id, text: event.text, final: false });
        break;
      case 'conversation.item.input_audio_transcription.completed':
        this.emit('user', { item: event.item_id, text: event.transcript, final: true, confidence: event.confidence ?? null });
        if (!event.transcript.trim() && this.current === 'thinking' && !this.responding) this.become('listening');
        break;
      case 'conversation.item.input_audio_transcription.failed':
      case 'error':
        this.emit('problem', event.error);
        break;
      case 'voiceaspire.latency':
        this.emit('latency', event);
        break;
      case 'voiceaspire.turn':
        this.emit('turn', event);
        break;
      case 'voiceaspire.translation':
        this.emit('translation', event);
        break;
      case 'voiceaspire.safety':
        this.emit('safety', event.intervention);
        break;
      default:
        this.receiveReply(event);
    }
  }

  private receiveReply(event: ServerEvent): void {
    switch (event.type) {
      case 'response.created':
        this.responding = true;
        break;
      case 'response.output_audio.delta':
        // What was on the way when the user spoke up is not played any more.
        if (!this.cut.has(event.item_id)) this.audioBytes += this.player?.push(event.item_id, event.delta) ?? 0;
        break;
      case 'response.output_audio.done':
        this.player?.finish(event.item_id);
        break;
      case 'response.output_audio_transcript.delta':
      case 'response.output_text.delta':
        this.say(event.item_id, (this.texts.get(event.item_id) ?? '') + event.delta, false);
        break;
      case 'response.output_audio_transcript.done':
        this.say(event.item_id, event.transcript, true);
        break;
      case 'response.output_text.done':
        this.say(event.item_id, event.text, true);
        break;
      case 'response.done':
        this.responding = false;
        if (this.current === 'thinking') this.become('listening');
        break;
    }
  }

  private say(item: string, text: string, final: boolean): void {
    if (final) this.texts.delete(item);
    else this.texts.set(item, text);
    if (text) this.emit('assistant', { item, text, final });
  }

  /** The user speaks: silence at once, and tell the server what was heard, so that it remembers no more than that. */
  private async interrupt(): Promise<void> {
    const heard = await this.player?.flush();
    if (!heard) return;
    this.cut.add(heard.item);
    this.transmit({ type: 'conversation.item.truncate', item_id: heard.item, content_index: 0, audio_end_ms: heard.milliseconds });
    this.emit('interrupted', heard);
  }

  private fail(code: FailureCode): void {
    this.end('failed', new ConversationFailure(code));
  }

  private end(status: 'ended' | 'failed', failure?: ConversationFailure): void {
    if (this.stopped) return;
    this.stopped = true;
    this.microphone?.close();
    this.player?.close();
    void this.context?.close();
    if (this.socket) {
      this.socket.onclose = this.socket.onmessage = null;
      this.socket.close(1000, 'OK');
    }

    this.become(status, failure);
  }

  private become(status: Status, failure?: ConversationFailure): void {
    if (this.current === status) return;
    this.current = status;
    this.emit('status', { status, ...(failure ? { failure } : {}) });
  }

  private emit<K extends keyof ConversationEvents>(name: K, value: ConversationEvents[K]): void {
    for (const handler of this.handlers.get(name) ?? []) (handler as Handler<ConversationEvents[K]>)(value);
  }
}

function parse(data: unknown): ServerEvent | null {
  if (typeof data !== 'string') return null;
  try {
    return JSON.parse(data) as ServerEvent;
  } catch {
    return null;
  }
}
