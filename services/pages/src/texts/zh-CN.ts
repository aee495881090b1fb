import type { Milliseconds, Policy } from '@watchledger/rules';
import { adminZhCN } from './admin.zh-CN.ts';
import { meZhCN } from './me.zh-CN.ts';
import { overviewZhCN } from './overview.zh-CN.ts';
import { reviewZhCN } from './review.zh-CN.ts';
import { signInPagesZhCN } from './sign-in.zh-CN.ts';
import { viewingZhCN } from './viewing.zh-CN.ts';

const minute = 60_000;
const hour = 60 * minute;

/** A duration in words: `1 小时 30 分钟`, `20 秒`. */
function span(duration: Milliseconds): string {
  const parts: [number, string][] = [
    [Math.floor(duration / hour), '小时'],
    [Math.floor((duration % hour) / minute), '分钟'],
    [Math.floor((duration % minute) / 1000), '秒'],
  ];
  const words = parts.flatMap(([count, unit]) => (count > 0 ? [`${count} ${unit}`] : []));
  return words.join(' ') || '0 秒';
}

/** Study hours as people say them: `50 学时`, `1.5 学时`; what is no tenth of an hour is said in time. */
function studyHours(duration: Milliseconds): string {
  return duration > 0 && duration % (hour / 10) === 0 ? `${duration / hour} 学时` : span(duration);
}

/** All that the pages say in Chinese. Texts for scripts are plain, with `{places}` that the script fills. */
export const zhCN = {
  htmlLang: 'zh-CN',
  ownName: '中文',
  studyHours,
  product: 'WatchLedger',
  units: { hour: '小时', minute: '分', second: '秒', between: '' },
  sections: { me: '我的学时', review: '审核', overview: '概览', admin: '管理' },
  places: {
    year: '年度学时',
    courseware: '课件',
    calendar: '学习日历',
    activities: '申报',
    trainings: '培训项目',
    record: '我的档案',
    queue: '待审核',
    trainingsToReview: '培训确认',
    history: '审核记录',
    overview: '概览',
    coursewareToKeep: '课件管理',
    learners: '学员',
    sessions: '正在学习',
    years: '年度结算',
    audit: '变更记录',
    policy: '计时规则',
    health: '运行状况',
  },
  news: (count: number) => `${count}条新消息`,
  pager: { label: '翻页', first: '回到开头', next: '下一页' },
  problems: {
    title: '没有成功',
    text: '服务没有完成这一步，未作任何更改。',
    again: '再试一次',
    sendAgain: '原样再提交一次',
    home: '回首页',
    details: '技术信息',
    pages: {
      forbidden: ['没有权限', '当前账号不能打开这一页。如需权限，请联系管理员。'],
      'payload-too-large': [
        '文件太大',
        '一次提交的文件合计不超过 10 MB。请返回，换用较小的文件，或分几次上传。',
      ],
      'not-found': ['没有这一页', '链接可能已经失效。'],
      unavailable: ['暂时无法访问', '数据存储暂时无法访问，请稍候再试。已记录的内容不会丢失。'],
      'internal-error': ['出错了', '服务出了差错，未作任何更改。请稍后再试。'],
    } as Readonly<Record<string, readonly [title: string, text: string]>>,
  },
  me: meZhCN,
  viewing: viewingZhCN,
  people: { headquarters: '总部', notRostered: '不在名册' },
  signInPages: signInPagesZhCN,
  overview: overviewZhCN,
  review: reviewZhCN,
  admin: adminZhCN,
  tagline: '可信的在线学时记录',
  skipToContent: '跳到正文',
  navigation: {
    label: '主导航',
    start: '首页',
    video: '视频课件',
    document: '文档课件',
    players: '播放器',
    api: '接口文档',
  },
  languages: '语言',
  signedInAs: '当前用户',
  signOut: '退出',
  footer: '自动计时：1 学时等于 60 分钟，以服务器时钟为准。',

  start: {
    title: '看了多久，就记多久',
    lead: 'WatchLedger 为在线课件自动计时：视频真正在播放、文档真正在阅读时才计时，以服务器的时钟为准，并按规则换算为学时。',
    demos: '试一试',
    cards: {
      video: {
        title: '视频课件',
        text: '一段 75 秒的讲解视频。播放、暂停、拖动、换个标签页，看看哪些时间被记录。',
      },
      document: { title: '文档课件', text: '一份五页的学时说明。阅读时计时，长时间没有操作则暂停计时。' },
      api: { title: '接口文档', text: '心跳、学时查询、课件管理：所有接口与字段，随服务自动生成。' },
    },
    open: '打开',
    facts: '它怎样计时',
    factList: [
      ['服务器说了算', '客户端只申报，服务器按自己的时钟核定。重复、加速或补报都不会多得一秒。'],
      [
        '同一时间一个课件',
        '一名学员同时只有一个课件计时。在别处再打开，会告诉你哪一个正在学习、占用到何时。',
      ],
      ['始终说明原因', '哪段时间没有计入、为什么没有计入，学员随时看得到。'],
    ] as [title: string, text: string][],
    embed: '嵌入到你的课件页',
    embedText: '一个脚本、一个播放器、一个取令牌的函数：',
  },

  demo: {
    videoTitle: '视频课件：学时是怎样计算的',
    documentTitle: '文档课件：学时说明',
    guideTitle: '学时说明',
    guideFigures: '按默认规则',
    videoLabel: '演示视频，75 秒，五个章节',
    noVideo: '此浏览器不能播放这段视频。',
    pages: '页码',
    previousPage: '上一页',
    nextPage: '下一页',
    noScript: '计时需要启用 JavaScript。课件可以照常观看，但不会记录学时。',
  },

  /** The SDK beside players and viewers of others. */
  players: {
    heading: '换一种播放器',
    attach: '这样接入：',
    hls: {
      short: 'HLS',
      title: 'HLS 视频：hls.js',
      text: '分段传输，两档清晰度。一个脚本标签就能计时，并带来播放器下方的状态条。',
    },
    videoJs: {
      short: 'Video.js',
      title: 'Video.js 播放器',
      text: 'SDK 自带的适配器读取它的播放状态，播放器本身不用改动。',
    },
    pdf: {
      short: 'PDF',
      title: 'PDF 文档：PDF.js',
      text: '五页 PDF。滚轮、按键、触摸算作阅读，脚本翻页不算。',
    },
    frame: {
      short: '嵌入页',
      title: '嵌入页里的课件',
      text: '课件在 iframe 里，只说正在播放什么；令牌和记录都在外面的页面。',
    },
    pdfLabel: 'PDF：学时说明，五页',
    pdfPage: '第 {page} 页',
    pdfFailed: '无法显示这份 PDF。',
    pdfOpen: '打开 PDF 文件',
    framedLabel: '嵌入的课件页',
    framedFrom: '嵌入的页面',
    statusFrom: '下面一条来自 SDK 的 <watchledger-status>，任何页面都能直接使用。',
  },

  signIn: {
    title: '请先登录',
    why: '学时要记在您的名下，所以需要知道您是谁。',
    development: '试用或开发时：在启动服务的终端里，复制启动时打印的链接，形如',
    once: '链接只能使用一次，一小时内有效。重新启动服务会打印新的链接。',
    go: '登录',
    busy: '正在登录…',
    problems: {
      used: '这个登录链接已经用过了。每个链接只能使用一次，请使用另一个，或重新启动服务以获得新的链接。',
      expired: '这个登录链接已经过期。链接一小时内有效，请重新启动服务以获得新的链接。',
      unknown: '这个登录链接无效。它可能没有复制完整，或者服务已重新启动，请使用最近一次启动时打印的链接。',
      unreachable: '暂时无法连接服务，没有完成登录。请稍后重新打开这个链接。',
    },
  },

  /** What the recording panel says; the keys of `states` are the panel's states. */
  recording: (policy: Policy) => ({
    heading: '学时记录',
    units: { hour: '小时', minute: '分', second: '秒' },
    watched: '本次已记录',
    watchedHelp: '由服务器确认；两次确认之间由本页推算。',
    thisCourseware: '本课件',
    onlineYear: '{year} 年网络学习',
    onlineYearUnknown: '本年度网络学习',
    credited: '已计入',
    limit: '课件学时',
    left: '还可计入',
    cap: '年度上限',
    noCap: '不设上限',
    progressOf: '{done}，共 {all}',
    history: '状态记录',
    conflictHeading: '另一个课件正在学习',
    conflictSameHeading: '本课件已在另一处打开',
    conflictNamed: '正在学习的是《{title}》。',
    conflictSame: '这个课件已在另一个标签页或另一台设备上打开。',
    conflictUnnamed: '你在另一个页面上打开了其他课件。',
    conflictTimes: '打开于 {openedAt}；如果那边不再活动，占用到 {expiresAt} 为止。',
    conflictChoices: '同一时间只能记录一个课件。你可以：',
    closeThere:
      '到那边去：找到打开它的标签页或设备，继续学习，或者关闭它。关闭后在这里点“重试”；播放或阅读时，本页也会自动重试。',
    tryAgain: '重试',
    endOther: '结束那边，在这里学习',
    takeOver: '接替那边，在这里学习',
    resume: '在这里继续记录',
    ending: '正在结束那边的学习…',
    endFailed: '没能结束那边的学习，请稍后再试，或到那边关闭它。',
    states: {
      connecting: ['正在连接', '正在向服务器打开学习记录。'],
      ready: ['准备就绪', '开始播放或阅读后即计时。'],
      counting: ['正在计时', '这段时间计入学时。'],
      paused: ['已暂停', '暂停期间不计时，继续播放即恢复计时。'],
      ended: ['已播完', '视频已播完，不再计时。重新播放会继续记录，但计入的时间不超过课件学时。'],
      hidden: ['页面不可见', '页面被切走或最小化时不计时，回到本页即恢复。'],
      idle: [
        '长时间没有操作',
        `超过 ${span(policy.documentIdle)}没有翻页、滚动或其他操作，暂停计时。动一动即恢复。`,
      ],
      buffering: ['正在缓冲', '画面没有播放，暂不计时，恢复播放后自动继续。'],
      'parallel-viewing': ['未记录', '另一个课件正在学习，本页不记录学时。'],
      'open-elsewhere': ['未记录', '本课件已在另一处打开并在那里计时，本页不记录学时。'],
      'session-superseded': ['已在别处学习', '你在别处打开了课件，本页已停止记录。此前的时间已经保存。'],
      'session-ended': ['已结束', '这次学习已被结束，本页已停止记录。此前的时间已经保存。'],
      'courseware-limit-reached': [
        '已达课件学时',
        '本课件的学时已全部计入。可以继续观看，实际时长照常记录，但不再计入学时。',
      ],
      'online-cap-reached': [
        '已达年度上限',
        policy.categories.online.cap === null
          ? ''
          : `已达 ${studyHours(policy.categories.online.cap)}上限，不再计入；请通过在职自学或线下学习补充`,
      ],
      'year-closed': ['年度已结账', '该年度已结账，现在的时间会记录为实际时长，但不再计入该年度。'],
      unreachable: [
        '暂时连不上服务器',
        `可以继续学习，本页会自动重连。恢复连接后会补报中断期间的时间，一次最多补 ${span(policy.maxCatchUp)}。`,
      ],
      unanswered: ['暂时连不上服务器', '服务器应答之后才开始计时，本页会自动重连。'],
      'signed-out': ['登录已失效', '无法继续记录。请用启动时打印的新链接重新登录，然后刷新本页。'],
      failed: ['无法记录', '服务器没有接受这次学习记录：{detail}'],
    } as Record<RecordingState, [title: string, explanation: string]>,
  }),

  /** The demo document: what it says follows the policy in force. */
  studyGuide: (policy: Policy) => {
    const { online, offline } = policy.categories;
    const selfStudy = policy.categories['self-study'];
    const capped = (cap: Milliseconds | null) =>
      cap === null ? '不设上限' : `每年最多计 ${studyHours(cap)}`;
    return [
      {
        title: '什么是学时',
        paragraphs: [
          '学时是衡量学习时间的单位：1 学时等于 60 分钟。学时只记录真实发生的学习，一分一秒都来自实际时长，不取整、不估算。',
          `学习形式有三种：网络学习、在职自学、线下学习。三种形式的有效学时合在一起，年度目标是 ${studyHours(policy.goal)}。`,
          '网络学习的时间由系统自动记录；在职自学和线下学习由学员登记，经审核后计入。',
        ],
      },
      {
        title: '网络学习怎样计时',
        paragraphs: [
          '视频：正在播放并且页面可见时计时。暂停、拖动、缓冲和播完之后都不计时。用画中画窗口观看，也算可见。',
          `文档：打开并且正在阅读时计时。如果超过 ${span(policy.documentIdle)}没有任何操作，计时暂停，直到你再次翻页、滚动或移动鼠标。`,
          '倍速播放不会让时间变多：用 2 倍速看完一小时的视频，实际时长是 30 分钟。',
          `页面每 ${span(policy.heartbeat)}向服务器申报一次。网络短暂中断不要紧：恢复后会自动补报，一次最多补 ${span(policy.maxCatchUp)}。`,
        ],
      },
      {
        title: '一个课件能计多少',
        paragraphs: [
          '每个课件有自己的课件学时，由创建者设定。实际看了多久就计多久，最多不超过课件学时。',
          '例如，一份课件学时为 2 学时的 PPT，看了 20 分钟，计 20 分钟；先后看了三次、每次一小时，实际时长是 3 小时，计 2 学时。',
          policy.coursewareLimitScope === 'year'
            ? '课件学时按年度计算：到了新的一年，可以重新计入。'
            : '课件学时终身有效：在一年里计满之后，以后再看也不重复计入。',
        ],
      },
      {
        title: '同一时间一个课件',
        paragraphs: [
          '一名学员同一时间只能有一个课件计时。第一个课件还开着时打开第二个，第二个不计时，页面会说明哪一个正在学习。',
          `结束第一个课件，第二个立即可以开始。如果第一个页面意外关闭，最多等待 ${span(policy.lock)}。`,
          `暂停着的课件仍然占用计时；超过 ${span(policy.release)}没有进展，就不再占用。`,
          '你可以从任何一台设备结束自己的学习。',
        ],
      },
      {
        title: '年度上限与年度目标',
        paragraphs: [
          `网络学习${capped(online.cap)}，在职自学${capped(selfStudy.cap)}，线下学习${capped(offline.cap)}。`,
          '达到网络学习上限之后，仍然可以观看课件，实际时长照常记录，但不再计入学时；请通过在职自学或线下学习补充。',
          `年度按日历年计算，时区为 ${policy.timeZone}。跨年的学习，在零点处分到两个年度。`,
          '当实际时长没有计入学时的时候，页面会说明原因。',
        ],
      },
    ];
  },
};

export type RecordingState =
  | 'connecting'
  | 'ready'
  | 'counting'
  | 'paused'
  | 'ended'
  | 'hidden'
  | 'idle'
  | 'buffering'
  | 'parallel-viewing'
  | 'open-elsewhere'
  | 'session-superseded'
  | 'session-ended'
  | 'courseware-limit-reached'
  | 'online-cap-reached'
  | 'year-closed'
  | 'unreachable'
  | 'unanswered'
  | 'signed-out'
  | 'failed';

/** What every language must say. */
export type Texts = typeof zhCN;
