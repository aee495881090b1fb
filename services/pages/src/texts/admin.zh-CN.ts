import { adminAuditZhCN } from './admin-audit.zh-CN.ts';
import { adminCoursewareZhCN } from './admin-courseware.zh-CN.ts';
import { adminImportsZhCN } from './admin-imports.zh-CN.ts';
import { adminLearnersZhCN } from './admin-learners.zh-CN.ts';
import { adminPolicyZhCN } from './admin-policy.zh-CN.ts';
import { adminYearsZhCN } from './admin-years.zh-CN.ts';

/** What the pages of admins say in Chinese. */
export const adminZhCN = {
  search: '查找',
  all: '全部',
  cancel: '返回',
  reason: '原因',
  reasonHelp: '会写入变更记录。',
  optional: '选填',
  yes: '是',
  no: '否',
  none: '无',
  history: '变更历史',
  when: '时间',
  who: '操作人',
  what: '变更',
  why: '原因',
  refresh: '刷新',

  live: {
    at: (time: string) => `数据时间 ${time}`,
    every: (seconds: number) => `每 ${seconds} 秒自动更新`,
    pause: '暂停自动更新',
    resume: '继续自动更新',
    away: '暂时连不上，显示的是上次的数据。',
  },

  ask: { title: '请确认' },

  conflict: {
    title: '这条记录刚被别人改过',
    text: '您打开页面之后，其他人改了同一条记录，所以您的修改还没有保存。请对照后选择：',
    by: (who: string, when: string) => `${who} 于 ${when} 修改`,
    field: '项目',
    theirs: '现在的内容',
    yours: '您要改成',
    keep: '保留现在的内容',
    overwrite: '仍然用我的修改覆盖',
    inRow: (who: string, value: string) => `未保存：${who}刚把学时改成了${value}。`,
    somebody: '其他人',
  },

  ...adminCoursewareZhCN,
  ...adminImportsZhCN,
  ...adminLearnersZhCN,
  ...adminYearsZhCN,
  ...adminAuditZhCN,
  ...adminPolicyZhCN,

  health: {
    title: '运行状况',
    status: {
      ok: ['一切正常', '学时正在可靠地记录。'],
      degraded: ['可以使用，但需要处理', '学时照常记录，请尽快请运维人员查看。'],
      down: ['暂时不能记录学时', '请立即请运维人员查看。恢复后，断网期间的学习会按规则补记。'],
    } as Readonly<Record<'ok' | 'degraded' | 'down', readonly [string, string]>>,
    checks: {
      database: ['数据库', '学时保存在这里'],
      policy: ['计时规则', '本进程的规则与数据库里的一致'],
      lock: ['观看锁', '保证一人同一时间只看一个课件'],
      clock: ['时钟', '各台机器的时间一致'],
    } as Readonly<Record<string, readonly [string, string]>>,
    level: { ok: '正常', degraded: '需要处理', down: '故障' },
    item: '检查项',
    meaning: '说明',
    result: '结果',
    details: '技术信息',
  },
};

export type AdminTexts = typeof adminZhCN;
