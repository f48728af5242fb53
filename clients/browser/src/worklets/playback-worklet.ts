// Plays queued replies and knows, to the sample, how much of each was heard. Samples arrive at the rate of the context.

interface Chunk {
  item: string;
  samples: Float32Array;
}

type Command =
  | { type: 'push'; item: string; samples: Float32Array }
  | { type: 'finish'; item: string }
  | { type: 'flush'; token: number };

// What may gather before the first sample of a reply is played, so that one late packet is not heard.
const PREBUFFER = Math.round(sampleRate * 0.04);
const REPORT_EVERY = Math.round(sampleRate * 0.1);

class PlaybackProcessor extends AudioWorkletProcessor {
  private chunks: Chunk[] = [];
  private offset = 0;
  private queued = 0;
  private item = '';
  private played = 0;
  private unreported = 0;
  private playing = false;
  private finished = new Set<string>();

  constructor() {
    super();
    this.port.onmessage = (message: MessageEvent<Command>) => this.receive(message.data);
  }

  process(_: Float32Array[][], outputs: Float32Array[][]): boolean {
    const output = outputs[0]?.[0];
    if (!output) return true;
    if (!this.playing && this.queued > 0 && (this.queued >= PREBUFFER || this.finished.has(this.chunks[0]!.item))) {
      this.playing = true;
    }

    let written = 0;
    while (this.playing && written < output.length && this.chunks.length > 0) {
      written += this.copy(output, written);
    }

    if (this.playing && this.chunks.length === 0) this.drained();
    return true;
  }

  private copy(output: Float32Array, at: number): number {
    const { item, samples } = this.chunks[0]!;
    if (item !== this.item) {
      if (this.finished.delete(this.item)) this.report('ended');
      this.item = item;
      this.played = 0;
      this.report('started');
    }

    const count = Math.min(output.length - at, samples.length - this.offset);
    output.set(samples.subarray(this.offset, this.offset + count), at);
    this.offset += count;
    this.queued -= count;
    this.played += count;
    this.unreported += count;
    if (this.offset === samples.length) {
      this.chunks.shift();
      this.offset = 0;
    }

    if (this.unreported >= REPORT_EVERY) this.report('position');
    return count;
  }

  private drained(): void {
    // Out of samples in the middle of a reply is a gap: wait for more. At its end, it was heard in full.
    this.playing = false;
    this.report(this.finished.delete(this.item) ? 'ended' : 'position');
  }

  private receive(command: Command): void {
    switch (command.type) {
      case 'push':
        this.chunks.push({ item: command.item, samples: command.samples });
        this.queued += command.samples.length;
        break;
      case 'finish':
        if (this.queued === 0 && this.item === command.item) this.report('ended');
        else this.finished.add(command.item);
        break;
      case 'flush':
        this.port.postMessage({ type: 'flushed', token: command.token, item: this.playing || this.queued > 0 ? this.item : '', played: this.played });
        this.chunks = [];
        this.finished.clear();
        this.offset = this.queued = 0;
        this.playing = false;
        break;
    }
  }

  private report(type: 'started' | 'position' | 'ended'): void {
    this.unreported = 0;
    this.port.postMessage({ type, item: this.item, played: this.played });
  }
}

registerProcessor('voiceaspire-playback', PlaybackProcessor);
