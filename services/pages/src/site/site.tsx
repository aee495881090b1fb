import { WatchLedgerError } from '@watchledger/client';
import { Problem, type Scope } from '@watchledger/contract';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { Notice, Notices } from '../layout/notice.ts';
import { type House, type Page, pageOf } from '../layout/page.ts';
import { type Allowed, pageHeaders } from '../layout/page-headers.ts';
import { sections } from '../layout/sections.ts';
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
  /** A form that was sent from our own pages; renders itself anew where it cannot be taken as it is. */
  take(path: string, scope: Scope, act: (sent: SentForm) => Shown): void;
  /** The last of all: below the sections of people every other path is a page that says so. */
  nothingElse(): void;
  readonly app: Hono;
}

/** Larger than the largest evidence, with its form around it. */
const largestForm = 11 * 1024 * 1024;

export function createSite(deps: {
  house: House;
  cookie: SignInCookie;
  notices: Notices;
  askAs: AskAs;
  log: (error: unknown, path: string) => void;
}): Site {
  const { house, cookie, notices, askAs, log } = deps;
  const app = new Hono();

  const answer = async (c: Context, scope: Scope, render: (visit: Visit) => Shown, notice: Notice | null) => {
    const who = cookie.read(c);
    const page = pageOf(c, house, who, notice);
    if (who === null) return shown(c, <SignInPage page={page} />, 401);
    if (!may(who, scope)) return shown(c, <ProblemPage page={page} trouble={{ code: 'forbidden' }} />, 403);
    const visit: Visit = {
      c,
      page,
      who,
      ask: askAs(who),
      part: (name) => c.req.param(name) ?? '',
      goTo(path, left) {
        if (left !== undefined) notices.leave(c, left);
        return c.redirect(page.link(path), 303);
      },
    };
    try {
      const child = await render(visit);
      return child instanceof Response ? child : await shown(c, child, 200);
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble.status >= 500) log(error, c.req.path);
      return shown(c, <ProblemPage page={page} trouble={trouble} />, trouble.status);
    }
  };

  const tooLarge = bodyLimit({
    maxSize: largestForm,
    onError: (c) => {
      const page = pageOf(c, house, cookie.read(c));
      return shown(c, <ProblemPage page={page} trouble={{ code: 'payload-too-large' }} />, 413);
    },
  });

  return {
    app,
    nothingElse() {
      for (const { name } of sections) {
        app.get(`/${name}/*`, pageHeaders(), (c) => {
          const page = pageOf(c, house, cookie.read(c));
          return shown(c, <ProblemPage page={page} trouble={{ code: 'not-found' }} />, 404);
        });
      }
    },
    show(path, scope, render, allowed) {
      app.get(path, pageHeaders(allowed), (c) => answer(c, scope, render, notices.take(c)));
    },
    take(path, scope, act) {
      app.post(path, pageHeaders(), fromOurPages, tooLarge, async (c) => {
        const form = new Form(await c.req.formData());
        return answer(c, scope, (visit) => act({ ...visit, form }), null);
      });
    },
  };
}

async function shown(c: Context, child: Child, status: number): Promise<Response> {
  // biome-ignore lint/suspicious/noExplicitAny: hono's own union of all statuses, which a number is not.
  return c.html(html`<!doctype html>${child}`, status as any);
}

function troubleOf(error: unknown): Trouble & { status: number } {
  if (error instanceof WatchLedgerError) {
    const { status, code, message: detail, retryAfterSeconds } = error;
    return { status, code, detail, retryAfterSeconds };
  }
  if (error instanceof Problem) return { status: error.status, code: error.code, detail: error.detail };
  return { status: 500, code: 'internal-error' };
}
