const formats: Record<string, Intl.DateTimeFormatOptions> = {
  day: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  moment: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' },
  full: { dateStyle: 'full', timeStyle: 'short' },
};

/** A moment of the API in the reader's own time and language. */
export function localTime(iso: string): string {
  return new Intl.DateTimeFormat(undefined, formats['moment']).format(new Date(iso));
}

/** The day alone, in the reader's own time and language. */
export function localDay(iso: string): string {
  return new Intl.DateTimeFormat(undefined, formats['date']).format(new Date(iso));
}

/** The server writes UTC; here it becomes the reader's own time and language. */
export function localizeTimes(root: ParentNode = document): void {
  for (const element of root.querySelectorAll<HTMLTimeElement>('time[data-format]')) {
    const at = new Date(element.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    element.textContent = new Intl.DateTimeFormat(undefined, formats[element.dataset['format'] ?? ''] ?? formats['moment']).format(at);
    element.title = new Intl.DateTimeFormat(undefined, formats['full']).format(at);
  }
}
