/** Custom properties first, so that a page may set each of them from outside. */
export const style = `
:host{display:block;font:var(--watchledger-font,0.875rem/1.4 system-ui,sans-serif);color:var(--watchledger-color,CanvasText)}
:host([hidden]){display:none}
[part=box]{--rest:#5b6470;--good:#18794e;--warn:#a15c00;--bad:#c62a2f;--tone:var(--watchledger-rest,var(--rest));display:grid;gap:.5em;padding:.75em 1em;background:var(--watchledger-background,Canvas);border:1px solid color-mix(in srgb,currentcolor 20%,transparent);border-inline-start:.3em solid var(--tone);border-radius:var(--watchledger-radius,.5em)}
@supports(color:light-dark(red,red)){[part=box]{--rest:light-dark(#5b6470,#a0a9b4);--good:light-dark(#18794e,#4cc38a);--warn:light-dark(#a15c00,#f1a10d);--bad:light-dark(#c62a2f,#ff9592)}}
[data-tone=good]{--tone:var(--watchledger-good,var(--good))}
[data-tone=warn]{--tone:var(--watchledger-warn,var(--warn))}
[data-tone=bad]{--tone:var(--watchledger-bad,var(--bad))}
[part=state]{font-weight:600;color:var(--tone)}
p,dl,dd{margin:0}
dl{display:flex;flex-wrap:wrap;gap:.25em 1.5em}
dl div{display:flex;gap:.5em}
dt,[part=why]{opacity:.8}
dd{font-variant-numeric:tabular-nums}
[part=actions]{display:flex;flex-wrap:wrap;gap:.5em}
[hidden]{display:none!important}
button{font:inherit;padding:.35em .9em;color:var(--watchledger-background,Canvas);background:var(--tone);border:0;border-radius:var(--watchledger-radius,.5em);cursor:pointer}
button:focus-visible{outline:2px solid var(--tone);outline-offset:2px}`;
