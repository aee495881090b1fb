import type { Page } from '../../layout/page.ts';

interface Hours {
  readonly onlineSeconds: number;
  readonly offlineSeconds: number;
}

/** The hours of both parts, such as `线上学时 2小时 · 线下学时 4小时`; a part of none is left out. */
export function hoursOf({ format, texts }: Page, { onlineSeconds, offlineSeconds }: Hours): string {
  const { online, offline } = texts.review.trainings;
  const parts = [
    [online, onlineSeconds],
    [offline, offlineSeconds],
  ] as const;
  const said = parts.filter(([, seconds]) => seconds > 0);
  return said.map(([name, seconds]) => `${name} ${format.exactDuration(seconds)}`).join(' · ');
}
