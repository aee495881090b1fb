import { Statistics, StatisticsQuery } from '@watchledger/contract';
import { jsonAnswer, type Operation } from '../http/operation.ts';

export const statistics = {
  method: 'get',
  path: '/v1/statistics',
  tag: 'Credits',
  scope: 'credits:read',
  summary: 'A year of many learners in figures',
  description:
    'How many learners are how far, hours by month and category, the most watched courseware, and averages of institutes, of those who by the roster owe study hours. Figures are kept for a minute, and where there are so many learners that taking them is dear, given for up to ten minutes while they are taken anew: `asOf` tells their age. A token of an institute is told of its own roster alone.',
  query: StatisticsQuery,
  answers: { 200: jsonAnswer('The figures; they name no learner.', Statistics) },
} as const satisfies Operation;
