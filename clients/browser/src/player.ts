import { fromBase64, toFloats } from './pcm.ts';

const RATE = 24_000;

// Replies arrive faster than they are played. What is queued beyond this is dropped: the tail of an absurdly long reply.
const MAX_QUEUED_SECONDS = 300;

export interface Heard {
  item: string;
  milliseconds: number;
}

type Report =
  | { type: 'started' | 'position' | 'ended'; item: string; played: number }
  | { type: 'flushed'; token: number; item: string; played: number };

/** Plays replies in order and can stop at once, saying how much of the current one was heard. */
export class Player {
  readonly node: AudioWorkletNode;
  private readonly flushes = new Map<number, (heard: Heard | null) => void>();
  private token = 0;
  private pushedSeconds = 0;
  private playedSeconds = 0;
  private base = 0;

  onStarted: (item: string) => void = () => {};
  onEnded: (item: string) => void = () => {};

  constructor(private readonly context: AudioContext) {
    this.node = new AudioWorkletNode(context, 'voiceaspire-playback', { numberOfInputs: 0, numberOfOutputs: 1, outputChannelCount: [1] });
    this.node.port.onmessage = (message: MessageEvent<Report>) => this.receive(message.data);
    this.node.connect(context.destination);
  }

  /** Seconds of reply audio that left the queue towards the speakers. */
  get played(): number {
    return this.base + this.playedSeconds;
  }

  push(item: string, base64: string): number {
    const bytes = fromBase64(base64);
    if (this.pushedSeconds - this.played < MAX_QUEUED_SECONDS) {
      const samples = toFloats(bytes, RATE, this.context.sampleRate);
      this.pushedSeconds += samples.length / this.context.sampleRate;
      this.node.port.postMessage({ type: 'push', item, samples }, [samples.buffer]);
    }

    return bytes.length;
  }

  /** No more audio follows for this item. */
  finish(item: string): void {
    this.node.port.postMessage({ type: 'finish', item });
  }

  /** Silence, now. Null when nothing was being played. */
  flush(): Promise<Heard | null> {
    const token = ++this.token;
    return new Promise((resolve) => {
      this.flushes.set(token, resolve);
      this.node.port.postMessage({ type: 'flush', token });
    });
  }

  close(): void {
    this.node.port.onmessage = null;
    this.node.disconnect();
    for (const resolve of this.flushes.values()) resolve(null);
    this.flushes.clear();
  }

  private receive(report: Report): void {
    const seconds = report.played / this.context.sampleRate;
    if (report.type === 'flushed') {
      this.settle(seconds);
      this.pushedSeconds = this.played;
      // What left the queue is still on its way through the output device: not heard yet.
      const heard = Math.max(0, seconds - (this.context.outputLatency || 0));
      this.flushes.get(report.token)?.(report.item ? { item: report.item, milliseconds: Math.floor(heard * 1000) } : null);
      this.flushes.delete(report.token);
      return;
    }

    if (report.type === 'started') {
      this.settle(this.playedSeconds);
      this.onStarted(report.item);
    }

    this.playedSeconds = seconds;
    if (report.type === 'ended') {
      this.settle(seconds);
      this.onEnded(report.item);
    }
  }

  private settle(seconds: number): void {
    this.base += seconds;
    this.playedSeconds = 0;
  }
}
