import { Problem } from '@watchledger/contract';
import { describe, expect, it, vi } from 'vitest';
import { clientOf } from './client.fixture.ts';

const result = {
  examId: 'e-1',
  learnerId: 'u-17',
  title: 'Laser safety',
  takenOn: '2026-03-01',
  passed: true,
};

describe('an exam', () => {
  it('is told, and told again', async () => {
    const exam = { ...result, score: 87.5 };
    const putExam = vi
      .fn()
      .mockResolvedValueOnce({ exam, created: true })
      .mockResolvedValueOnce({ exam, created: false });
    const { client } = clientOf({ office: { putExam }, organisation: 'imr' });
    expect(await client.putExam({ ...result, score: 87.5 })).toEqual({ exam, created: true });
    expect(await client.putExam({ ...result, score: 87.5 })).toEqual({ exam, created: false });
    expect(putExam).toHaveBeenCalledWith({ actor: 'back-office', organisationId: 'imr', exam });
  });

  it('of a closed year is a refusal', async () => {
    const putExam = async () => {
      throw new Problem('year-closed', 'The year 2025 is closed.');
    };
    const { client } = clientOf({ office: { putExam } });
    await expect(client.putExam(result)).rejects.toMatchObject({ status: 409, code: 'year-closed' });
  });
});
