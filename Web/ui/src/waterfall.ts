import type { Latency, Stage } from '@voiceaspire/realtime';
import { create } from './dom.ts';

interface Bar {
  label: string;
  start: number;
  length: number;
  kind: string;
}

const LABELS: Record<Stage, string> = {
  endpointing: 'Turn end',
  transcript_final: 'Transcript',
  first_token: 'First word',
  safety: 'Safety check',
  first_audio: 'First audio',
};

const CHAIN: Stage[] = ['endpointing', 'transcript_final', 'first_token', 'first_audio'];

/** The stages of one turn on a common time axis. The safety check runs beside the model, so its bar lies under that one. */
export function drawWaterfall(into: HTMLElement, latency: Latency): void {
  const bars: Bar[] = [];
  let at = 0;
  for (const stage of CHAIN) {
    const length = latency.stages[stage];
    if (length === undefined) continue;
    bars.push({ label: LABELS[stage], start: at, length, kind: stage });
    if (stage === 'transcript_final' && latency.stages.safety !== undefined) {
      bars.push({ label: LABELS.safety, start: at + length, length: latency.stages.safety, kind: 'safety' });
    }

    at += length;
  }

  const total = Math.max(latency.voice_to_voice, at, 1);
  into.replaceChildren(...bars.map((bar) => row(bar, total)));
}

function row(bar: Bar, total: number): HTMLElement {
  const line = create('div', 'waterfall-row');
  const track = create('span', 'waterfall-track');
  const fill = create('span', `waterfall-bar stage-${bar.kind}`);
  fill.style.insetInlineStart = `${(bar.start / total) * 100}%`;
  fill.style.inlineSize = `${Math.max((bar.length / total) * 100, 0.8)}%`;
  track.append(fill);
  line.append(create('span', 'waterfall-label', bar.label), track, create('span', 'waterfall-value', `${Math.round(bar.length)} ms`));
  return line;
}
