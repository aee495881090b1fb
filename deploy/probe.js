// Asks the service in this container, where there is no curl: `node deploy/probe.js /readyz`. Exits with 1 unless it is well.
const path = process.argv[2] ?? '/healthz';
const answer = await fetch(`http://127.0.0.1:${process.env.PORT || 8787}${path}`);
console.log(await answer.text());
if (!answer.ok) process.exitCode = 1;
