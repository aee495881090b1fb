import type { Standing } from './standing.ts';

export interface Texts {
  /** BCP 47, for voices that read the rest. */
  language: string;
  /** What the element is about, for those who hear it. */
  label: string;
  watched: string;
  courseware: string;
  /** `{0}`: the year. */
  year: string;
  noCap: string;
  retry: string;
  here: string;
  takeOver: string;
  /** In place of a title that may not be known. */
  other: string;
  /**
   * A heading and an explanation, with `|` between. `{0}`: the title of what is open elsewhere, the hours of the
   * cap, or what the service said.
   */
  says: Readonly<Record<Standing, string>>;
}

const en: Texts = {
  language: 'en',
  label: 'Study time',
  watched: 'Recorded',
  courseware: 'Left in this courseware',
  year: 'Left in {0}',
  noCap: 'no cap',
  retry: 'Try again',
  here: 'Record here',
  takeOver: 'Record here instead',
  other: 'Another courseware',
  says: {
    connecting: 'Connecting|Time counts from now on, once the service answers.',
    ready: 'Ready|Time counts as soon as you play or read.',
    counting: 'Recording|This time earns study hours.',
    paused: 'Paused|Time waits until you play on.',
    ended: 'Finished|Played to the end: time no longer counts.',
    hidden: 'In the background|Time waits until you return.',
    idle: 'No activity|Time waits for your next move.',
    buffering: 'Buffering|Time waits for the picture.',
    refused: 'Not recorded|Open elsewhere: {0}. One courseware is recorded at a time.',
    superseded: 'Not recorded|You went on elsewhere. Time up to then is saved.',
    'ended-elsewhere': 'Not recorded|This viewing was ended. Time up to then is saved.',
    limit: 'Recorded, not credited|All that this courseware can earn is credited.',
    cap: 'Recorded, not credited|The cap of {0} h is reached and nothing more is credited; please supplement with self-study or offline learning.',
    'year-closed': 'Recorded, not credited|This accounting year is closed.',
    unanswered: 'No connection|Time counts once the service answers. It is asked again by itself.',
    unreachable: 'No connection|Go on: time is kept, and sent when the service answers.',
    'signed-out': 'Signed out|Sign in again to go on recording.',
    failed: 'Cannot record|{0}',
    stopped: 'Stopped|Nothing is recorded any more.',
  },
};

const zh: Texts = {
  language: 'zh-CN',
  label: '学时记录',
  watched: '已记录',
  courseware: '本课件还可计入',
  year: '{0} 年还可计入',
  noCap: '不设上限',
  retry: '重试',
  here: '在这里记录',
  takeOver: '接替那边，在这里记录',
  other: '另一个课件',
  says: {
    connecting: '正在连接|服务器应答后，从现在起计时。',
    ready: '准备就绪|开始播放或阅读后即计时。',
    counting: '正在计时|这段时间计入学时。',
    paused: '已暂停|继续播放即恢复计时。',
    ended: '已播完|视频已播完，不再计时。',
    hidden: '页面不可见|回到本页即恢复计时。',
    idle: '长时间没有操作|动一动即恢复计时。',
    buffering: '正在缓冲|画面恢复后继续计时。',
    refused: '未记录|别处正在学习：{0}。同一时间只能记录一个课件。',
    superseded: '未记录|你已在别处学习。此前的时间已经保存。',
    'ended-elsewhere': '未记录|这次学习已被结束。此前的时间已经保存。',
    limit: '照常记录，不再计入|本课件的学时已全部计入。',
    cap: '照常记录，不再计入|已达 {0} 学时上限，不再计入；请通过在职自学或线下学习补充',
    'year-closed': '照常记录，不再计入|该年度已结账。',
    unanswered: '暂时连不上|服务器应答之后才计时，会自动重试。',
    unreachable: '暂时连不上|可以继续学习，时间会保留，恢复后补报。',
    'signed-out': '登录已失效|请重新登录后继续记录。',
    failed: '无法记录|{0}',
    stopped: '已停止|不再记录。',
  },
};

/** Chinese where it is asked for, else English. @param language a BCP 47 tag, such as `zh-CN` */
export const textsIn = (language: string): Texts => (/^zh\b/i.test(language) ? zh : en);

export const fill = (text: string, value: string | number): string => text.replace('{0}', String(value));
