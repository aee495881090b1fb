import type { Page } from '../layout/page.ts';

/** The days of an event, `YYYY-MM-DD`, from the first to the last, as its reader writes them. */
export const daysOf = (page: Page, { from, to }: { readonly from: string; readonly to: string }): string =>
  page.format.days(from, to);
