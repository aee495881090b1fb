/** Courseware, and the calendar of days. */
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
