import { ConversationFailure, type FailureCode } from './failure.ts';
import { Link } from './link.ts';
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
  private link: Link | undefined;
  private current: Status = 'idle';
  private shown: Status = 'idle';
  private reconnecting = false;
  private responding = false;
  private stopped = false;

  /** Bytes of reply audio received. */
  audioBytes = 0;
  /** Frames not sent because the network was too slow. */
  droppedFrames = 0;

  constructor(private readonly options: ConversationOptions) {}

  get status(): Status {
    return this.shown;
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
      await this.connect();
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

  private async connect(): Promise<void> {
    const url = new URL(this.options.url ?? '/v1/realtime', location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    url.searchParams.set('agent', this.options.agent);
    const protocols = ['realtime', ...(this.options.apiKey ? [`openai-insecure-api-key.${this.options.apiKey}`] : [])];
    this.link = new Link(url, protocols, {
      event: (event) => this.receive(event),
      lost: () => this.show(true),
      back: () => this.show(false),
      refused: (error) => this.emit('problem', error),
      ended: (code) => this.fail(code),
    });
    try {
      await this.link.open();
    } catch {
      throw new ConversationFailure(await this.whyRefused());
    }
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
    if (!this.link) return;
    if (this.link.bufferedAmount > MAX_BUFFERED_BYTES) {
      this.droppedFrames++;
      return;
    }

    this.transmit({ type: 'input_audio_buffer.append', audio: toBase64(frame.pcm) });
  }

  private transmit(event: object): void {
    // What is said while the connection is being looked for is lost: the server has silence in its place.
    this.link?.send(event);
  }

  private receive(event: ServerEvent): void {
    switch (event.type) {
      case 'session.created':
        this.emit('session', { id: event.session.id });
        this.become('listening');
        break;
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
    this.link?.close();
    this.reconnecting = false;
    this.become(status, failure);
  }

  private become(status: Status, failure?: ConversationFailure): void {
    this.current = status;
    this.show(this.reconnecting, failure);
  }

  /** While the connection is being looked for that is what is shown; the conversation goes on below. */
  private show(reconnecting: boolean, failure?: ConversationFailure): void {
    this.reconnecting = reconnecting;
    const status = reconnecting ? 'reconnecting' : this.current;
    if (this.shown === status) return;
    this.shown = status;
    this.emit('status', { status, ...(failure ? { failure } : {}) });
  }

  private emit<K extends keyof ConversationEvents>(name: K, value: ConversationEvents[K]): void {
    for (const handler of this.handlers.get(name) ?? []) (handler as Handler<ConversationEvents[K]>)(value);
  }
}
