import { reviewActivityZhCN } from './review-activity.zh-CN.ts';
import { reviewQueueZhCN } from './review-queue.zh-CN.ts';
import { reviewTrainingsZhCN } from './review-trainings.zh-CN.ts';

/** What the reviewer's desk says in Chinese. */
export const reviewZhCN = {
  categories: { online: '外部网络学习', 'self-study': '在职自学', offline: '线下学习' },
  kinds: { training: '外部培训', 'overseas-training': '出国（境）培训', 'study-abroad': '公派留学' },
  states: { draft: '草稿', submitted: '待审核', approved: '已批准', rejected: '已退回', withdrawn: '已撤回' },
  all: '全部',
  filter: '筛选',
  clear: '清除筛选',
  back: '返回',
  /** Between parts of a sentence. */
  between: '；',

  ...reviewQueueZhCN,
  ...reviewActivityZhCN,

  keys: {
    button: '键盘快捷键',
    title: '键盘快捷键',
    lead: '在输入框中打字时不起作用。',
    on: '启用单键快捷键',
    close: '关闭',
    list: [
      ['j', '下一条'],
      ['k', '上一条'],
      ['Enter', '打开'],
      ['x', '勾选（列表中）'],
      ['a', '批准：打开并选好，再按 Enter 提交'],
      ['r', '退回：打开并转到理由'],
      ['u', '返回列表'],
      ['?', '显示这份说明'],
    ] as readonly (readonly [key: string, does: string])[],
  },

  history: {
    title: '审核记录',
    lead: '最近的决定在最前。每项决定都可以更正。',
    mine: '我的决定',
    everybody: '全部审核员',
    by: '审核员',
    state: '结果',
    when: '决定时间',
    search: '学员或标题',
    who: '学员',
    what: '申报内容',
    hours: '申报 → 批准',
    comment: '意见',
    correct: '更正',
    correctOf: (title: string, who: string) => `更正：${who}《${title}》`,
    emptyTitle: '还没有决定',
    empty: '审核过的申报会列在这里。',
    emptyFiltered: '没有符合条件的决定。',
  },

  ...reviewTrainingsZhCN,
};

export type ReviewTexts = typeof reviewZhCN;
