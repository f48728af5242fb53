import { ConversationFailure } from './failure.ts';

export interface MicrophoneFrame {
  /** 20 ms of 24 kHz, 16-bit little-endian mono. */
  pcm: Uint8Array<ArrayBuffer>;
  /** Root mean square, 0 to 1. */
  level: number;
}

/** The microphone as a stream of frames. */
export class Microphone {
  private constructor(
    private readonly stream: MediaStream,
    private readonly source: MediaStreamAudioSourceNode,
    private readonly node: AudioWorkletNode,
  ) {}

  static async request(): Promise<MediaStream> {
    if (!navigator.mediaDevices?.getUserMedia) throw new ConversationFailure('microphone_unavailable');
    try {
      return await navigator.mediaDevices.getUserMedia({
        audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
      });
    } catch (error) {
      throw ConversationFailure.ofMicrophone(error);
    }
  }

  static attach(stream: MediaStream, context: AudioContext, onFrame: (frame: MicrophoneFrame) => void, onLost: () => void): Microphone {
    const source = context.createMediaStreamSource(stream);
    const node = new AudioWorkletNode(context, 'voiceaspire-capture', { numberOfInputs: 1, numberOfOutputs: 0, channelCount: 1, channelCountMode: 'explicit' });
    node.port.onmessage = (message: MessageEvent<{ pcm: ArrayBuffer; level: number }>) =>
      onFrame({ pcm: new Uint8Array(message.data.pcm), level: message.data.level });
    source.connect(node);
    stream.getAudioTracks()[0]?.addEventListener('ended', onLost);
    return new Microphone(stream, source, node);
  }

  close(): void {
    this.source.disconnect();
    this.node.port.onmessage = null;
    for (const track of this.stream.getTracks()) track.stop();
  }
}
