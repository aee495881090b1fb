/** Custom properties first, so that a page may set each of them from outside. */
export const style = `
:host{display:block;font:var(--watchledger-font,0.875rem/1.4 system-ui,sans-serif);color:var(--watchledger-color,CanvasText)}
:host([hidden]){display:none}
[part=box]{--tone:var(--watchledger-rest,#5b6470);display:grid;gap:.5em;padding:.75em 1em;background:var(--watchledger-background,Canvas);border:1px solid color-mix(in srgb,currentcolor 20%,transparent);border-inline-start:.3em solid var(--tone);border-radius:var(--watchledger-radius,.5em)}
[data-tone=good]{--tone:var(--watchledger-good,#18794e)}
[data-tone=warn]{--tone:var(--watchledger-warn,#a15c00)}
[data-tone=bad]{--tone:var(--watchledger-bad,#c62a2f)}
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
