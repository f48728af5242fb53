import { create } from './dom.ts';

export function rowOf(title: string, detail: string): HTMLElement {
  const row = create('li', 'row');
  const text = create('span', 'row-text');
  text.append(create('strong', '', title), create('small', 'muted', detail));
  row.append(text);
  return row;
}

export function button(label: string, action: () => Promise<void>): HTMLElement {
  const element = create('button', 'button', label) as HTMLButtonElement;
  element.type = 'button';
  element.addEventListener('click', () => void action());
  return element;
}
