import { callbackPath, createOpenIdProvider, type ProviderSetting, signedOutPath } from '@watchledger/pages';
import type { Configuration } from './configuration/configuration.ts';

/**
 * Where people sign in by themselves; null where that is not configured. A provider that is away is asked again
 * later: watching needs none.
 * @param origin where the service listens
 */
export function peopleSignIn(
  { openId, publicUrl }: Pick<Configuration, 'openId' | 'publicUrl'>,
  origin: string,
  onTrouble: (reason: string) => void,
): ProviderSetting | null {
  if (openId === null) return null;
  const { reading, ...known } = openId;
  const reachedAt = publicUrl ?? origin;
  const provider = createOpenIdProvider({
    ...known,
    redirectUri: `${reachedAt}${callbackPath}`,
    afterSignOut: `${reachedAt}${signedOutPath}`,
    onTrouble,
  });
  return { provider, reading, origin: reachedAt, onTrouble };
}
