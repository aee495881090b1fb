import { activitiesZhCN } from './me-activities.zh-CN.ts';
import { recordZhCN } from './me-record.zh-CN.ts';
import { trainingsZhCN } from './me-trainings.zh-CN.ts';
import { watchingZhCN } from './me-watching.zh-CN.ts';

/** What the learner's pages say in Chinese. */
export const meZhCN = {
  categories: { online: '网络学习', selfStudy: '在职自学', offline: '线下学习' },

  year: {
    title: (year: number) => `${year}年度学时`,
    years: '年度',
    glance: '完成情况',
    headLine: (year: number, done: string, missing: string, goal: string) =>
      `${year}年度您已完成${done}，再学${missing}将达到${goal}的目标！`,
    reached: (year: number, done: string) => `${year}年度您已完成${done}，已达到年度目标。`,
    offlineNeeded: (time: string) => `其中至少${time}须通过线下学习完成，因为网络学习和在职自学有上限。`,
    closed: '本年度已结算，数字不再变动。',
    ofGoal: (goal: string) => `目标${goal}`,
    ofCap: (cap: string) => `上限${cap}`,
    noCap: '没有上限',
    left: (time: string) => `还可计入${time}。`,
    notCounted: (time: string) => `另有${time}超出上限或课件约定学时，未计入。`,
    waiting: (time: string) => `待审核或待确认：${time}，通过后计入。`,
    how: {
      online: '观看课件时自动计时；也可申报外部网络学习。',
      selfStudy: '看完纸质文档后自己申报，审核通过后计入。',
      offline: '参加培训、讲座，报名后由管理员确认；外部培训可自己申报。',
    },
    go: { online: '看课件', selfStudy: '去申报', offline: '看培训' },
    declare: '去申报',
    full: {
      online: '网络学习已满，请通过在职自学或线下学习补充。',
      selfStudy: '在职自学已满，请通过线下学习补充。',
      offline: '线下学习已满。',
    },
  },

  notices: {
    heading: (count: number) => `新消息（${count}）`,
    decisions: { approved: '审核通过', confirmed: '已确认', rejected: '未通过' },
    counts: (time: string) => `计入${time}`,
    ofDeclared: (time: string) => `（申报${time}）`,
    reason: (reason: string) => `意见：${reason}`,
    others: (count: number) => `还有${count}条`,
    more: (count: number) => `另有${count}条更早的消息，可在“申报”和“培训项目”中查看。`,
    read: '全部标为已读',
    wasRead: '已全部标为已读。',
  },

  ...watchingZhCN,
  activities: activitiesZhCN,
  trainings: trainingsZhCN,
  record: recordZhCN,
};

export type MeTexts = typeof meZhCN;
