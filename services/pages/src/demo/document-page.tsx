import type { Page } from '../layout/page.ts';
import { CoursewarePage } from './courseware-page.tsx';
import { Pager } from './pager.tsx';

/** A document of several pages. Without scripts all of them stand below each other. */
export function DocumentPage({ page }: { page: Page }) {
  const { demo } = page.texts;
  const leaves = page.texts.studyGuide(page.policy);
  return (
    <CoursewarePage
      page={page}
      title={demo.documentTitle}
      coursewareId="demo-document"
      script="demo/document.js"
    >
      <article id="document" class="document" data-idle-ms={page.policy.documentIdle}>
        {leaves.map(({ title, paragraphs }, index) => (
          <section class="leaf" aria-labelledby={`leaf-${index + 1}`} tabindex={-1}>
            <h2 id={`leaf-${index + 1}`}>{title}</h2>
            {paragraphs.map((paragraph) => (
              <p>{paragraph}</p>
            ))}
          </section>
        ))}
        <Pager texts={page.texts} />
      </article>
    </CoursewarePage>
  );
}
