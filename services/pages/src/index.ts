export { createPages, type PagesDeps } from './create-pages.tsx';
export { demoCourseware } from './demo/demo-courseware.ts';
export type { MintToken } from './demo/watch-token.ts';
export {
  type CodeDesk,
  createOneTimeCodes,
  type Grant,
  type OneTimeCodes,
  type Redemption,
} from './sign-in/one-time-codes.ts';
export { createOpenIdProvider } from './sign-in/provider/open-id-provider.ts';
export { type ClaimReading, usualRoles } from './sign-in/provider/person.ts';
export { callbackPath, type ProviderSetting, signedOutPath } from './sign-in/provider/routes.tsx';
export { createHmacSigner, type Signer, type SignIn } from './sign-in/signed-cookie.ts';
export type { AskAs } from './site/ask.ts';
