import { api, cleanUp, freePort, mintToken, startChild } from '../harness/index.ts';
import { cpuMicroseconds } from './cpu.ts'; import { load } from './load.ts';
const secret='x'.repeat(40);
const S:any[]=[];
for (const mode of ['echo','fake','nocommit','full']) {
  const port=await freePort();
  const child = mode==='echo' ? startChild(process.execPath,[new URL('./echo-floor.ts',import.meta.url).pathname],{env:{PORT:String(port),NODE_ENV:'production',BENCH_ANSWER:JSON.stringify({a:'x'.repeat(700)})}})
   : startChild(process.execPath,[new URL('./zz-abl.ts',import.meta.url).pathname],{env:{PORT:String(port),MODE:mode,NODE_ENV:'production',AUTH_SECRET:secret}});
  if(mode!=='echo') await child.says(/listening/,20000); else await new Promise(r=>setTimeout(r,1500));
  const url=`http://127.0.0.1:${port}`; 
  const viewers=await Promise.all(Array.from({length:64},async(_,i)=>{const token=mintToken(secret,{sub:'l'+i,scope:'watch'}); if(mode==='echo') return {port,path:'/v1/sessions/01998d4e-6f00-7c3a-9a51-0b2f6f0e8a11/heartbeats',token}; const {body}=await api(url,token).post<any>('/v1/sessions',{coursewareId:'bench',clientId:'t'}); return {port,path:`/v1/sessions/${body.sessionId}/heartbeats`,token};}));
  S.push({mode,pid:child.pid,viewers,c:[],r:[]});
}
for(const s of S) await load(s.viewers,2500);
for(let k=0;k<4;k++) for(const s of S){const a=cpuMicroseconds(s.pid);const r=await load(s.viewers,1500); s.c.push((cpuMicroseconds(s.pid)-a)/r.answered); s.r.push(Math.round(r.answered/1.5)); if(r.refused) console.log('refused',r.refused);}
for(const s of S) console.log(s.mode.padEnd(10), s.c.map((x:number)=>x.toFixed(1)).join(' '), s.r.join(' '));
await cleanUp();
