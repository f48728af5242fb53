import { RealtimeConversation, type Intervention, type Latency, type Status } from '@voiceaspire/realtime';
import { create, need } from './dom.ts';
import { LiveTranscript } from './transcript.ts';
import { drawWaterfall } from './waterfall.ts';

const STATUS: Record<Status, string> = {
  idle: 'Ready when you are',
  connecting: 'Connecting…',
  listening: 'Listening',
  hearing: 'Hearing you',
  thinking: 'Thinking…',
  speaking: 'Speaking: interrupt at any time',
  reconnecting: 'Connection lost: reconnecting…',
  ended: 'Conversation ended',
  failed: 'Conversation stopped',
};

export function startTalkPage(): void {
  const root = document.querySelector<HTMLElement>('#talk');
  if (root) new TalkPage(root).ready();
}

class TalkPage {
  private readonly button: HTMLElement;
  private readonly status: HTMLElement;
  private readonly meter: HTMLElement;
  private readonly problem: HTMLElement;
  private readonly empty: HTMLElement;
  private readonly agents: HTMLInputElement[];
  private readonly transcript: LiveTranscript;
  private conversation: RealtimeConversation | undefined;
  private sessionId = '';
  private turns = 0;
  private level = 0;

  constructor(private readonly root: HTMLElement) {
    this.button = need(root, '#talk-toggle');
    this.status = need(root, '#talk-status');
    this.meter = need(root, '#talk-level');
    this.problem = need(root, '#talk-problem');
    this.empty = need(root, '#talk-empty');
    this.agents = [...root.querySelectorAll<HTMLInputElement>('input[name="agent"]')];
    this.transcript = new LiveTranscript(need(root, '#talk-transcript'), () => this.agent?.dataset['name'] ?? 'Agent');
  }

  ready(): void {
    this.button.addEventListener('click', () => this.toggle());
    addEventListener('pagehide', () => this.conversation?.stop());
    for (const input of this.agents) {
      input.addEventListener('change', () => history.replaceState(null, '', `?agent=${encodeURIComponent(input.value)}`));
    }

    this.show('idle');
    this.root.dataset['ready'] = 'true';
  }

  private get agent(): HTMLInputElement | undefined {
    return this.agents.find((input) => input.checked);
  }

  private get live(): boolean {
    return !['idle', 'ended', 'failed'].includes(this.conversation?.status ?? 'idle');
  }

  private toggle(): void {
    if (this.live) {
      this.conversation?.stop();
      return;
    }

    if (!this.agent) return;
    this.reset();
    const conversation = new RealtimeConversation({ agent: this.agent.value });
    this.conversation = conversation;
    this.listen(conversation);
    // The status event has told what went wrong.
    conversation.start().catch(() => undefined);
  }

  private reset(): void {
    this.transcript.clear();
    this.turns = 0;
    this.sessionId = '';
    this.tell('');
    for (const id of ['#talk-latency', '#talk-safety', '#talk-record']) need(this.root, id).hidden = true;
    need(this.root, '#talk-latency-empty').hidden = false;
    Object.assign(this.root.dataset, { turns: '0', audioBytes: '0', playedMs: '0', sessionId: '' });
  }

  private listen(conversation: RealtimeConversation): void {
    conversation
      .on('status', ({ status, failure }) => {
        this.show(status);
        this.tell(failure?.message ?? '');
      })
      .on('session', ({ id }) => {
        this.sessionId = id;
        this.root.dataset['sessionId'] = id;
      })
      .on('level', ({ level }) => this.showLevel(level))
      .on('user', ({ item, text, final, confidence }) => {
        this.say('user', item, text, final);
        if (final) this.transcript.confidence(item, confidence);
      })
      .on('assistant', ({ item, text, final }) => this.say('assistant', item, text, final))
      .on('interrupted', ({ item }) => this.transcript.note('assistant', item, 'interrupted'))
      .on('translation', ({ item_id, target_language, text }) => this.transcript.translation(item_id, target_language, text))
      .on('latency', (latency) => this.showLatency(latency))
      .on('turn', () => (this.root.dataset['turns'] = String(++this.turns)))
      .on('safety', (intervention) => this.showSafety(intervention))
      .on('problem', (error) => this.tell(error.message));
  }

  private say(speaker: 'user' | 'assistant', item: string, text: string, final: boolean): void {
    this.empty.hidden = true;
    this.transcript.say(speaker, item, text, final);
  }

  private show(status: Status): void {
    this.root.dataset['status'] = status;
    this.status.textContent = STATUS[status];
    const live = this.live;
    this.button.textContent = live ? 'End conversation' : 'Start talking';
    this.button.setAttribute('appearance', live ? 'outline' : 'primary');
    for (const input of this.agents) input.disabled = live;
    if (!live) this.meter.style.setProperty('--level', '0');
    if ((status === 'ended' || status === 'failed') && this.sessionId) {
      const record = need<HTMLAnchorElement>(this.root, '#talk-record');
      record.href = `/sessions/${encodeURIComponent(this.sessionId)}`;
      record.hidden = false;
    }
  }

  private showLevel(level: number): void {
    // Loudness is heard logarithmically: -54 dB is silence, -6 dB as loud as speech gets. Falls slower than it rises.
    const decibels = 20 * Math.log10(level + 1e-6);
    const target = Math.min(1, Math.max(0, (decibels + 54) / 48));
    this.level = Math.max(target, this.level * 0.85);
    this.meter.style.setProperty('--level', this.level.toFixed(3));
    this.root.dataset['audioBytes'] = String(this.conversation?.audioBytes ?? 0);
    this.root.dataset['playedMs'] = String(Math.round((this.conversation?.playedSeconds ?? 0) * 1000));
  }

  private showLatency(latency: Latency): void {
    need(this.root, '#talk-latency-empty').hidden = true;
    need(this.root, '#talk-latency').hidden = false;
    need(this.root, '#talk-total').textContent = String(Math.round(latency.voice_to_voice));
    drawWaterfall(need(this.root, '#talk-waterfall'), latency);
  }

  private showSafety(intervention: Intervention): void {
    const panel = need(this.root, '#talk-safety');
    panel.dataset['severity'] = intervention.severity;
    need(panel, '.safety-message').textContent = intervention.message;
    const resources = intervention.resources.map((resource) => {
      const line = create('li', 'resource');
      line.append(create('strong', '', resource.name), create('span', '', resource.contact));
      if (resource.url?.startsWith('https://')) {
        const link = create('a', '', new URL(resource.url).host) as HTMLAnchorElement;
        link.href = resource.url;
        link.rel = 'noreferrer';
        link.target = '_blank';
        line.append(link);
      }

      return line;
    });
    need(panel, '.safety-resources').replaceChildren(...resources);
    panel.hidden = false;
  }

  private tell(message: string): void {
    this.problem.textContent = message;
    this.problem.hidden = message === '';
  }
}
