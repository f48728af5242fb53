// Microphone samples -> frames of 20 ms, 24 kHz, 16-bit. Runs on the audio thread: no allocation besides the frame that is handed over.

const RATE = 24_000;
const FRAME = RATE / 50;

class CaptureProcessor extends AudioWorkletProcessor {
  private frame = new Int16Array(FRAME);
  private filled = 0;
  private squares = 0;
  // Position of the next output sample between two input samples, for contexts that do not run at 24 kHz.
  private readonly step = sampleRate / RATE;
  private position = 0;
  private previous = 0;

  process(inputs: Float32Array[][]): boolean {
    const samples = inputs[0]?.[0];
    if (samples) {
      if (this.step === 1) {
        for (let i = 0; i < samples.length; i++) this.add(samples[i]!);
      } else {
        this.resample(samples);
      }
    }

    return true;
  }

  private resample(samples: Float32Array): void {
    // Linear interpolation: the browser has already limited the band of a voice recorded for a call.
    let at = this.position;
    for (; at < samples.length; at += this.step) {
      const index = Math.floor(at);
      const before = index === 0 ? this.previous : samples[index - 1]!;
      this.add(before + (samples[index]! - before) * (at - index));
    }

    this.position = at - samples.length;
    this.previous = samples[samples.length - 1]!;
  }

  private add(sample: number): void {
    const clipped = Math.max(-1, Math.min(1, sample));
    this.squares += clipped * clipped;
    this.frame[this.filled++] = clipped * 32767;
    if (this.filled === FRAME) {
      const pcm = this.frame.buffer;
      this.port.postMessage({ pcm, level: Math.sqrt(this.squares / FRAME) }, [pcm]);
      this.frame = new Int16Array(FRAME);
      this.filled = 0;
      this.squares = 0;
    }
  }
}

registerProcessor('voiceaspire-capture', CaptureProcessor);
