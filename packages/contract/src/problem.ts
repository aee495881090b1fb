import { z } from 'zod';

/** What a problem is called on its page, in both languages of the product. */
type Explanation = { readonly en: string; readonly zh: string };
type ProblemKind = { readonly status: number; readonly title: string; readonly explanation: Explanation };

/** Every way in which the service says no: the one table from code to HTTP status and words. */
export const problemKinds = {
  'malformed-request': {
    status: 400,
    title: 'The request is not HTTP',
    explanation: {
      en: 'The request line, the headers or the framing of the body could not be read. Nothing was changed.',
      zh: '请求行、请求头或正文的分块格式无法解析，未作任何更改。',
    },
  },
  'malformed-json': {
    status: 400,
    title: 'The body is not JSON',
    explanation: {
      en: 'The request body could not be read as JSON in UTF-8. Nothing was changed.',
      zh: '请求正文不是有效的 UTF-8 JSON，未作任何更改。',
    },
  },
  'malformed-text': {
    status: 400,
    title: 'The body cannot be read',
    explanation: {
      en: 'The request body broke off, or is not text in the charset that it names (UTF-8 unless told). Nothing was changed.',
      zh: '请求正文不完整，或不是所声明字符集（默认 UTF-8）的文本，未作任何更改。',
    },
  },
  'invalid-request': {
    status: 400,
    title: 'The request is not valid',
    explanation: {
      en: 'Some values are missing or not allowed. The member "errors" names each of them by JSON pointer. Nothing was changed.',
      zh: '有些值缺失或不被允许，"errors" 以 JSON 指针逐一列出，未作任何更改。',
    },
  },
  unauthenticated: {
    status: 401,
    title: 'A valid token is needed',
    explanation: {
      en: 'The request has no bearer token, or the token is expired, not yet valid, or not signed by the configured key.',
      zh: '请求没有携带令牌，或者令牌已过期、尚未生效、签名不符。',
    },
  },
  forbidden: {
    status: 403,
    title: 'The token does not allow this',
    explanation: {
      en: 'The token is valid, but its scopes, its subject or its courseware do not cover this request.',
      zh: '令牌有效，但其权限范围、主体或所限课件不允许此请求。',
    },
  },
  'not-found': {
    status: 404,
    title: 'There is nothing here',
    explanation: { en: 'The service has no such path.', zh: '服务没有此路径。' },
  },
  'courseware-not-found': {
    status: 404,
    title: 'There is no such courseware',
    explanation: {
      en: 'No courseware has this id, or it was withdrawn.',
      zh: '没有此编号的课件，或者课件已下架。',
    },
  },
  'courseware-closed': {
    status: 409,
    title: 'This courseware is not open for viewing',
    explanation: {
      en: 'Its creator has closed it: no new session can be opened. What was watched keeps counting.',
      zh: '课件已停止开放，不能再开始观看；已观看的时长照常计入。',
    },
  },
  'session-not-found': {
    status: 404,
    title: 'There is no such viewing session',
    explanation: {
      en: 'The learner of this token has no session with this id.',
      zh: '此令牌的学员没有该观看会话。',
    },
  },
  'no-active-session': {
    status: 404,
    title: 'Nothing is being watched',
    explanation: { en: 'The learner has no active viewing session.', zh: '学员当前没有正在进行的观看会话。' },
  },
  'organisation-not-found': {
    status: 404,
    title: 'There is no such institute',
    explanation: { en: 'No institute has this id.', zh: '没有此编号的单位。' },
  },
  'learner-not-found': {
    status: 404,
    title: 'There is no such learner',
    explanation: {
      en: 'Nobody with this id is on the roster or has studied, or the token is for another institute.',
      zh: '名册和学习记录中都没有此编号的学员，或者令牌属于其他单位。',
    },
  },
  'activity-not-found': {
    status: 404,
    title: 'There is no such activity',
    explanation: {
      en: 'There is no activity with this id that the token may see.',
      zh: '没有此编号的学习申报，或者令牌无权查看。',
    },
  },
  'file-not-found': {
    status: 404,
    title: 'There is no such file',
    explanation: {
      en: 'There is no uploaded file with this id that the token may see.',
      zh: '没有此编号的附件，或者令牌无权查看。',
    },
  },
  'file-damaged': {
    status: 500,
    title: 'The file is not as it was kept',
    explanation: {
      en: 'The bytes in the store of files are not those that were uploaded, so they are not handed out. It is recorded in the log of the service; the file must be restored from a copy, or uploaded again.',
      zh: '存储中的附件与上传时不一致，因此不予提供。已记入服务日志，请从备份恢复或重新上传。',
    },
  },
  'training-not-found': {
    status: 404,
    title: 'There is no such training',
    explanation: {
      en: 'No training has this id, or it was withdrawn.',
      zh: '没有此编号的培训项目，或者已撤销。',
    },
  },
  'enrolment-not-found': {
    status: 404,
    title: 'There is no such enrolment',
    explanation: { en: 'The learner is not enrolled in this training.', zh: '学员没有报名此培训项目。' },
  },
  'year-not-closed': {
    status: 404,
    title: 'The accounting year is not closed',
    explanation: {
      en: 'Only a closed year has a snapshot that can be compared or reopened.',
      zh: '只有已结账的年度才能比对或重新开放。',
    },
  },
  'method-not-allowed': {
    status: 405,
    title: 'This path does not take that method',
    explanation: {
      en: 'The header "Allow" lists the methods of this path.',
      zh: '可用的方法见 "Allow" 响应头。',
    },
  },
  'request-timeout': {
    status: 408,
    title: 'The request did not come in time',
    explanation: {
      en: 'The headers or the body took too long to arrive. Nothing was changed; the request may be repeated.',
      zh: '请求头或正文传输超时，未作任何更改，可以重试。',
    },
  },
  'parallel-viewing': {
    status: 409,
    title: 'Another courseware is being watched',
    explanation: {
      en: 'A learner can watch one courseware at a time. The member "active" says what is open and until when it holds. End it, or wait until it expires.',
      zh: '同一时间只能观看一个课件。"active" 说明正在观看的课件及其占用截止时间，请先结束它或等待其过期。',
    },
  },
  'session-superseded': {
    status: 409,
    title: 'Another session has taken the place of this one',
    explanation: {
      en: 'The learner opened courseware elsewhere. This session earns nothing more; the member "session" has its final figures.',
      zh: '学员已在别处打开课件，此会话不再计时，"session" 为其最终数据。',
    },
  },
  'year-closed': {
    status: 409,
    title: 'The accounting year is closed',
    explanation: {
      en: 'A closed year is frozen: no decision, import or change may be dated in it.',
      zh: '已结账的年度不可再更改。',
    },
  },
  'year-not-closable': {
    status: 409,
    title: 'This year cannot be closed now',
    explanation: {
      en: 'Only a past year can be closed, and only when every year before it that has hours is closed; and only the last closed year can be reopened.',
      zh: '只能结账已结束的年度，且此前有学时的年度均须已结账；只能重新开放最近结账的年度。',
    },
  },
  'year-closing': {
    status: 409,
    title: 'A year is being closed',
    explanation: {
      en: 'One closing goes on at a time. The member "closing" says whose it is, of which year, and when it counts as given up unless it goes on.',
      zh: '同一时间只能进行一次年度结账。"closing" 说明由谁、对哪一年度结账，以及何时视为中断。',
    },
  },
  'already-decided': {
    status: 409,
    title: 'Another reviewer has decided this',
    explanation: {
      en: 'Read it again. Whoever has seen the decision can correct it: with "If-Match", or in bulk with "correct": true.',
      zh: '其他审核人已作出决定，请重新查看。已查看者可使用 "If-Match"（批量时为 "correct": true）更正。',
    },
  },
  'not-reviewable': {
    status: 409,
    title: 'There is nothing to decide',
    explanation: {
      en: 'A draft, or what was withdrawn or cancelled, is not reviewed.',
      zh: '草稿、已撤回或已取消的申报无需审核。',
    },
  },
  'already-reviewed': {
    status: 409,
    title: 'It has been reviewed',
    explanation: {
      en: 'What was reviewed is changed by reviewers alone.',
      zh: '已审核的内容只能由审核人更改。',
    },
  },
  'enrolment-closed': {
    status: 409,
    title: 'One cannot enrol now',
    explanation: {
      en: 'The enrolment window of this training is not open, or its year is closed.',
      zh: '不在报名时间内，或该年度已结账。',
    },
  },
  'training-full': {
    status: 409,
    title: 'The training is full',
    explanation: { en: 'All its places are taken.', zh: '名额已满。' },
  },
  'training-not-over': {
    status: 409,
    title: 'The training is not over',
    explanation: {
      en: 'Attendance is confirmed when the event is over, and a confirmed event cannot be moved into the future.',
      zh: '培训结束后才能确认参加情况；已确认的培训不能改到将来。',
    },
  },
  'precondition-required': {
    status: 428,
    title: 'It was changed since it was submitted',
    explanation: {
      en: 'Read it again, and decide with "If-Match" about what you have seen.',
      zh: '提交后内容已被修改，请重新查看，并使用 "If-Match" 审核所看到的版本。',
    },
  },
  'not-confirmed': {
    status: 409,
    title: 'Only confirmed participants can do this',
    explanation: {
      en: 'A training is rated by those whose participation was confirmed.',
      zh: '只有参加情况已确认的学员才能评分。',
    },
  },
  'idempotency-conflict': {
    status: 409,
    title: 'This Idempotency-Key was used for something else',
    explanation: {
      en: 'A key names one request. Send another one with another key.',
      zh: '同一个 Idempotency-Key 只能用于同一请求。',
    },
  },
  'session-ended': {
    status: 410,
    title: 'This session has ended',
    explanation: {
      en: 'The session was ended and earns nothing more; the member "session" has its final figures. Open a new one to go on.',
      zh: '会话已结束，不再计时，"session" 为其最终数据。如需继续请重新打开。',
    },
  },
  'precondition-failed': {
    status: 412,
    title: 'It was changed in the meantime',
    explanation: {
      en: 'The entity tag in "If-Match" is no longer the current one, or with "If-None-Match: *" there is one already. Read it again and decide anew.',
      zh: '"If-Match" 中的版本已不是最新，或 "If-None-Match: *" 时已存在同编号内容，请重新读取后再操作。',
    },
  },
  'payload-too-large': {
    status: 413,
    title: 'The body is too large',
    explanation: {
      en: 'The member "limitBytes" says how much is accepted.',
      zh: '可接受的大小见 "limitBytes"。',
    },
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The body has a type that is not accepted here',
    explanation: { en: 'The member "accepted" lists the accepted types.', zh: '可接受的类型见 "accepted"。' },
  },
  'headers-too-large': {
    status: 431,
    title: 'The address or the headers are too large',
    explanation: {
      en: 'The address and the headers of the request are larger than the service reads. Nothing was changed.',
      zh: '请求地址与请求头的总长度超出限制，未作任何更改。',
    },
  },
  'rate-limited': {
    status: 429,
    title: 'Too many requests',
    explanation: {
      en: 'Wait for the seconds that "Retry-After" names. Claims are cumulative, so nothing watched is lost by waiting.',
      zh: '请按 "Retry-After" 的秒数等待。申报时长是累计值，等待不会丢失已观看的时间。',
    },
  },
  'internal-error': {
    status: 500,
    title: 'The service failed',
    explanation: {
      en: 'An unexpected fault, recorded in the log of the service. The request may be repeated.',
      zh: '服务出现意外故障，已记入日志，可以重试。',
    },
  },
  unavailable: {
    status: 503,
    title: 'The service cannot answer just now',
    explanation: {
      en: 'A store is away or the service is stopping. Repeat the request after the seconds that "Retry-After" names; nothing watched is lost.',
      zh: '存储暂不可用或服务正在停止，请按 "Retry-After" 的秒数重试，已观看的时间不会丢失。',
    },
  },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problemKinds;

export const problemCodes = Object.keys(problemKinds) as readonly ProblemCode[];

export const isProblemCode = (text: string): text is ProblemCode => Object.hasOwn(problemKinds, text);

/** One fault in a request; `line` and `field` name the place in an imported file. */
export const Fault = z
  .object({
    path: z.string().meta({ description: 'JSON pointer to the value at fault; empty for the whole.' }),
    message: z.string(),
    line: z.int().optional().meta({ description: 'Line of the imported file, the header being line 1.' }),
    field: z.string().optional().meta({ description: 'Column of the imported file.' }),
  })
  .meta({ id: 'Fault' });
export type Fault = z.infer<typeof Fault>;

/** The body of every answer that says no (RFC 9457, `application/problem+json`). */
export const ProblemDocument = z
  .looseObject({
    type: z.string().meta({ description: 'A page of this service that explains the code.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().meta({ description: 'Stable name to decide by.', examples: ['parallel-viewing'] }),
    errors: z.array(Fault).optional(),
    retryAfterSeconds: z.int().optional(),
  })
  .meta({
    id: 'Problem',
    description: 'Some codes carry members of their own, such as `active` or `session`.',
  });
export type ProblemDocument = z.infer<typeof ProblemDocument>;

/**
 * The one error that use-cases throw to say no; the service turns it into a problem document.
 * @example throw new Problem('unavailable', 'The lock store is away.', { retryAfterSeconds: 2 })
 */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly members: Readonly<Record<string, unknown>>;

  /** @param options `cause`: what went wrong behind it, for the log; no client sees it. */
  constructor(
    code: ProblemCode,
    detail: string,
    members: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(`${code}: ${detail}`, options);
    this.name = 'Problem';
    this.code = code;
    this.detail = detail;
    this.members = members;
  }

  get status(): number {
    return problemKinds[this.code].status;
  }

  /** The problem as it goes over the wire; no member can take the place of the standard ones. */
  document(): ProblemDocument {
    const { code, detail } = this;
    const { status, title } = problemKinds[code];
    const standard = { type: `/problems/${code}`, title, status, detail, code };
    return { ...standard, ...this.members, ...standard };
  }
}
