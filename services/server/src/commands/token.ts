import { instant } from '@watchledger/rules';
import { readConfiguration } from '../configuration/configuration.ts';
import { signingInForce } from '../secret.ts';
import { StartFault } from '../start-fault.ts';
import { readTokenOptions, signToken } from '../token.ts';
import { command } from './command.ts';

/** Prints a token for development, signed as the service would. */
export const token = command({
  word: 'token',
  usage: `\
  npm run token -- --sub <id> --scope "<scopes>" [options]
                                    print a token for development
      --sub <id>                    learner, or name of the calling system
      --scope "<scopes>"            watch, credits:read, courseware:write, review, admin
      --courseware <id,id>          bind a watch token to these courseware
      --org <id>                    institute of a reviewer or admin
      --ttl <duration>              how long it is valid, such as 30m (1h)`,
  options: {
    sub: { type: 'string' },
    scope: { type: 'string' },
    courseware: { type: 'string' },
    org: { type: 'string' },
    ttl: { type: 'string' },
  },
  async run(options, environment) {
    const configuration = readConfiguration(environment);
    const { claims, ttl } = readTokenOptions(options);
    const signing = signingInForce(configuration);
    if (signing.by === 'issuer') throw new StartFault('AUTH_JWKS_URL is set: ask that issuer for tokens');
    const { issuer, audience } = configuration;
    const signer = { secret: signing.secret, issuer, audience };
    process.stdout.write(`${await signToken(claims, signer, { now: instant(Date.now()), ttl })}\n`);
  },
});
