import type { Page } from '../../layout/page.ts';
import { institutesOf } from '../../people/people.ts';
import type { Ask } from '../../site/ask.ts';

/** The institutes' names by their ids. */
export type Institutes = ReadonlyMap<string, string>;

export async function readInstitutes(ask: Ask): Promise<Institutes> {
  const all = await institutesOf(ask);
  return new Map(all.map(({ organisationId, name }) => [organisationId, name]));
}

/** The name of an institute; of none: headquarters. */
export function Institute(props: { page: Page; id: string | null; institutes: Institutes }) {
  const { page, id, institutes } = props;
  return <>{id === null ? page.texts.people.headquarters : (institutes.get(id) ?? id)}</>;
}

/** The choice among them. */
export function InstituteOptions({ institutes, chosen }: { institutes: Institutes; chosen: string }) {
  return (
    <>
      {[...institutes].map(([id, name]) => (
        <option value={id} selected={id === chosen}>
          {name}
        </option>
      ))}
    </>
  );
}
