import type { Site } from '../../site/site.tsx';
import { attendanceRoutes } from './attendance/routes.tsx';
import { enrolmentsRoutes } from './enrolments/routes.tsx';
import { formRoutes } from './form/routes.tsx';
import { importRoutes } from './import/routes.tsx';
import { listRoutes } from './list/routes.tsx';
import { removeRoutes } from './remove/routes.tsx';

/** Trainings of an institute, and who takes part; a training is found by its id, so words of ours come first. */
export function trainingsRoutes(site: Site): void {
  listRoutes(site);
  importRoutes(site);
  formRoutes(site);
  removeRoutes(site);
  attendanceRoutes(site);
  enrolmentsRoutes(site);
}
