// Makes guide.zh-CN.pdf and guide.en.pdf: the demo document as a PDF, by the default policy, all our own.
// Needs Chromium (CHROMIUM names another one) and two fonts at making time: a Latin one (fonts-liberation) and a
// Chinese one (fonts-wqy-microhei). Run by: npm exec -- node services/pages/media/make-guide.ts
import { statSync, writeFileSync } from 'node:fs';
import { defaultPolicy } from '@watchledger/rules';
import { html, raw } from 'hono/html';
import { chromium } from 'playwright';
import { type Language, languages } from '../src/texts/language.ts';

/** Small leaves with large letters: they can be read on a phone. */
const style = `
  @page { size: 130mm 178mm; margin: 0 }
  body { margin: 0; font: 13pt/1.7 'Liberation Sans', 'WenQuanYi Micro Hei'; color: #17233a }
  section { box-sizing: border-box; height: 178mm; padding: 16mm 14mm; break-after: page; position: relative }
  section:last-child { break-after: auto }
  h1 { margin: 0 0 7mm; padding-top: 4mm; border-top: 1.2mm solid #f2b84b; font-size: 20pt; line-height: 1.3 }
  /* The Chinese font has no bold of its own: an artificial one is no font in a PDF. */
  :lang(zh) h1 { font-weight: 400 }
  p { margin: 0 0 4mm }
  footer { position: absolute; left: 14mm; right: 14mm; bottom: 9mm; display: flex; justify-content: space-between;
    color: #566178; font-size: 8.5pt }`;

function guide(language: Language) {
  const texts = languages[language];
  const leaves = texts.studyGuide(defaultPolicy);
  return html`<!doctype html><html lang="${texts.htmlLang}"><title>${texts.demo.guideTitle}</title>
    <style>${raw(style)}</style>
    ${leaves.map(
      ({ title, paragraphs }, index) => html`<section>
        <h1>${title}</h1>
        ${paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)}
        <footer><span>${texts.product} · ${texts.demo.guideFigures}</span><span>${index + 1} / ${leaves.length}</span></footer>
      </section>`,
    )}`;
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const page = await browser.newPage();
for (const language of Object.keys(languages) as Language[]) {
  await page.setContent(String(await guide(language)));
  const file = new URL(`guide.${language}.pdf`, import.meta.url);
  writeFileSync(file, await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true }));
  console.log(file.pathname, statSync(file).size);
}
await browser.close();
