import type { RecordFigures, StudyRecord } from '@watchledger/contract';
import { inShanghai } from './clock.ts';

/** A training of the learner of 2016. */
export interface GuideTraining {
  readonly id: string;
  readonly title: string;
  readonly place: string;
  readonly category: string;
  readonly organiser: string;
  readonly from: string;
  readonly to: string;
  readonly hours: number;
}

const imr = '金属研究所';
const short = '专项技术短期培训班';
const oneDay = (day: string) => ({ from: day, to: day });

/** Those that the screen prints row by row. */
export const printedTrainings: readonly GuideTraining[] = [
  {
    id: 't-cadres',
    title: '干部教育培训工作条例培训',
    place: '丹东',
    category: '管理技能培训',
    organiser: '沈阳分院',
    from: '2016-05-05',
    to: '2016-05-07',
    hours: 12,
  },
  {
    id: 't-quality',
    title: '“质量保证大纲的编制要求和方法”所级培训',
    place: '金属研究所李蕊楼468会议室',
    category: short,
    organiser: imr,
    ...oneDay('2016-03-09'),
    hours: 4,
  },
  {
    id: 't-procedures',
    title: '“新版程序文件中的原材料采购及工装模具管理”所级培训',
    place: imr,
    category: short,
    organiser: imr,
    ...oneDay('2016-04-06'),
    hours: 4,
  },
  {
    id: 't-archives',
    title: '“如何做好科研项目档案归档”所级培训',
    place: imr,
    category: short,
    organiser: imr,
    ...oneDay('2016-04-26'),
    hours: 4,
  },
  {
    id: 't-excel',
    title: '“Excel在实际工作中的高效应用”所级培训(第一课)——使用Excel与众不同的技巧——(实际工作中的大数据管理)',
    place: imr,
    category: short,
    organiser: imr,
    ...oneDay('2016-05-13'),
    hours: 4,
  },
];

/** Those that it only counts; with an external training of 4 hours they make up the 16 hours that are missing to 44. */
export const countedTrainings: readonly GuideTraining[] = [
  {
    id: 't-biomaterials',
    title: '师昌绪系列讲座：人工关节生物材料的应用与发展趋势',
    place: imr,
    category: '系列讲座',
    organiser: imr,
    ...oneDay('2016-07-29'),
    hours: 4,
  },
  {
    id: 't-safety',
    title: '实验室安全培训',
    place: imr,
    category: '其他培训',
    organiser: imr,
    ...oneDay('2016-06-15'),
    hours: 2,
  },
  {
    id: 't-patents',
    title: '“专利申请与检索”所级培训',
    place: imr,
    category: short,
    organiser: imr,
    ...oneDay('2016-09-21'),
    hours: 3,
  },
  {
    id: 't-data',
    title: '“科研数据管理”所级培训',
    place: imr,
    category: short,
    organiser: imr,
    ...oneDay('2016-10-19'),
    hours: 3,
  },
];

const hours = (count: number) => count * 3_600;

/** Every figure of the guide's screen (E6), as the service must say it. */
export const figuresOf2016: Omit<RecordFigures, 'learnerId' | 'from' | 'to'> = {
  head: {
    year: 2016,
    creditedSeconds: hours(54) + 600,
    missingSeconds: hours(46) - 600,
    goalSeconds: hours(100),
  },
  total: { seconds: hours(92) + 600, creditedSeconds: hours(54) + 600 },
  online: {
    watchedSeconds: 600,
    declaredSeconds: 0,
    trainingSeconds: 0,
    seconds: 600,
    creditedSeconds: 600,
  },
  selfStudy: { seconds: hours(48), creditedSeconds: hours(10) },
  offline: {
    externalSeconds: hours(4),
    trainingSeconds: hours(40),
    seconds: hours(44),
    creditedSeconds: hours(44),
  },
  counts: {
    trainings: 9,
    trainingsByCategory: [
      { category: '专项技术短期培训班', count: 6 },
      { category: '其他培训', count: 1 },
      { category: '管理技能培训', count: 1 },
      { category: '系列讲座', count: 1 },
    ],
    externalTrainings: 1,
    selfStudy: 1,
    courseware: 1,
    externalNetwork: 0,
    exams: 0,
    examPassRate: 0,
  },
};

/** The lines of the screen, as the guide prints them. */
export const printedLines: readonly string[] = [
  '2016年度您已完成54小时10分, 再学45小时50分将达到100学时的目标!',
  '2016-01~2016-12, 培训总时长92小时10分, 有效学时54小时10分。',
  '其中: 网络学时0小时10分(有效学时0小时10分), 线下培训学时44小时, 在职自学48小时(有效学时10小时)。',
  '培训项目9个, 其中其他培训1个, 管理技能培训1个, 专项技术短期培训班6个, 系列讲座1个。',
  '外部培训1个。',
  '在职自学1项, 实际时长48小时。',
  '在线学习课程数1个, 实际时长0小时10分。',
  '外部网络学习0项, 实际时长0小时0分。',
  '参加考试数0个, 其中合格率为0.0%。',
];

/** The categories in the order in which the screen names them. */
const categories = ['其他培训', '管理技能培训', '专项技术短期培训班', '系列讲座'];

/** The same lines, made of what the service says. */
export function linesOf(record: StudyRecord): string[] {
  const { from, to, head, total, online, selfStudy, offline, counts } = record;
  const byCategory = categories.map((category) => {
    const found = counts.trainingsByCategory.find((each) => each.category === category);
    return `${category}${found?.count ?? 0}个`;
  });
  return [
    `${head.year}年度您已完成${minutely(head.creditedSeconds)}, 再学${minutely(head.missingSeconds)}将达到${head.goalSeconds / 3_600}学时的目标!`,
    `${from}~${to}, 培训总时长${minutely(total.seconds)}, 有效学时${minutely(total.creditedSeconds)}。`,
    `其中: 网络学时${minutely(online.seconds)}(有效学时${minutely(online.creditedSeconds)}), 线下培训学时${hourly(offline.seconds)}, 在职自学${hourly(selfStudy.seconds)}(有效学时${hourly(selfStudy.creditedSeconds)})。`,
    `培训项目${counts.trainings}个, 其中${byCategory.join(', ')}。`,
    `外部培训${counts.externalTrainings}个。`,
    `在职自学${counts.selfStudy}项, 实际时长${hourly(selfStudy.seconds)}。`,
    `在线学习课程数${counts.courseware}个, 实际时长${minutely(online.watchedSeconds)}。`,
    `外部网络学习${counts.externalNetwork}项, 实际时长${minutely(online.declaredSeconds)}。`,
    `参加考试数${counts.exams}个, 其中合格率为${(counts.examPassRate * 100).toFixed(1)}%。`,
  ];
}

/** A row of the screen's table, as the guide prints it. */
export const printedRow = ({ title, place, category, organiser, from, to, hours }: GuideTraining): string =>
  [title, place, '混合培训', category, organiser, from, to, `${hours}小时`, '0小时', `${hours}小时`].join(
    '  ',
  );

/** The same, made of what the service says. */
export const rowOf = (row: StudyRecord['trainings'][number]): string =>
  [
    row.title,
    row.place,
    row.form,
    row.category,
    row.organiser,
    inShanghai(row.startsAt).slice(0, 10),
    inShanghai(row.endsAt).slice(0, 10),
    hourly(row.totalSeconds),
    hourly(row.onlineSeconds),
    hourly(row.offlineSeconds),
  ].join('  ');

const minutely = (seconds: number) =>
  `${Math.floor(seconds / 3_600)}小时${Math.floor((seconds % 3_600) / 60)}分`;

/** The screen writes whole hours without minutes where it is not about the network. */
const hourly = (seconds: number) => (seconds % 3_600 === 0 ? `${seconds / 3_600}小时` : minutely(seconds));
