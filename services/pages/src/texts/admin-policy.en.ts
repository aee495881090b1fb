import type { AdminPolicyTexts } from './admin-policy.zh-CN.ts';

/** The rules in force. */
export const adminPolicyEn: AdminPolicyTexts = {
  policy: {
    title: 'Rules',
    lead: 'The rules in force. Operators change them in the policy file (POLICY_FILE); a change is kept in the list of changes.',
    figures: 'Figures',
    rows: (policy, span) => {
      const cap = (ms: number | null) => (ms === null ? 'no cap' : span(ms));
      const { online, offline } = policy.categories;
      return [
        ['Goal of a year', span(policy.goal), 'What each learner should reach in a year.'],
        [
          'Cap of online learning',
          cap(online.cap),
          'Credited in a year at most; more is recorded, not credited.',
        ],
        ['Cap of self-study', cap(policy.categories['self-study'].cap), 'Credited in a year at most.'],
        [
          'Cap of offline learning',
          cap(offline.cap),
          offline.cap === null ? 'All of it is credited.' : 'Credited in a year at most.',
        ],
        [
          'Hours of a courseware',
          policy.coursewareLimitScope === 'year' ? 'anew each year' : 'once for good',
          'However often it is watched, its hours are credited at most.',
        ],
        [
          'Opening a second courseware',
          policy.parallelViewing === 'take-over' ? 'may take over' : 'refused',
          'One courseware is recorded at a time.',
        ],
        ['Reports', span(policy.heartbeat), 'Pages report to the server this often.'],
        [
          'Free after silence',
          span(policy.lock),
          'After so long without news, other courseware can be opened.',
        ],
        [
          'Free after a pause',
          span(policy.release),
          'After so long a pause, other courseware can be opened.',
        ],
        [
          'Catching up',
          span(policy.maxCatchUp),
          'After a break of the network so much is made up for at once.',
        ],
        ['Jitter', span(policy.slack), 'Tolerated; what is claimed beyond it is not accepted.'],
        ['No activity', span(policy.documentIdle), 'After so long without activity a document waits.'],
        ['Time zone', policy.timeZone, 'Days, months and years are those of it.'],
      ];
    },
    item: 'Rule',
    value: 'Figure',
    meaning: 'What it means',
    explained: 'How hours are counted',
  },
};
