/** A table to fill in, with one training as an example; led by the mark by which Excel knows UTF-8. */
export const template = `\uFEFF${[
  'trainingId,title,kind,form,category,organiser,place,startsAt,endsAt,onlineHours,offlineHours,enrolUntil,capacity',
  'imr-2026-001,材料表征系列讲座,training,线下培训,系列讲座,金属研究所,李薰楼468,2026-03-09T09:00:00+08:00,2026-03-09T17:00:00+08:00,0,4,2026-12-31T00:00:00+08:00,100',
].join('\r\n')}\r\n`;
