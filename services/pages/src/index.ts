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
export { createHmacSigner, type Signer, type SignIn } from './sign-in/signed-cookie.ts';
export type { AskAs } from './site/ask.ts';
