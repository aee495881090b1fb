import type { Language } from './language.ts';

/** What the API says of a field that is at fault, in the words of people. */
export function faultIn(language: Language, message: string): string {
  if (language === 'en' && message === 'must not be before from') return 'Must not be before the first day.';
  if (language === 'en') return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
  for (const [pattern, words] of chinese) {
    const found = pattern.exec(message);
    if (found !== null) return words.replace('{}', found[1] ?? '');
  }
  return `填写有误（${message}）。`;
}

const chinese: readonly [RegExp, string][] = [
  [/^must be video or document$/, '请填写 video（视频）或 document（文档）。'],
  [/^must be true or false$/, '请填写 true 或 false。'],
  [/^there is no institute "(.+)"$/, '没有编号为“{}”的单位。'],
  [/^is on the roster of another institute$/, '属于其他单位。'],
  [/^is not "(.+)", your institute$/, '只能导入本单位“{}”的学员。'],
  [/^is a reserved word$/, '这个编号不能使用。'],
  [/^is the id of another courseware$/, '这个编号已经有课件了。'],
  [/^is required$|^must not be empty$|^must name somebody$/, '请填写此项。'],
  [/^must be at most (\d+) characters$/, '最多 {} 个字。'],
  [/^must be a calendar day/, '请填写日期，例如 2026-03-01。'],
  [/^must be from 1970 to 2999$/, '年份超出范围。'],
  [/^must not be before (?:from|startsAt|enrolFrom)$/, '不能早于开始时间。'],
  [/^must lie in the same year as from/, '开始与结束须在同一年度。'],
  [/^must be at most the (\d+) days/, '学时不能超过这 {} 天。'],
  [/^must be at least (\d+)$/, '不能小于 {}。'],
  [/^must be at most (\d+)$/, '不能大于 {}。'],
  [/^must not be negative$/, '不能为负数。'],
  [/^must be (?:a whole number|a number)/, '请填写数字。'],
  [/^must be a web address$/, '请填写完整网址，以 https:// 开头。'],
  [/^must not contain control characters/, '含有无法显示的字符。'],
  [/^must be hours such as/, '请填写学时，例如 2、1.5 或 1小时30分。'],
  [/^is for offline activities alone$/, '仅适用于线下学习。'],
  [/^must be training or academic-report$/, '请填写 training（培训项目）或 academic-report（学术报告）。'],
  [/^must be a moment/, '请填写时间，例如 2026-03-01T09:00:00+08:00。'],
  [/^must not make it longer than the event/, '学时不能超过培训本身的天数。'],
  [/^must not be 0 where onlineSeconds is$/, '线上与线下学时不能都为 0。'],
  [/^is you:/, '这是您本人：不能确认自己的学时。'],
  [/^is one that you are confirmed in/, '您是这项培训的学员，须由他人修改学时。'],
  [/^is not enrolled in this training$/, '没有报名这项培训。'],
  [/^is of another institute and has not enrolled$/, '是其他单位的学员，且没有报名。'],
  [/^would have more hours than the event$/, '学时超过了培训本身。'],
  [/^was decided by another reviewer/, '已由他人审核；如需更正，请勾选“更正他人的决定”。'],
  [/^is missing in the header$/, '表头缺少这一列。'],
  [/^is not a known column$/, '不认识这一列。'],
  [/^has (\d+) cells instead of/, '这一行有 {} 格，与表头不一致。'],
  [/^has more than (\d+) rows$/, '超过 {} 行，请分开导入。'],
  [/^The file is empty\.$/, '文件是空的。'],
  [/^is already on line (\d+)$/, '与第 {} 行重复。'],
  [/^lies in a closed year$/, '所在年度已结算。'],
  [/^is held by another institute$/, '属于其他单位。'],
  [/^is in the future, and attendance/, '在将来，但已有学员被确认。'],
  [/^has a quotation mark out of place$/, '引号不配对。'],
  [/^must be 1 to 128 /, '编号只能用字母、数字和 . _ : @ -。'],
  [/^is there twice$/, '重复出现。'],
  [/^is in the future: declare/, '还没有结束：请在结束后提交，或先存为草稿。'],
  [/^is in the future/, '还没有结束：请在结束后提交。'],
];
