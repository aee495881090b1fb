// ablation server: MODE=fake|nocommit|full
import { createApi, createMeters, createTokenVerifier } from '@watchledger/api';
import { listen } from '../../services/server/src/http-server.ts';
import { bindUseCases } from '../../services/server/src/use-cases.ts';
import { createViewingBench } from '../../packages/usecases/src/viewing/viewing.testing.ts';
import { createLocalLock } from '@watchledger/lock';
import { Registry } from 'prom-client';
import { heartbeat, openSession } from '@watchledger/usecases';
const mode = process.env.MODE;
const b = createViewingBench({ wrapLedger: (l) => mode === 'nocommit' ? { ...l, record: async () => ({ outcome:'recorded', factsRevision:0, sharedRevision: 1 }) as any } : l });
(b.context as any).lock = createLocalLock({calendar:b.context.calendar, terms:b.context.terms});
await b.putCourseware('bench', 7200000);
const u = bindUseCases({ viewing: b.context, credits: {} as any, courseware: {} as any, ready: (async()=>({})) as any });
let last: any;
if (mode==='fake') { (u.viewing as any).heartbeat = async (i:any)=>{ last ??= await heartbeat(b.context,i); return {...last, watchedMs:i.watchedMs}; }; }
const app = createApi({ useCases: u, verifyToken: createTokenVerifier({secret: process.env.AUTH_SECRET!}, Date.now), meters: createMeters(new Registry()), corsOrigins: [], log: console as any });
await listen({ fetch: app.fetch, host:'127.0.0.1', port:Number(process.env.PORT) });
console.log('listening on http');
