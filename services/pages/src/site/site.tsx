import { WatchLedgerError } from '@watchledger/client';
import { Problem, type Scope } from '@watchledger/contract';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Child } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Notice, Notices } from '../layout/notice.ts';
import { type House, type Page, pageOf } from '../layout/page.ts';
import { type Allowed, pageHeaders } from '../layout/page-headers.ts';
import { sections } from '../layout/sections.ts';
import { showPage } from '../layout/show-page.ts';
import { fromOurPages } from '../sign-in/routes.ts';
import type { SignIn, SignInCookie } from '../sign-in/signed-cookie.ts';
import type { Ask, AskAs } from './ask.ts';
import { Form } from './form.ts';
import { ProblemPage, type Trouble } from './problem-page.tsx';
import { may } from './roles.ts';
import { SignInPage } from './sign-in-page.tsx';

/** One person's request for one page. */
export interface Visit {
  readonly c: Context;
  readonly page: Page;
  readonly who: SignIn;
  /** The API, asked as this person. */
  readonly ask: Ask;
  /** A part of the path, such as `id` of `/me/courseware/:id`. */
  part(name: string): string;
  /** Goes on to another page, with something to say there. */
  goTo(path: string, notice?: Notice): Response;
}

export interface SentForm extends Visit {
  readonly form: Form;
}

type Shown = Child | Response | Promise<Child | Response>;

/** The pages of people who are signed in: each names the scope that it needs. */
export interface Site {
  show(path: string, scope: Scope, render: (visit: Visit) => Shown, allowed?: Allowed): void;
  /**
   * A form that was sent from our own pages; renders itself anew where it cannot be taken as it is. It is read only
   * once it is known who sends it; those that may hold files or tables (`multipart/form-data`), a few at a time.
   */
  take(path: string, scope: Scope, act: (sent: SentForm) => Shown): void;
  /** The last of all: below the sections of people every other path is a page that says so. */
  nothingElse(): void;
  readonly app: Hono;
}

/** Larger than the largest evidence, with its form around it. */
const largestForm = 11 * 1024 * 1024;
const usualForm = 256 * 1024;
/** Large forms are read whole: so many at once, and the next one is asked to come again. */
const mostLargeForms = 10;

export function createSite(deps: {
  house: House;
  cookie: SignInCookie;
  notices: Notices;
  askAs: AskAs;
  log: (error: unknown, path: string) => void;
}): Site {
  const { house, cookie, notices, askAs, log } = deps;
  const app = new Hono();

  const troubled = (c: Context, trouble: Trouble, status: ContentfulStatusCode, sent?: Form) => {
    const page = pageOf(c, house, cookie.read(c));
    return showPage(
      c,
      <ProblemPage page={page} trouble={trouble} sent={sent && { to: c.req.path, form: sent }} />,
      status,
    );
  };

  /** Goes on with who may, or says why not. */
  const allowed = async (c: Context, scope: Scope, next: (who: SignIn) => Promise<Response>) => {
    const who = cookie.read(c);
    if (who === null) return showPage(c, <SignInPage page={pageOf(c, house, null)} />, 401);
    return may(who, scope) ? next(who) : troubled(c, { code: 'forbidden' }, 403);
  };

  const answer = async (c: Context, who: SignIn, render: (visit: Visit) => Shown, sent?: Form) => {
    const page = pageOf(c, house, who, sent === undefined ? notices.take(c, who.sub) : null);
    const visit: Visit = {
      c,
      page,
      who,
      ask: askAs(who),
      part: (name) => c.req.param(name) ?? '',
      goTo(path, left) {
        if (left !== undefined) notices.leave(c, who.sub, left);
        return c.redirect(page.link(path), 303);
      },
    };
    try {
      const child = await render(visit);
      return child instanceof Response ? child : await showPage(c, child);
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble.status >= 500) log(error, c.req.path);
      return troubled(c, trouble, trouble.status, trouble.status >= 500 ? sent : undefined);
    }
  };

  /** Reads a form within its limit, and goes on with it. */
  const withForm = async (
    c: Context,
    maxSize: number,
    next: (form: Form) => Promise<Response>,
  ): Promise<Response> => {
    let answered: Response | null = null;
    const limit = bodyLimit({ maxSize, onError: (c) => troubled(c, { code: 'payload-too-large' }, 413) });
    const refused = await limit(c, async () => {
      const fields = await c.req.formData().catch(() => null);
      answered =
        fields === null ? await troubled(c, { code: 'invalid-request' }, 400) : await next(new Form(fields));
    });
    return answered ?? (refused as Response);
  };

  let largeForms = 0;
  const fewAtOnce = async (c: Context, next: () => Promise<Response>): Promise<Response> => {
    if (largeForms >= mostLargeForms) return troubled(c, { code: 'unavailable' }, 503);
    largeForms += 1;
    try {
      return await next();
    } finally {
      largeForms -= 1;
    }
  };

  return {
    app,
    nothingElse() {
      for (const { name } of sections) {
        app.get(`/${name}/*`, pageHeaders(), (c) => {
          return troubled(c, { code: 'not-found' }, 404);
        });
      }
    },
    show(path, scope, render, more) {
      app.get(path, pageHeaders(more, { personal: true }), (c) =>
        allowed(c, scope, (who) => answer(c, who, render)),
      );
    },
    take(path, scope, act) {
      app.post(path, pageHeaders({}, { personal: true }), fromOurPages, (c) =>
        allowed(c, scope, (who) => {
          const taken = (form: Form) => answer(c, who, (visit) => act({ ...visit, form }), form);
          return isMultipart(c)
            ? fewAtOnce(c, () => withForm(c, largestForm, taken))
            : withForm(c, usualForm, taken);
        }),
      );
    },
  };
}

const isMultipart = (c: Context): boolean =>
  c.req.header('Content-Type')?.trim().toLowerCase().startsWith('multipart/form-data') ?? false;

/** Refusals all have a body. */
function troubleOf(error: unknown): Trouble & { status: ContentfulStatusCode } {
  if (error instanceof WatchLedgerError) {
    const { status, code, message: detail, retryAfterSeconds } = error;
    return { status: status as ContentfulStatusCode, code, detail, retryAfterSeconds };
  }
  if (error instanceof Problem) {
    return { status: error.status as ContentfulStatusCode, code: error.code, detail: error.detail };
  }
  return { status: 500, code: 'internal-error' };
}
