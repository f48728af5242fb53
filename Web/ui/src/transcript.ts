import { create } from './dom.ts';

export type Speaker = 'user' | 'assistant';

/** The running conversation on the page: one bubble per thing said, updated in place while it is still being said. */
export class LiveTranscript {
  private readonly bubbles = new Map<string, HTMLElement>();

  constructor(private readonly list: HTMLElement, private readonly agentName: () => string) {}

  clear(): void {
    this.bubbles.clear();
    this.list.replaceChildren();
  }

  say(speaker: Speaker, item: string, text: string, final: boolean): void {
    const key = `${speaker} ${item}`;
    let bubble = this.bubbles.get(key);
    if (final && !text.trim()) {
      // Heard something that was not speech after all.
      bubble?.remove();
      this.bubbles.delete(key);
      return;
    }

    if (!bubble) {
      bubble = this.add(speaker);
      this.bubbles.set(key, bubble);
    }

    const follow = this.isAtEnd();
    bubble.classList.toggle('partial', !final);
    bubble.querySelector('.said')!.textContent = text;
    if (follow) this.list.scrollTop = this.list.scrollHeight;
  }

  confidence(item: string, confidence: number | null | undefined): void {
    if (confidence === null || confidence === undefined) return;
    this.note('user', item, `${Math.round(confidence * 100)} % sure`);
  }

  note(speaker: Speaker, item: string, text: string): void {
    const meta = this.bubbles.get(`${speaker} ${item}`)?.querySelector('.meta');
    if (meta && !meta.textContent?.includes(text)) meta.append(create('span', 'note', text));
  }

  translation(item: string, language: string, text: string): void {
    const bubble = this.bubbles.get(`user ${item}`);
    if (!bubble) return;
    bubble.querySelector('.translated')?.remove();
    const line = create('p', 'translated', text);
    line.lang = language;
    bubble.append(line);
  }

  private add(speaker: Speaker): HTMLElement {
    const bubble = create('li', `bubble ${speaker}`);
    const meta = create('div', 'meta');
    meta.append(create('span', 'speaker', speaker === 'user' ? 'You' : this.agentName()));
    bubble.append(meta, create('p', 'said'));
    this.list.append(bubble);
    return bubble;
  }

  private isAtEnd(): boolean {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 120;
  }
}
