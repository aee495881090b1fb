/** What things are called in the institute of the tour. */
export const institutes = [
  { id: 'imr', name: '金属研究所' },
  { id: 'icr', name: '化学研究所' },
  { id: 'iop', name: '物理研究所' },
  { id: 'ioc', name: '计算技术研究所' },
] as const;

const surnames = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢',
];
const firsts = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂文辉玲建志海雪晨宇欣怡梓涵浩轩思佳'];

/** The nth name; the first hundreds differ. */
export function nameOf(nth: number): string {
  const surname = surnames[(nth * 7) % surnames.length];
  const first = firsts[(nth * 11) % firsts.length];
  const second = nth % 3 === 0 ? '' : firsts[(nth * 17 + Math.floor(nth / 50)) % firsts.length];
  return `${surname}${first}${second}`;
}

/** Courseware: title, kind, limit in hours, length in minutes. */
export const courseware: readonly (readonly [
  title: string,
  kind: 'video' | 'document',
  hours: number,
  minutes: number,
])[] = [
  ['实验室安全与消防', 'video', 2, 95],
  ['科研诚信与学术规范', 'video', 1.5, 80],
  ['知识产权与专利申请实务', 'video', 2, 110],
  ['固体物理导论：从晶体结构到能带理论', 'video', 4, 230],
  ['透射电镜操作与样品制备', 'video', 3, 175],
  ['危险化学品管理规定解读', 'document', 1, 0],
  ['科技论文英文写作', 'video', 2.5, 140],
  ['国家重点研发计划申报指南解读', 'document', 1.5, 0],
  ['机器学习基础及其在材料科学中的应用', 'video', 4, 220],
  ['保密教育', 'video', 1, 55],
  ['X 射线衍射数据精修', 'video', 2, 115],
  ['财务报销与经费管理', 'document', 1, 0],
  ['高性能计算平台使用入门', 'video', 2, 120],
  ['扫描探针显微术', 'video', 2.5, 150],
  ['科技成果转化政策与案例', 'document', 2, 0],
  ['领导力与团队建设', 'video', 1.5, 85],
  ['分子动力学模拟实践', 'video', 3, 180],
  ['辐射防护与安全', 'video', 2, 100],
  ['心理健康与压力管理', 'video', 1, 50],
  ['开放科学与数据管理', 'document', 1, 0],
  ['Python 科学计算', 'video', 4, 240],
  ['仪器设备采购流程', 'document', 0.5, 0],
  ['量子信息前沿进展', 'video', 2, 105],
  ['研究生导师职责与指导', 'video', 1.5, 75],
];

/** Trainings: title, form, category, online and offline hours, days. */
export const trainings: readonly (readonly [
  title: string,
  category: string,
  online: number,
  offline: number,
  days: number,
])[] = [
  ['新入职员工岗前培训', '岗前培训', 4, 20, 3],
  ['电子显微学暑期学校', '专业技术培训', 0, 32, 5],
  ['科研管理能力提升研修班', '管理培训', 6, 18, 3],
  ['青年科学家论坛', '学术交流', 0, 8, 1],
  ['高端仪器操作认证培训', '专业技术培训', 4, 24, 4],
  ['学术报告：二维材料的电子结构', '学术交流', 0, 3, 1],
  ['党建与廉政专题学习', '其他培训', 2, 6, 1],
  ['项目负责人财务培训', '管理培训', 2, 6, 1],
  ['安全员取证培训', '岗位培训', 4, 16, 2],
  ['学术报告：人工智能驱动的科学研究', '学术交流', 0, 3, 1],
  ['英语口语强化班', '其他培训', 10, 20, 10],
  ['博士后学术沙龙', '学术交流', 0, 4, 1],
];

export const places = ['沈阳', '北京', '合肥', '上海', '线上 + 现场', '深圳'] as const;

/** What learners declare: category, title, the most hours. */
export const declared: readonly (readonly [
  category: 'online' | 'self-study' | 'offline',
  title: string,
  hours: number,
])[] = [
  ['self-study', '研读《固体物理学》', 8],
  ['self-study', '研读《科研项目管理》', 6],
  ['self-study', '研读《材料科学基础》第三版', 10],
  ['self-study', '学习《论科技自立自强》', 4],
  ['online', '学堂在线：深度学习', 12],
  ['online', '中国大学 MOOC：量子力学', 16],
  ['online', '国际学术在线报告会', 6],
  ['offline', '国家自然科学基金委培训', 16],
  ['offline', '德国马普所访问研修', 80],
  ['offline', '国际材料大会', 24],
  ['offline', '省人社厅高级研修班', 40],
];

export const exams = ['实验室安全考试', '保密知识考试', '科研诚信测试'] as const;
