import { OpenAPIHono } from '@hono/zod-openapi';
import { Problem } from '@watchledger/contract';
import { acceptedEvidence, evidenceLimitBytes } from '@watchledger/usecases';
import { activityReader, ownLearner } from '../access/officer.ts';
import type { OfficeUseCases } from '../deps.ts';
import { readFile } from '../http/body.ts';
import { type Http, serve } from '../http/serve.ts';
import * as operations from './operations.ts';

/** Of one process at once. */
const mostUploads = 10;

export function evidenceRoutes(office: OfficeUseCases, http: Http): OpenAPIHono {
  const app = new OpenAPIHono();
  const { answers } = http;

  let uploading = 0;
  serve(app, http, operations.uploadEvidence, ownLearner, async (c, { query: { name } }, { learnerId }) => {
    // Each is in memory as a whole (T18).
    if (uploading >= mostUploads)
      throw new Problem('unavailable', 'Many files are uploaded just now.', { retryAfterSeconds: 5 });
    uploading += 1;
    try {
      const file = await readFile(c, { accepted: acceptedEvidence, limitBytes: evidenceLimitBytes });
      const kept = await office.uploadEvidence({ learnerId, name, ...file });
      return answers.json(c, kept, 201, { location: `/v1/evidence/${kept.fileId}` });
    } finally {
      uploading -= 1;
    }
  });

  serve(app, http, operations.describeEvidence, activityReader, async (c, { params }, reader) =>
    answers.json(c, await office.describeEvidence({ ...params, reader })),
  );

  serve(app, http, operations.readEvidence, activityReader, async (c, { params }, reader) => {
    const { file, bytes } = await office.readEvidence({ ...params, reader });
    return answers.of(c, file.mediaType, bytes, {
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'content-length': String(bytes.byteLength),
    });
  });

  return app;
}
