import type * as OpenId from 'openid-client';
import type { Language } from '../../texts/language.ts';
import { onceItWorks } from './once-it-works.ts';
import { faultOf, reasonIn } from './open-id-faults.ts';
import type { SignInProvider } from './provider.ts';

export interface OpenIdOptions {
  /** As the provider names itself, such as `https://login.example.org/realms/institute`. */
  readonly issuer: string;
  readonly clientId: string;
  /** null: a public client. */
  readonly clientSecret: string | null;
  /** Space-separated, `openid` among them: what the provider is asked for. */
  readonly scopes: string;
  /** Where it sends people back to; registered with it, as the next one. */
  readonly redirectUri: string;
  readonly afterSignOut: string;
  /** What operators should know; names nobody. */
  readonly onTrouble: (reason: string) => void;
}

type Library = typeof OpenId;
interface Discovered {
  readonly library: Library;
  readonly configuration: OpenId.Configuration;
}

/** A provider that does not answer within so many seconds is away. */
const patienceSeconds = 8;
const pauseMs = 2_000;

/**
 * Signs in by OpenID Connect: authorization code, PKCE, state and nonce, signed ID tokens. What the provider offers
 * is asked for when it is first needed, and again while it is away.
 */
export function createOpenIdProvider(options: OpenIdOptions): SignInProvider {
  const { redirectUri, onTrouble } = options;

  const discovered = onceItWorks(
    async () => {
      try {
        return await discover(options);
      } catch (error) {
        onTrouble(`the OpenID provider cannot be used: ${reasonIn(error)}`);
        throw error;
      }
    },
    { pauseMs },
  );

  return {
    async begin(language) {
      const { library, configuration } = await discovered().catch((error: unknown) => {
        throw faultOf(error, 'unavailable');
      });
      const state = library.randomState();
      const nonce = library.randomNonce();
      const verifier = library.randomPKCECodeVerifier();
      const goTo = library.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: options.scopes,
        state,
        nonce,
        code_challenge: await library.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ui_locales: localesFor(language),
      });
      return { goTo, secrets: { state, nonce, verifier } };
    },

    async finish(answer, { state, nonce, verifier }) {
      const { library, configuration } = await discovered().catch((error: unknown) => {
        throw faultOf(error, 'unavailable');
      });
      try {
        const tokens = await library.authorizationCodeGrant(
          configuration,
          new URL(`?${answer}`, redirectUri),
          { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true },
        );
        const signed = tokens.claims();
        if (signed === undefined || tokens.id_token === undefined) throw new Error('there is no ID token');
        const asked =
          configuration.serverMetadata().userinfo_endpoint === undefined
            ? {}
            : await library.fetchUserInfo(configuration, tokens.access_token, signed.sub);
        return { claims: { ...asked, ...signed }, hint: tokens.id_token };
      } catch (error) {
        const fault = faultOf(error);
        if (!usual.has(fault.reason)) onTrouble(`a sign-in failed: ${fault.message}`);
        throw fault;
      }
    },

    async end(hint, language) {
      const found = await discovered().catch(() => null);
      if (found?.configuration.serverMetadata().end_session_endpoint === undefined) return null;
      return found.library.buildEndSessionUrl(found.configuration, {
        post_logout_redirect_uri: options.afterSignOut,
        ui_locales: localesFor(language),
        ...(hint === '' ? {} : { id_token_hint: hint }),
      });
    },

    reachable: () =>
      discovered().then(
        () => true,
        () => false,
      ),
  };
}

/** What people do, and no operator needs to hear of. */
const usual = new Set(['denied', 'interrupted', 'expired']);

async function discover({ issuer, clientId, clientSecret }: OpenIdOptions): Promise<Discovered> {
  // Only where it is configured is the library run at all.
  const library = await import('openid-client');
  const address = new URL(issuer);
  const configuration = await library.discovery(
    address,
    clientId,
    undefined,
    clientSecret === null ? library.None() : secretOf(library, clientSecret),
    {
      timeout: patienceSeconds,
      execute: [
        library.enableNonRepudiationChecks,
        ...(address.protocol === 'http:' ? [library.allowInsecureRequests] : []),
      ],
    },
  );
  // Some addresses stand for many issuers, each of which could make anybody an admin here.
  const { issuer: found } = configuration.serverMetadata();
  if (!URL.canParse(found) || new URL(found).href !== address.href) {
    throw new Error(`it names itself ${found}, not ${issuer}`);
  }
  return { library, configuration };
}

/** In the head of requests, as every provider must allow, unless it says that it only reads it in their body. */
function secretOf(library: Library, secret: string): OpenId.ClientAuth {
  const inHead = library.ClientSecretBasic(secret);
  const inBody = library.ClientSecretPost(secret);
  return (server, client, body, headers) => {
    const { token_endpoint_auth_methods_supported: ways = ['client_secret_basic'] } = server;
    const chosen = ways.includes('client_secret_basic') ? inHead : inBody;
    return chosen(server, client, body, headers);
  };
}

const localesFor = (language: Language) => (language === 'en' ? 'en' : 'zh-CN zh');
