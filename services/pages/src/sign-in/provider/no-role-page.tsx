import type { Scope } from '@watchledger/contract';
import { Layout } from '../../layout/layout.tsx';
import type { Page } from '../../layout/page.ts';
import { sectionsAllowedBy } from '../../layout/sections.ts';
import { signInLink } from '../sign-in-link.ts';
import type { SignIn } from '../signed-cookie.ts';
import { AnotherAccount } from './failed-page.tsx';

interface NoRolePageProps {
  page: Page;
  who: SignIn;
  /** The provider's roles that mean something here. */
  roles: ReadonlyMap<string, readonly Scope[]>;
}

/** For whom the provider knows, and nobody has given a role yet: what to ask for, and of whom. */
export function NoRolePage({ page, who, roles }: NoRolePageProps) {
  const { noRole, anotherAccount } = page.texts.signInPages;
  return (
    <Layout page={page} title={noRole.title}>
      <section class="blank" aria-labelledby="no-role">
        <h1 id="no-role">{noRole.title}</h1>
        <p>{noRole.text}</p>
        <p>{noRole.ask}</p>
        <blockquote class="note">{noRole.request(who.name, who.sub)}</blockquote>
        <table class="rows">
          <thead>
            <tr>
              {noRole.roles.map((head) => (
                <th scope="col">{head}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...roles].map(([role, scopes]) => (
              <tr>
                <th scope="row">
                  <code>{role}</code>
                </th>
                <td>
                  {sectionsAllowedBy(scopes.join(' '))
                    .map(({ name }) => page.texts.sections[name])
                    .join(noRole.between)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <div class="choices">
          <a class="button" href={signInLink(page) ?? '/'}>
            {noRole.again}
          </a>
          <AnotherAccount label={anotherAccount} />
        </div>
      </section>
    </Layout>
  );
}
