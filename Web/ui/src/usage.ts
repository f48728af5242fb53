import { all, ApiProblem, attempt, call } from './api.ts';
import { create, need } from './dom.ts';

interface Day {
  day: string;
  key: string;
  kind: string;
  quantity: number;
  events: number;
}

interface Report {
  from: string;
  to: string;
  data: Day[];
  total: Record<string, number>;
}

interface Limits {
  monthly: { kind: string; quota: number; used: number }[];
}

const KINDS: Record<string, { name: string; unit: string }> = {
  audio_seconds: { name: 'Audio', unit: 'seconds' },
  characters: { name: 'Characters', unit: '' },
  tokens: { name: 'Tokens', unit: '' },
  sessions: { name: 'Conversations', unit: '' },
};
const WARNING = 0.8;
const MOST_ROWS = 500;

const numbers = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const dates = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

export function startUsagePage(): void {
  const root = document.querySelector<HTMLElement>('#usage');
  if (root) new UsagePage(root).start();
}

class UsagePage {
  private readonly filter: HTMLFormElement;
  private readonly names = new Map<string, string>();
  private report: Report | null = null;

  constructor(private readonly root: HTMLElement) {
    this.filter = need(root, '[data-filter]');
  }

  start(): void {
    this.filter.addEventListener('submit', (event) => {
      event.preventDefault();
      void attempt(this.root, () => this.load());
    });
    need(this.root, '[data-csv]').addEventListener('click', () => this.download());
    void attempt(this.root, async () => {
      const [month, limits] = await Promise.all([call<Report>('GET', '/api/v1/usage'), call<Limits>('GET', '/api/v1/limits'), this.readNames()]);
      this.input('from').value = month.from;
      this.input('to').value = month.to;
      this.offerKeys(month);
      this.showMonth(month, limits);
      this.show(month);
      this.root.dataset['ready'] = 'true';
    });
  }

  private async load(): Promise<void> {
    const query = new URLSearchParams([...new FormData(this.filter)].filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== ''));
    this.show(await call<Report>('GET', `/api/v1/usage?${query}`));
  }

  /** Names of keys and people, for those who may see them; ids for the others. */
  private async readNames(): Promise<void> {
    const [keys, members] = await Promise.all([
      permitted(all<{ id: string; name: string }>('/api/v1/api-keys')),
      permitted(all<{ user_id: string; email: string }>('/api/v1/members')),
    ]);
    for (const key of keys) this.names.set(key.id, key.name);
    for (const member of members) this.names.set(member.user_id, member.email);
  }

  private offerKeys(month: Report): void {
    const select = need<HTMLSelectElement>(this.filter, '[name="key"]');
    for (const id of new Set([...this.names.keys(), ...month.data.map((day) => day.key)])) select.add(new Option(this.nameOf(id), id));
  }

  private nameOf(id: string): string {
    return this.names.get(id) ?? id;
  }

  private input(name: string): HTMLInputElement {
    return need(this.filter, `[name="${name}"]`);
  }

  private showMonth(month: Report, limits: Limits): void {
    need(this.root, '[data-quotas]').replaceChildren(...Object.keys(KINDS).map((kind) => {
      const quota = limits.monthly.find((q) => q.kind === kind);
      return quotaRow(kind, quota?.used ?? month.total[kind] ?? 0, quota?.quota ?? null);
    }));
  }

  private show(report: Report): void {
    this.report = report;
    const kinds = Object.keys(KINDS).filter((kind) => report.data.some((day) => day.kind === kind));
    need(this.root, '[data-charts]').replaceChildren(...kinds.map((kind) => chart(kind, report)));
    need(this.root, '[data-summary]').textContent = report.data.length === 0
      ? `Nothing was used from ${dateOf(report.from)} to ${dateOf(report.to)}.`
      : `${dateOf(report.from)} to ${dateOf(report.to)}: ${kinds.map((kind) => `${quantityOf(report.total[kind] ?? 0, kind)} ${wordOf(kind).toLowerCase()}`).join(', ')}.`;
    const newest = [...report.data].reverse();
    need(this.root, '[data-table]').hidden = newest.length === 0;
    need(this.root, '[data-rows]').replaceChildren(...newest.slice(0, MOST_ROWS).map((day) => this.row(day)));
    const cut = need(this.root, '[data-cut]');
    cut.hidden = newest.length <= MOST_ROWS;
    cut.textContent = `The newest ${MOST_ROWS} of ${newest.length} rows. All of them are in the CSV.`;
  }

  private row(day: Day): HTMLElement {
    const row = create('tr', '');
    const cells: [string, string, string][] = [
      ['Day', dateOf(day.day), ''], ['Key or person', this.nameOf(day.key), ''], ['Kind', wordOf(day.kind), ''],
      ['Used', quantityOf(day.quantity, day.kind), 'number'], ['Events', numbers.format(day.events), 'number'],
    ];
    for (const [label, text, style] of cells) {
      const cell = create('td', style, text);
      cell.dataset['label'] = label;
      row.append(cell);
    }

    return row;
  }

  private download(): void {
    const { report } = this;
    if (!report) return;
    const rows = report.data.map((day) => [day.day, day.key, this.nameOf(day.key), day.kind, String(day.quantity), String(day.events)]);
    const text = [['day', 'key', 'name', 'kind', 'quantity', 'events'], ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n');
    const link = create('a', '') as HTMLAnchorElement;
    link.href = URL.createObjectURL(new Blob(['\uFEFF', text, '\r\n'], { type: 'text/csv' }));
    link.download = `usage-${report.from}-${report.to}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  }
}

/** Names are people's own words: quoted, and never the beginning of a spreadsheet's formula. */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?[\d.]+$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What somebody may not see is nothing, and no problem. */
async function permitted<T>(asked: Promise<T[]>): Promise<T[]> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 403) return [];
    throw error;
  }
}

function quotaRow(kind: string, used: number, quota: number | null): HTMLElement {
  const row = create('li', 'quota');
  const { name, unit } = KINDS[kind]!;
  const share = quota ? used / quota : quota === 0 ? 1 : 0;
  const state = share >= 1 ? 'grave' : share >= WARNING ? 'warned' : '';
  const amount = quota === null ? `${quantityOf(used, kind)}, no quota` : `${quantityOf(used, kind)} of ${numbers.format(quota)}`;
  row.append(create('strong', '', unit ? `${name}, ${unit}` : name), create('span', 'quota-amount', amount));
  row.dataset['kind'] = kind;
  if (quota === null) return row;
  const meter = create('span', `quota-meter ${state}`);
  meter.setAttribute('role', 'meter');
  meter.setAttribute('aria-label', `${name}: share of this month's quota`);
  meter.setAttribute('aria-valuemin', '0');
  meter.setAttribute('aria-valuemax', '100');
  meter.setAttribute('aria-valuenow', String(Math.min(100, Math.round(share * 100))));
  meter.setAttribute('aria-valuetext', `${Math.floor(share * 100)} % of ${numbers.format(quota)}`);
  const fill = create('span', '');
  fill.style.inlineSize = `${Math.min(100, share * 100)}%`;
  meter.append(fill);
  row.append(meter);
  if (state) row.append(create('span', `status ${state}`, share >= 1 ? 'Used up: refused until the month is over' : `${Math.floor(share * 100)} % used`));
  return row;
}

/** One bar a day; the numbers are in the table for those who cannot see it. */
function chart(kind: string, report: Report): HTMLElement {
  const sums = new Map<string, number>();
  for (const day of report.data) if (day.kind === kind) sums.set(day.day, (sums.get(day.day) ?? 0) + day.quantity);
  const days = daysOf(report);
  const most = Math.max(...sums.values());
  const figure = create('figure', 'chart');
  const bars = create('div', 'chart-bars');
  const best = [...sums].find(([, sum]) => sum === most)!;
  bars.setAttribute('role', 'img');
  bars.setAttribute('aria-label', `${wordOf(kind)} by day; most on ${dateOf(best[0])}: ${quantityOf(most, kind)}.`);
  bars.append(...days.map((day) => {
    const bar = create('span', 'chart-bar');
    const sum = sums.get(day) ?? 0;
    bar.style.blockSize = sum === 0 ? '1px' : `${Math.max(3, (sum / most) * 100)}%`;
    bar.title = `${dateOf(day)}: ${quantityOf(sum, kind)}`;
    return bar;
  }));
  const caption = create('figcaption', '');
  caption.append(create('strong', '', wordOf(kind)), create('span', 'muted small', `most in a day ${quantityOf(most, kind)}`));
  const axis = create('div', 'chart-axis muted small');
  axis.append(create('span', '', dateOf(report.from)), create('span', '', dateOf(report.to)));
  axis.setAttribute('aria-hidden', 'true');
  figure.append(caption, bars, axis);
  return figure;
}

function daysOf(report: Report): string[] {
  const days: string[] = [];
  for (let at = Date.parse(report.from); at <= Date.parse(report.to); at += 24 * 3600 * 1000) days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

function wordOf(kind: string): string {
  const { name, unit } = KINDS[kind] ?? { name: kind, unit: '' };
  return unit ? `${name.toLowerCase()} ${unit}`.replace(/^./, (c) => c.toUpperCase()) : name;
}

function quantityOf(quantity: number, kind: string): string {
  return numbers.format(kind === 'sessions' ? Math.round(quantity) : quantity);
}

function dateOf(day: string): string {
  return dates.format(new Date(`${day}T00:00:00Z`));
}
