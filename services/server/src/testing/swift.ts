import { existsSync } from 'node:fs';

const debian = {
  python: '/usr/bin/python3',
  swift: '/usr/lib/python3/dist-packages/swift/common/middleware/s3api',
};

/** The Python that has OpenStack Swift: SWIFT_PYTHON, else Debian's own. Throws where there is none. */
export function swiftPython(): string {
  const named = process.env.SWIFT_PYTHON;
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new Error(`SWIFT_PYTHON is ${named}, which does not exist`);
  }
  if (existsSync(debian.python) && existsSync(debian.swift)) return debian.python;
  throw new Error('OpenStack Swift is not installed: install the package python3-swift, or set SWIFT_PYTHON');
}
