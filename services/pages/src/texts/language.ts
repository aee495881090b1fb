import { en } from './en.ts';
import { type Texts, zhCN } from './zh-CN.ts';

/** The languages of the pages, by the tag that `?lang=` takes. */
export const languages = { 'zh-CN': zhCN, en } as const satisfies Record<string, Texts>;
export type Language = keyof typeof languages;

/**
 * The language asked for by `?lang=`, else the best of `Accept-Language` (RFC 9110 §12.5.4), else Chinese.
 * @example chooseLanguage(undefined, 'fr, en-GB;q=0.8, zh;q=0.5') // 'en'
 */
export function chooseLanguage(asked: string | undefined, acceptLanguage: string | undefined): Language {
  return spoken(asked ?? '') ?? preferred(acceptLanguage ?? '') ?? 'zh-CN';
}

function preferred(acceptLanguage: string): Language | undefined {
  const wishes = acceptLanguage.split(',').map((wish) => {
    const [tag = '', ...parameters] = wish.split(';').map((part) => part.trim());
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    return { language: spoken(tag), quality: quality === undefined ? 1 : Number(quality.slice(2)) };
  });
  wishes.sort((a, b) => b.quality - a.quality);
  return wishes.find(({ language, quality }) => language !== undefined && quality > 0)?.language;
}

function spoken(tag: string): Language | undefined {
  const primary = tag.toLowerCase().split('-')[0];
  if (primary === 'zh') return 'zh-CN';
  return primary === 'en' ? 'en' : undefined;
}
