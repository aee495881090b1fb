/**
 * Stops with one clear line where Node is too old. Nothing native or TypeScript may load before this:
 * an old Node has no type stripping, and the SQLite binding crashes it without a word.
 */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return;
  process.stderr.write(
    `WatchLedger needs Node 22.18 or newer and this is ${process.version}: ` +
      'run "npm install && npm start", which brings its own Node on Linux x64, or install Node 24 from your package manager.\n',
  );
  process.exit(1);
}
