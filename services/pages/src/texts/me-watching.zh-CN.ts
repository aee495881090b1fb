import type { SessionState, WhyNot } from '@watchledger/contract';

/** Courseware, its sessions, and the calendar of days. */
export const watchingZhCN = {
  courseware: {
    title: (year: number) => `${year}年的课件`,
    lead: '每个课件观看了多久、计入了多久、还可计入多久。',
    caption: (count: number) => `共${count}个课件，最近观看的在前`,
    search: '按名称查找',
    find: '查找',
    all: '显示全部',
    columns: { title: '课件', watched: '观看', credited: '计入', left: '还可计入', last: '最近观看' },
    ofLimit: (used: string, limit: string) => `已计入${used}，课件学时${limit}`,
    full: '已计满',
    none: '还没有观看课件',
    noneText: '在继续教育网打开课件，观看时自动计时，之后会出现在这里。',
    notFound: '没有找到',
    notFoundText: '没有名称包含这些字的课件，请换个说法。',
    sessions: (year: number) => `${year}年的观看记录`,
    noSessions: '这一年没有观看记录',
    noSessionsText: '可以换一个年度看看。',
    back: '全部课件',
  },

  session: {
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
  },

  calendar: {
    title: (year: number) => `${year}年学习日历`,
    summary: (days: number, time: string) => `${days}天有观看记录，共${time}。选择一天，查看当天的学习。`,
    weekdays: ['一', '二', '三', '四', '五', '六', '日'],
    cell: (day: string, time: string) => `${day}，${time}`,
    scale: { label: '颜色深浅', none: '没有', less: '少', more: '多' },
    table: '以表格显示',
    month: '月份',
    days: '天数',
    time: '观看',
    on: (day: string) => `${day}的学习`,
    noneOn: '这一天没有观看记录。',
    close: '关闭',
    none: '这一年还没有观看记录',
    noneText: '观看课件的日子会在日历上标出来，颜色越深，看得越久。',
    watchedOnDay: (time: string) => `当天观看${time}`,
  },
};

export type WatchingTexts = typeof watchingZhCN;
