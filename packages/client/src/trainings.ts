import type {
  Imported,
  Preview,
  PutTraining,
  Training,
  TrainingFields,
  TrainingKind,
  TrainingTerms,
} from '@watchledger/contract';
import type { DryRun, Requests } from './requests.ts';
import { type Created, conditional, type IfAbsent, type IfMatch } from './tags.ts';

/** A training and the entity tag to give back as `ifMatch`. */
export interface TaggedTraining {
  readonly training: Training;
  readonly etag: string;
}

export interface TrainingsSearch {
  /** Part of title, organiser, place or content. */
  readonly query?: string;
  readonly kind?: TrainingKind;
  readonly type?: string;
  readonly category?: string;
  /** Exactly this organiser. */
  readonly organiser?: string;
  /** Of the institute of the token, or of others. */
  readonly source?: 'own' | 'other';
  /** Ended on this day (`YYYY-MM-DD`) or later. */
  readonly from?: string;
  /** Began on this day or before. */
  readonly to?: string;
  /** Whether one can enrol now. */
  readonly open?: boolean;
}

/**
 * Trainings and academic reports (R11): reading takes any token, keeping them needs `review`. Durations are whole
 * seconds, moments RFC 3339 with any offset.
 */
export interface TrainingsClient {
  /** Registers a training of the token's institute, or changes it: new hours hold for all who are confirmed. */
  putTraining(
    id: string,
    fields: PutTraining,
    options?: IfMatch & IfAbsent,
  ): Promise<TaggedTraining & Created>;
  /** Who would gain or lose by those hours, without changing them. */
  previewTraining(id: string, fields: TrainingFields, options?: IfMatch): Promise<Preview>;
  /** Hides it; attendance that was confirmed keeps counting. */
  deleteTraining(id: string, options?: IfMatch): Promise<void>;
  getTraining(id: string): Promise<TaggedTraining>;
  /** The newest event first. */
  listTrainings(search?: TrainingsSearch): AsyncIterable<Training>;
  /** The types and categories that there are trainings of, to search by. */
  trainingTerms(): Promise<TrainingTerms>;
  /**
   * Trainings as CSV with the columns `trainingId,title,kind,form,category,organiser,place,startsAt,endsAt,
   * onlineHours,offlineHours` and optionally the others of a training. All or nothing; every bad line is named in
   * `problem.errors`.
   */
  importTrainings(csv: string, options?: DryRun): Promise<Imported>;
  /** From 1 to 5, by a learner who took part; needs their own token (`watch`). */
  rateTraining(id: string, rating: number): Promise<void>;
}

export const trainingsClient = ({ send, json, tagged, items, importCsv }: Requests): TrainingsClient => ({
  putTraining: async (id, fields, condition) => {
    const { body: training, ...rest } = await tagged<Training>({
      method: 'PUT',
      path: ['trainings', id],
      body: fields,
      headers: conditional(condition),
    });
    return { training, ...rest };
  },
  previewTraining: (id, fields, condition) =>
    json({
      method: 'PUT',
      path: ['trainings', id],
      query: { preview: true },
      body: fields,
      headers: conditional(condition),
    }),
  deleteTraining: async (id, condition) => {
    await send({ method: 'DELETE', path: ['trainings', id], headers: conditional(condition) });
  },
  getTraining: async (id) => {
    const { body: training, etag } = await tagged<Training>({ path: ['trainings', id] });
    return { training, etag };
  },
  listTrainings: (search) => items({ path: ['trainings'], query: { ...search } }),
  trainingTerms: () => json({ path: ['training-terms'] }),
  importTrainings: (csv, options) => importCsv(['trainings', 'import'], csv, options),
  rateTraining: async (id, rating) => {
    await send({ method: 'PUT', path: ['trainings', id, 'rating'], body: { rating } });
  },
});
