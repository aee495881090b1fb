import type { SignInFaultReason } from '../sign-in/provider/provider.ts';

/** What is said about signing in at a provider, and out again. */
export const signInPagesZhCN = {
  failed: {
    denied: ['登录已取消', '您在统一登录页面取消了登录，或没有同意授权。没有任何更改，随时可以再登录。'],
    interrupted: [
      '登录没有完成',
      '统一登录服务需要您先在那里完成一步，例如输入密码或确认身份。请再登录一次。',
    ],
    unavailable: [
      '统一登录暂时连不上',
      '这不是您的问题，稍等片刻即可。正在观看的课件照常计时，已记录的学时不会丢失。',
    ],
    misconfigured: [
      '登录还没有设置好',
      '本系统与统一登录服务的连接设置有误，您无法自行解决。请把这一页告诉管理员。',
    ],
    distrusted: [
      '登录结果无法确认',
      '统一登录服务的回答没有通过安全检查，为了保护您的账号，没有登录。请再试一次；如果反复出现，请告诉管理员。',
    ],
    expired: ['这次登录已经失效', '登录用时太久，或者这个链接已经用过。重新登录一次就好，只需片刻。'],
    'unusable-account': [
      '这个账号还不能使用',
      '您的账号里没有可用的学员编号（例如工号），学时无法记在您的名下。请联系管理员补全后再登录，或换一个账号。',
    ],
    'unusable-institute': [
      '您的所属单位无法识别',
      '您的账号里写的所属单位不是一个有效的单位编号，为避免看到别的单位的数据，没有登录。请联系管理员更正，或换一个账号。',
    ],
  } as Failures,
  again: '重新登录',
  waiting: '正在等待统一登录恢复，恢复后会自动带您去登录……',
  anotherAccount: '退出并换一个账号',
  noRole: {
    title: '您的账号还没有开通',
    text: '您已经登录，但这个账号在学时系统里还没有任何角色，所以暂时没有可以打开的页面。',
    ask: '请把下面这句话发给单位的系统管理员：',
    request: (name: string | undefined, id: string) =>
      `请在统一登录中为我开通学时系统的角色。我的账号：${name === undefined ? id : `${name}（${id}）`}。`,
    roles: ['角色', '能打开的页面'],
    between: '、',
    again: '已经开通，重新登录',
  },
  leaving: {
    title: '正在退出',
    text: '本系统已经退出，正在前往统一登录服务，在那里也退出。',
    go: '继续',
  },
  signedOut: {
    title: '您已退出',
    text: '如果这是公用电脑，请再关闭所有浏览器窗口。',
    again: '重新登录',
  },
  /** On the start page. */
  own: {
    heading: '您的页面',
    none: '您的账号还没有开通任何角色。',
    whatToDo: '看看怎么办',
    sections: {
      me: '今年完成了多少学时，还差多少；申报学习，报名培训，打印档案。',
      review: '审核学员申报的学时，确认培训到场的人员。',
      overview: '各单位的完成情况，谁还没有达到年度目标。',
      admin: '课件、学员、年度结算、变更记录与运行状况。',
    },
  },
};

export type SignInPagesTexts = typeof signInPagesZhCN;
type Failures = Readonly<Record<SignInFaultReason, readonly [title: string, text: string]>>;
