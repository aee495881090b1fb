import { once } from 'node:events';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

/** What an institute's directory says of somebody. */
export interface Account {
  readonly name: string;
  readonly employeeNumber: string;
  readonly realm_access: { readonly roles: readonly string[] };
}

export interface OpenIdProvider extends AsyncDisposable {
  readonly issuer: string;
  /** Runs it; until then, nobody answers at its address. */
  start(serviceUrl: string): Promise<void>;
}

export const client = { id: 'hours', secret: 'the secret of the tests, which nobody else uses' };

/** A certified provider, on this machine: people sign in with the name of their account and any password. */
export function openIdProvider(port: number, accounts: Readonly<Record<string, Account>>): OpenIdProvider {
  const issuer = `http://127.0.0.1:${port}`;
  const server = createServer();
  return {
    issuer,
    async start(serviceUrl) {
      const provider = new Provider(issuer, {
        clients: [
          {
            client_id: client.id,
            client_secret: client.secret,
            redirect_uris: [`${serviceUrl}/sign-in/callback`],
            post_logout_redirect_uris: [`${serviceUrl}/signed-out`],
          },
        ],
        claims: { openid: ['sub', 'employeeNumber', 'realm_access'], profile: ['name'] },
        cookies: { keys: ['the keys of the tests'] },
        findAccount: (_, accountId) => {
          const account = accounts[accountId];
          return account && { accountId, claims: () => ({ sub: accountId, ...account }) };
        },
        // The institute's own service needs nobody's consent.
        async loadExistingGrant({ oidc }) {
          const grant = new provider.Grant({
            clientId: oidc.client?.clientId ?? '',
            accountId: oidc.session?.accountId ?? '',
          });
          grant.addOIDCScope('openid profile');
          await grant.save();
          return grant;
        },
      });
      server.on('request', provider.callback());
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}
