import type { Policy } from '@watchledger/rules';

/** The rules in force. */
export const adminPolicyZhCN = {
  policy: {
    title: '计时规则',
    lead: '现在实行的规则。由运维人员通过规则文件（POLICY_FILE）修改，修改会写入变更记录。',
    figures: '数值',
    rows: (
      policy: Policy,
      span: (ms: number) => string,
    ): readonly (readonly [rule: string, figure: string, meaning: string])[] => [
      ['年度目标', span(policy.goal), '每名学员一年应达到的学时。'],
      [
        '网络学习上限',
        policy.categories.online.cap === null ? '没有上限' : span(policy.categories.online.cap),
        '一年最多计入；超出的照样记录，不再计入。',
      ],
      [
        '在职自学上限',
        policy.categories['self-study'].cap === null ? '没有上限' : span(policy.categories['self-study'].cap),
        '一年最多计入。',
      ],
      [
        '线下学习上限',
        policy.categories.offline.cap === null ? '没有上限' : span(policy.categories.offline.cap),
        policy.categories.offline.cap === null ? '全部计入。' : '一年最多计入。',
      ],
      [
        '课件约定学时',
        policy.coursewareLimitScope === 'year' ? '每年重新计算' : '终身只计一次',
        '一个课件看多少遍，最多计入约定学时。',
      ],
      [
        '同时打开第二个课件',
        policy.parallelViewing === 'take-over' ? '可以接管' : '拒绝',
        '一名学员同一时间只有一个课件计时。',
      ],
      ['报告间隔', span(policy.heartbeat), '页面每隔这么久向服务器报告一次。'],
      ['中断后释放', span(policy.lock), '页面没有消息这么久以后，可以打开别的课件。'],
      ['暂停后释放', span(policy.release), '暂停这么久以后，可以打开别的课件。'],
      ['断网补报', span(policy.maxCatchUp), '网络中断后，一次最多补记这么久。'],
      ['网络抖动', span(policy.slack), '允许的误差；更多的申报不予承认。'],
      ['文档无操作', span(policy.documentIdle), '阅读文档时，这么久没有操作就暂停计时。'],
      ['时区', policy.timeZone, '日、月、年都按这个时区计算。'],
    ],
    item: '规则',
    value: '数值',
    meaning: '含义',
    explained: '怎样计时',
  },
};

export type AdminPolicyTexts = typeof adminPolicyZhCN;
