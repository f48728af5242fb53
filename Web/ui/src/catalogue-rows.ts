import { create } from './dom.ts';

interface Capability {
  capability: string;
  streaming: boolean;
  languages: string[];
  price: Record<'per_audio_minute' | 'per_million_characters' | 'per_million_input_tokens' | 'per_million_output_tokens', number> | null;
  measured: { calls: number; error_rate: number | null; median_first_ms: number | null; p95_first_ms: number | null };
  breaker: 'closed' | 'open' | 'half_open';
  default_for: string[];
}

export interface Provider {
  name: string;
  kind: string;
  origin: 'embedded' | 'configured' | 'organization';
  local: boolean;
  model: string | null;
  capabilities: Capability[];
  settings: { base_url: string | null; has_key: boolean } | null;
}

const FEW = 4;
const WORDS: Record<string, string> = { transcription: 'Hear', chat: 'Answer', speech: 'Speak', translation: 'Translate' };
const WHOSE = { embedded: 'Built in', configured: 'The operator’s', organization: 'Your own' };
const dollars = new Intl.NumberFormat(undefined, { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol', maximumFractionDigits: 4, minimumFractionDigits: 0 });
const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });
const languageNames = new Intl.DisplayNames(undefined, { type: 'language' });

/** A group of rows, one for each thing that the provider can do. */
export function providerRows(provider: Provider, actions: HTMLElement | null): HTMLElement {
  const body = create('tbody', 'provider');
  body.dataset['provider'] = provider.name;
  const span = Math.max(1, provider.capabilities.length);
  const rows = provider.capabilities.length === 0 ? [nothingRow()] : provider.capabilities.map(capabilityRow);
  const head = headOf(provider);
  head.rowSpan = span;
  rows[0]!.prepend(head);
  if (actions) {
    const cell = create('td', 'provider-test') as HTMLTableCellElement;
    cell.rowSpan = span;
    cell.append(actions);
    rows[0]!.append(cell);
  }

  body.append(...rows);
  return body;
}

function headOf(provider: Provider): HTMLTableCellElement {
  const head = create('th', '') as HTMLTableCellElement;
  head.scope = 'rowgroup';
  const facts = [provider.kind, provider.model, provider.settings?.base_url].filter(Boolean).join(' · ');
  const whose = create('span', 'provider-whose');
  whose.append(
    create('span', provider.origin === 'organization' ? 'status live' : 'status', WHOSE[provider.origin]),
    create('span', 'status', provider.local ? 'Local' : 'Remote'),
  );
  if (provider.settings) whose.append(create('span', 'status', provider.settings.has_key ? 'Has a key' : 'No key'));
  head.append(create('strong', '', provider.name), create('small', 'muted', facts), whose);
  return head;
}

function nothingRow(): HTMLElement {
  const row = create('tr', '');
  const cell = create('td', 'muted', 'What it can do is not known.') as HTMLTableCellElement;
  cell.colSpan = 6;
  row.append(cell);
  return row;
}

function capabilityRow(can: Capability): HTMLElement {
  const row = create('tr', '');
  row.dataset['capability'] = can.capability;
  const cells: [string, string | HTMLElement][] = [
    ['Can do', WORDS[can.capability] ?? can.capability], ['Languages', languagesOf(can.languages)], ['Streaming', can.streaming ? 'Yes' : 'No'],
    ['Price', priceOf(can)], ['Last 15 minutes', measuredOf(can)], ['Default for', defaultsOf(can.default_for)],
  ];
  for (const [label, content] of cells) {
    const cell = create('td', '');
    cell.dataset['label'] = label;
    cell.append(content);
    row.append(cell);
  }

  return row;
}

/** Some speak more than a hundred: the first few, and the others for who asks. */
function languagesOf(codes: string[]): string | HTMLElement {
  if (codes.length === 0) return 'As its model';
  const names = codes.map(nameOf);
  if (names.length <= FEW + 1) return names.join(', ');
  const details = create('details', '');
  details.append(create('summary', '', `${names.slice(0, FEW).join(', ')} and ${names.length - FEW} more`), create('span', 'muted', names.slice(FEW).join(', ')));
  return details;
}

function priceOf({ price }: Capability): string {
  if (!price) return 'Not known';
  const parts = [
    price.per_audio_minute && `${dollars.format(price.per_audio_minute)} a minute`,
    price.per_million_characters && `${dollars.format(price.per_million_characters)} a million characters`,
    price.per_million_input_tokens && `${dollars.format(price.per_million_input_tokens)} a million tokens in`,
    price.per_million_output_tokens && `${dollars.format(price.per_million_output_tokens)} a million tokens out`,
  ].filter(Boolean);
  return parts.join(', ') || 'Free';
}

function measuredOf({ measured, breaker }: Capability): string | HTMLElement {
  const text = measured.calls === 0 ? 'Not asked' : [
    measured.median_first_ms !== null && `median ${whole.format(measured.median_first_ms)} ms`,
    measured.p95_first_ms !== null && `95 % within ${whole.format(measured.p95_first_ms)} ms`,
    `${percent.format(measured.error_rate ?? 0)} of ${whole.format(measured.calls)} failed`,
  ].filter(Boolean).join(', ');
  if (breaker === 'closed') return text;
  const both = create('span', 'provider-measured');
  both.append(create('span', '', text), create('span', 'status warned', breaker === 'open' ? 'Left alone for a moment' : 'Being tried again'));
  return both;
}

/** `any` stands for the languages that have nobody of their own; who has one says so beside it. */
function defaultsOf(languages: string[]): string {
  return languages.map((code) => (code === 'any' ? 'Any language' : nameOf(code))).join(', ') || '–';
}

function nameOf(code: string): string {
  try {
    return languageNames.of(code) ?? code;
  } catch {
    // No tag that the browser knows as one.
    return code;
  }
}
