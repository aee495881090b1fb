/** Where somebody's part in a training stands (R11). */
export type EnrolmentState = 'enrolled' | 'confirmed' | 'rejected' | 'cancelled';
