import { startService } from '/work/main/test/harness/index.ts';
import { openBrowser } from '/work/main/test/browser/browser.ts';
import { chromium } from 'playwright';
const S='/tmp/team/shots/';
const policy={heartbeat:'1s',lock:'3s',slack:'300ms',maxCatchUp:'20s',release:'1m',documentIdle:'5s'};
const b=await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox']});
const open=async(s,{lang='en-US',link=0,dark=false,phone=false}={})=>{const c=await b.newContext({locale:lang,colorScheme:dark?'dark':'light',viewport:phone?{width:390,height:844}:{width:1280,height:900},...(phone?{deviceScaleFactor:2,isMobile:true,hasTouch:true}:{})}); const p=await c.newPage(); await p.goto(s.links()[link]); await p.waitForSelector('#recording'); return p;};
const wait=(ms)=>new Promise(r=>setTimeout(r,ms));
{ const s=await startService({policy}); 
  const p=await open(s); await wait(800); await p.screenshot({path:S+'01-ready-en.png',fullPage:true});
  await p.locator('#video').click(); await wait(4200); await p.screenshot({path:S+'02-playing-en.png',fullPage:true});
  const q=await open(s,{lang:'zh-CN',link:1}); await wait(1500); await q.screenshot({path:S+'03-conflict-zh.png',fullPage:true});
  await p.goto(s.url+'/?lang=en'); await wait(300); await p.screenshot({path:S+'04-start-en.png',fullPage:true});
  await q.locator('[data-do=retry]').click(); await wait(2500); await q.screenshot({path:S+'05-document-zh.png',fullPage:true});
  await wait(5500); await q.screenshot({path:S+'06-document-idle-zh.png',fullPage:true});
  await q.setViewportSize({width:390,height:844}); await q.screenshot({path:S+'07-document-phone-zh.png',fullPage:true});
  await q.goto(s.url+'/demo/video'); await q.locator('#video').click(); await wait(2500); await q.screenshot({path:S+'08-video-phone-zh.png',fullPage:true});
  const r=await q.context().newPage(); await r.setViewportSize({width:390,height:844}); await r.goto(s.url+'/demo/document?lang=en'); await wait(1500); await r.screenshot({path:S+'09-conflict-phone-en.png',fullPage:true});
  await s.kill(); await wait(2000); await q.screenshot({path:S+'10-unreachable-phone-zh.png'});
}
{ const s=await startService({policy:{...policy,categories:{online:{cap:'3s'}}}});
  const p=await open(s,{dark:true,lang:'zh-CN'}); await p.locator('#video').click(); await wait(5500); await p.screenshot({path:S+'11-cap-dark-zh.png',fullPage:true});
  await p.locator('#video').click(); await wait(1500); await p.screenshot({path:S+'12-cap-paused-dark-zh.png',fullPage:true});
  await p.goto(s.url+'/?lang=zh-CN'); await wait(300); await p.screenshot({path:S+'13-start-dark-zh.png',fullPage:true});
  await s.kill(); }
{ const s=await startService({policy:{...policy,parallelViewing:'take-over'}});
  const p=await open(s,{}); await p.locator('#video').click(); await wait(1500);
  const q=await p.context().newPage(); await q.goto(s.url+'/demo/document'); await wait(1500); await q.screenshot({path:S+'14-takeover-en.png',fullPage:true});
  await q.locator('[data-do=take-over]').click(); await wait(2500); await p.screenshot({path:S+'15-superseded-en.png',fullPage:true});
  const c=await b.newContext({locale:'en-US'}); const n=await c.newPage(); await n.goto(s.url+'/demo/video'); await n.screenshot({path:S+'16-nosignin-en.png',fullPage:true});
  await n.goto(s.links()[0]); await n.reload(); await n.goto(s.links()[0]); await wait(800); await n.screenshot({path:S+'17-used-en.png',fullPage:true});
  await s.kill(); }
await b.close(); process.exit();
