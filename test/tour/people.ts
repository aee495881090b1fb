import type { Dice } from './dice.ts';
import { institutes, nameOf } from './words.ts';

/** Somebody of the tour, with the claims of their sign-in. */
export interface Person {
  readonly sub: string;
  readonly name: string;
  readonly scope: string;
  readonly org?: string;
}

export interface TourLearner {
  readonly learnerId: string;
  readonly name: string;
  readonly organisationId: string;
  /** How much they study, from hardly to a lot; about 1 reaches the goal. */
  readonly diligence: number;
  readonly active: boolean;
}

/** How much people of the institutes study. */
const zeal = { imr: 1.08, icr: 0.9, iop: 1, ioc: 0.78 } as const;

/** The roster; its first learner studies well, and is the one whose pages the tour shows. */
export function roster(count: number, dice: Dice): TourLearner[] {
  return Array.from({ length: count }, (_, nth) => {
    const { id } = institutes[nth % institutes.length] ?? institutes[0];
    const studies = dice.happens(0.07) ? 0 : 0.25 + dice.share() * 1.05;
    return {
      learnerId: `${id}-${String(Math.floor(nth / institutes.length) + 1).padStart(4, '0')}`,
      name: nth === 0 ? '李雷' : nameOf(nth),
      organisationId: id,
      diligence: nth === 0 ? 0.9 : studies * zeal[id],
      active: nth === 0 || !dice.happens(0.02),
    };
  });
}

/** Who else there is; none of them may decide about their own hours. */
export const officers = {
  reviewer: { sub: 'reviewer-imr', name: '韩梅梅', scope: 'review credits:read', org: 'imr' },
  headquarters: { sub: 'reviewer-hq', name: '周审核', scope: 'review credits:read' },
  admin: { sub: 'admin-1', name: '管理员', scope: 'admin' },
  leader: { sub: 'leader-1', name: '赵院长', scope: 'credits:read' },
} as const satisfies Readonly<Record<string, Person>>;
