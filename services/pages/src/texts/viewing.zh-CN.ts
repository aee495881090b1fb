import type { SessionState, WhyNot } from '@watchledger/contract';

/** A viewing, stretch by stretch. */
export const viewingZhCN = {
  states: {
    active: '正在学习',
    expired: '已中断',
    superseded: '已被替换',
    ended: '已结束',
  } satisfies Record<SessionState, string>,
  summary: (watched: string, credited: string) => `观看${watched}，计入${credited}`,
  strip: (counted: string, uncounted: string) => `时间线：计入${counted}，未计入${uncounted}`,
  stretches: (count: number) => `逐段说明（${count}段）`,
  counted: '计入',
  uncounted: '未计入',
  reasons: {
    paused: '已暂停或播放完毕，不计时。',
    hidden: '页面被切走或最小化，看不见时不计时。',
    idle: '长时间没有操作，视为没有在学习。',
    buffering: '正在缓冲，画面没有播放。',
    gap: '这段时间没有收到页面的消息，例如断网、休眠或页面被关闭。',
    'courseware-limit-reached': '已达到本课件约定的学时，超出部分不再计入。',
    'online-cap-reached': '网络学习已达年度上限，超出部分不再计入；请通过在职自学或线下学习补充。',
    'year-closed': '该年度已结算，之后到达的时间不再计入。',
  } satisfies Record<WhyNot, string>,
  noStretches: '这次打开后没有开始播放或阅读。',
};

export type ViewingTexts = typeof viewingZhCN;
