export { type Answer, type Api, api } from './api.ts';
export { type Child, type Ending, startChild } from './child.ts';
export { cleanUp } from './cleanup.ts';
export { temporaryFolder } from './folder.ts';
export { freePort } from './free-port.ts';
export { chromium, locate, redisServer } from './programs.ts';
export { startRedis, type TestRedis } from './redis.ts';
export { runCommand, type ServiceOptions, startService, type TestService } from './service.ts';
export { mintToken, type TokenClaims } from './token.ts';
