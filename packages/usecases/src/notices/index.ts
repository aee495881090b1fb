export { type NoticesContext, readNotices, unreadNotices } from './notices.ts';
